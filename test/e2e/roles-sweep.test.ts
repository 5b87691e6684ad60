import { expect, test } from "vitest";
import { leaveInStore } from "../support/stored.ts";
import { timeFromNow } from "../support/times.ts";
import { signInAs, startRoleHome, type RoleHome } from "./role-home.ts";
import { sessionFile } from "./user-home.ts";

const hour = 3600;

/** A session of a role that ended so many seconds ago. */
function leaveRole(home: RoleHome, name: string, ended: number): void {
  const role_arn = "arn:aws:iam::123456789012:role/old";
  const role = { assumed: [{ role_arn }], source_profiles: ["dev"] };
  leaveInStore(
    home,
    name,
    sessionFile(home, { role, profile: "old", expiration: timeFromNow(-ended) }),
  );
}

interface Row {
  name: string;
  file: string;
  leave: (home: RoleHome, file: string) => void;
  stays: boolean;
}

const role = (ended: number) => (home: RoleHome, file: string) => leaveRole(home, file, ended);
const user = (ended: number) => (home: RoleHome, file: string) =>
  leaveInStore(home, file, sessionFile(home, { expiration: timeFromNow(-ended) }));

const rows: Row[] = [
  {
    name: "a role of 25 hours ago",
    file: "%%role-old-00000001",
    leave: role(25 * hour),
    stays: false,
  },
  {
    name: "a role of a month ago",
    file: "%%role-old-00000002",
    leave: role(720 * hour),
    stays: false,
  },
  {
    name: "a role of 23 hours ago",
    file: "%%role-old-00000003",
    leave: role(23 * hour),
    stays: true,
  },
  { name: "a role of a minute ago", file: "%%role-old-00000004", leave: role(60), stays: true },
  { name: "a role that lasts", file: "%%role-old-00000005", leave: role(-hour), stays: true },
  { name: "a user's session of a month ago", file: "ops", leave: user(720 * hour), stays: true },
  { name: "that of environment keys", file: "%%keys-AKIA", leave: user(720 * hour), stays: true },
  {
    name: "a file that is no session",
    file: "%%role-old-00000006",
    leave: (home, file) => leaveInStore(home, file, { expiration: timeFromNow(-720 * hour) }),
    stays: true,
  },
];

test("the session of a user that is stored removes nothing; that of a role removes what is long spent", async () => {
  await using home = await startRoleHome({ admin: {}, readonly: {} });
  for (const { file, leave } of rows) leave(home, file);
  await signInAs(home, "dev");
  expect(home.stored()).toEqual(expect.arrayContaining(rows.map(({ file }) => file)));
  expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0, stderr: "" });
  const left = new Set(home.stored());
  expect(rows.map(({ name, file }) => [name, left.has(file)])).toEqual(
    rows.map(({ name, stays }) => [name, stays]),
  );
  // A warm call writes nothing.
  leaveRole(home, "%%role-old-00000007", 25 * hour);
  expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0, stderr: "" });
  expect(home.stored()).toContain("%%role-old-00000007");
});

test("a role file that cannot be removed does no harm", async () => {
  await using home = await startRoleHome({ admin: {}, readonly: {} });
  await signInAs(home, "dev");
  leaveRole(home, "%%role-old-00000001", 25 * hour);
  home.write(".aws/aws-mfa-secure-sessions/%%role-old-00000002/x", "");
  expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({ code: 0, stderr: "" });
  expect(home.stored().filter((name) => name.includes("old"))).toEqual(["%%role-old-00000002"]);
});
