import type { RoleOptions, UserOptions } from "./sandbox-options.ts";

const users: readonly UserOptions[] = [{ name: "alice", devices: ["phone"] }];

const roles: readonly RoleOptions[] = [
  { name: "admin", trust: { mfa: true }, maxSessionDuration: 43_200 },
  { name: "deploy", trust: { mfa: true, maxMfaAge: 3600 } },
  { name: "readonly" },
  {
    name: "vault",
    trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] },
    maxSessionDuration: 43_200,
  },
  {
    name: "partner",
    accountId: "210987654321",
    trust: { principals: ["123456789012"], mfa: true, externalId: "awsmfa-demo" },
  },
];

/** The world of a sandbox that is given no options: alice, her phone, five roles, two buckets. */
export const DEFAULT_WORLD = {
  users,
  roles,
  buckets: ["demo-invoices", "demo-photos"] as readonly string[],
  requireMfa: true,
};
