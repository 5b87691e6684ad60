/** For how long a prompt in the background is open, in seconds: others may want to ask meanwhile. */
export const backgroundPatienceSeconds = 120;
