import { expect, test } from "vitest";
import { inheritedDescriptors } from "../../src/system/inherited-descriptors.ts";

test("on Linux they are told, beyond stdin, stdout and stderr", () => {
  const found = inheritedDescriptors({}, "linux");
  expect(found).toBeInstanceOf(Array);
  expect(found?.filter((fd) => fd < 3)).toEqual([]);
});

// The caller then hands on those that the arguments name.
test.each(["darwin", "win32"] as const)("on %s nothing tells them from Node's own", (platform) => {
  expect(inheritedDescriptors({}, platform)).toBeUndefined();
});
