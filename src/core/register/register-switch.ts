/** `AWS_MFA_REGISTER=0`: a program is not to be given a session; so it is with all that ask for one themselves. */
export const registerSwitch = "AWS_MFA_REGISTER";
