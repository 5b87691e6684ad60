import { accessDenied } from "./aws-error.ts";
import { checkBounds } from "./parameter-bounds.ts";
import type { Call } from "./operation.ts";

/**
 * Checks the code that a call brings along and uses it up. Returns when the caller proved to have
 * its device (milliseconds since 1970), undefined when the call brings no code; throws as AWS does.
 */
export function proveMfa({ caller, parameters, state }: Call): number | undefined {
  const { SerialNumber, TokenCode } = parameters;
  checkBounds(parameters, {
    SerialNumber: { min: 9, max: 256, pattern: "[\\w+=/:,.@-]*" },
    TokenCode: { min: 6, max: 6, pattern: "[\\d]*" },
  });
  if (SerialNumber === undefined && TokenCode === undefined) return undefined;
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw accessDenied(
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
  }
  const devices = caller.kind === "role-session" ? [] : caller.user.devices;
  const device = devices.find(({ serial }) => serial === SerialNumber);
  if (!device) {
    throw accessDenied(
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    );
  }
  if (!state.codes.get(device.serial)?.accept(TokenCode)) {
    // The space at the end is AWS's.
    throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
  }
  return state.now().getTime();
}
