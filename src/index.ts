export { fromMfaSession } from "./sdk/from-mfa-session.ts";
export type {
  FromMfaSession,
  FromMfaSessionInit,
  MfaSessionError,
  MfaSessionIdentity,
  MfaSessionLogger,
  MfaSessionProvider,
  ParentClientConfig,
  StsConfig,
} from "./sdk/types.ts";
