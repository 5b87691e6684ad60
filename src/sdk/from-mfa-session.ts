import { supplySession } from "../session/supply-session.ts";
import { callerCodes, callerContext, callerReport } from "./caller-context.ts";
import { checkInit } from "./check-init.ts";
import { toSdkError } from "./mfa-session-error.ts";
import type { FromMfaSession } from "./types.ts";

/** Makes a provider of MFA sessions for a client of the AWS SDK for JavaScript v3. */
export const fromMfaSession: FromMfaSession = (init = {}) => {
  checkInit(init);
  // One for all calls, so that what is to be said once is.
  const report = callerReport(init, process.env);
  const codes = callerCodes(init);
  return async ({ callerClientConfig } = {}) => {
    const profile = init.profile ?? init.parentClientConfig?.profile ?? callerClientConfig?.profile;
    try {
      const context = await callerContext(init, process.env, report, codes);
      const { session } = await supplySession(context, profile || undefined);
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
      return { accessKeyId, secretAccessKey, sessionToken, expiration };
    } catch (error) {
      throw toSdkError(error);
    }
  };
};
