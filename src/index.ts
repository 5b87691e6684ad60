// Its types are those of sdk/types.ts, whole.
export { fromMfaSession } from "./sdk/from-mfa-session.ts";
