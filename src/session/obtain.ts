// What is loaded only where no stored session will do.
export { obtainSession } from "./obtain-session.ts";
export { renewEarly } from "./renew-early.ts";
export { renewInTime } from "./renew-in-time.ts";
