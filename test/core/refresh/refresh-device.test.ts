import { expect, it } from "vitest";
import type { Profile } from "../../../src/core/aws-files/profile.ts";
import { wantedDevice } from "../../../src/core/refresh/refresh-device.ts";

it("where nothing says one, it is told who could", () => {
  const nothing = (name: string): Profile => ({
    name,
    setting: () => undefined,
    keys: { kind: "none" },
  });
  const longTerm = nothing("a\u001bb");
  expect(() => wantedDevice(undefined, {}, longTerm, nothing("a"))).toThrow(
    expect.objectContaining({
      code: "NoDevice",
      exitCode: 253,
      message: "nothing says which MFA device to ask for.",
      hint: expect.stringMatching(
        /mfa_serial \(or aws_mfa_device\) into \[a\?b\], set MFA_DEVICE, or pass\n {2}--device/,
      ),
    }),
  );
});
