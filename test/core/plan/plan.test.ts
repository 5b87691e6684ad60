import { describe, expect, it } from "vitest";
import { describePlan } from "../../../src/core/plan/describe-plan.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { roleName } from "../../../src/core/request/iam-arn.ts";
import { deviceName } from "../../../src/core/request/mfa-device.ts";
import { planInvocation } from "../../../src/core/plan/plan-invocation.ts";
import type { ExportedSession } from "../../../src/core/plan/plan-credentials.ts";
import type { Plan } from "../../../src/core/plan/plan.ts";
import type { Identity } from "../../../src/core/request/identity.ts";
import type { MfaSessionRequest } from "../../../src/core/request/mfa-session-request.ts";
import { profileFiles, type ProfileFiles } from "../../../src/core/aws-files/profile.ts";
import {
  mfaRequestOf,
  rolesOf,
  type RoleSessionRequest,
} from "../../../src/core/request/session-request.ts";
import type { StoredRole } from "../../../src/core/session/stored-role.ts";
import { plainRole } from "../../support/samples.ts";

// How the tables are written, a case a line:
// - arguments are parted by spaces, '' is an empty one;
// - variables stand without their AWS_, and id, secret, token are key variables;
// - [profile x], [services x] and [sso-session x] are sections of the config file, others of the
//   credentials file; keys, temporary and half in a section are key pairs named after it; a word that
//   begins with + is indented, and ␣ is a space in one;
// - a last column says why.

const words = new Map([
  ["PHONE", "arn:aws:iam::123456789012:mfa/phone"],
  ["TABLET", "arn:aws:iam::123456789012:mfa/tablet"],
  ["CHINA", "arn:aws-cn:iam::123456789012:mfa/phone"],
  ["PASSKEY", "arn:aws:iam::123456789012:u2f/user/alice/key"],
  ...["R", "A", "B", "C", "D", "M"].map((name): [string, string] => [
    name,
    `arn:aws:iam::123456789012:role/${name}`,
  ]),
]);

const keyVariables = new Map([
  ["id", "ACCESS_KEY_ID=AKIAENV"],
  ["secret", "SECRET_ACCESS_KEY=secret-of-env"],
  ["token", "SESSION_TOKEN=token-of-env"],
]);

/** What no explanation may ever show. */
const secrets = /secret-of|token-of|password/;

function argumentsOf(text: string): string[] {
  return text.split(" ").flatMap((word) => (word === "" ? [] : [word === "''" ? "" : word]));
}

function environmentOf(text: string): Record<string, string> {
  const assignments = argumentsOf(text).map((word) => spelledOut(keyVariables.get(word) ?? word));
  return Object.fromEntries(
    assignments.map((word) => {
      const [name = "", ...value] = word.split("=");
      return [`AWS_${name}`, value.join("=")];
    }),
  );
}

function filesOf(text: string): ProfileFiles {
  const config: string[] = [];
  const credentials: string[] = [];
  let [file, name] = [credentials, ""];
  for (const word of text.match(/\[[^\]]*\]|\S+/g) ?? []) {
    if (word.startsWith("[")) {
      file = /^\[(profile|services|sso-session) /.test(word) ? config : credentials;
      name = word.replace(/^\[(profile )?|\]$/g, "");
    }
    file.push(...sectionLines(word, name));
  }
  return profileFiles(parseIni(config.join("\n")), parseIni(credentials.join("\n")));
}

function sectionLines(word: string, name: string): string[] {
  const id = `aws_access_key_id=AKIA${name.toUpperCase()}`;
  const pair = [id, `aws_secret_access_key=secret-of-${name}`];
  if (word === "keys") return pair;
  if (word === "half") return [id];
  if (word === "temporary") return [...pair, `aws_session_token=token-of-${name}`];
  return [spelledOut(word.replace(/^\+/, "  ").replaceAll("␣", " "))];
}

function spelledOut(word: string): string {
  return word.replace(/(?<==)[A-Z]+$/, (name) => words.get(name) ?? name);
}

/**
 * `AWS_ACCESS_KEY_ID=OLD/dev` is the key of an exported session of `dev` that is near its end, `NEW/dev`
 * that of one that is not, and `OLD/` that of keys from the environment. `OLD/r/R` is one of the role R.
 */
function exportedSession(accessKeyId: string): ExportedSession | undefined {
  const [age, profile, role] = accessKeyId.split("/");
  if (profile === undefined) return undefined;
  const base = { accessKeyId: `AKIA${profile.toUpperCase()}` };
  return {
    profile: profile === "" ? undefined : profile,
    dying: age === "OLD",
    identity: { base, serial: words.get("PHONE")!, endpoint: "aws" },
    role: role === undefined ? undefined : roleOf(role),
  };
}

function roleOf(name: string): StoredRole {
  return { assumed: [{ role_arn: words.get(name) ?? name }], sources: [] };
}

function planOf(args: string, env: string, files: () => ProfileFiles): Plan {
  const input = { args: argumentsOf(args), env: environmentOf(env), files, exportedSession };
  const plan = planInvocation(input);
  explainsItself(plan);
  return plan;
}

/** Holds for every plan of every table: one line of printable text, and no secret in any message. */
function explainsItself(plan: Plan): void {
  const explanation = describePlan(plan);
  expect(explanation).toMatch(/^plan: \P{Cc}{5,300}$/u);
  expect(explanation).not.toMatch(secrets);
  if (plan.kind !== "refusal") return;
  expect(plan.error.exitCode).toBe(253);
  expect(`${plan.error.message} ${plan.error.hint}`).not.toMatch(secrets);
}

/** A plan in a few words: what, for whom, with which key and device. */
function inShort(plan: Plan): string {
  if (plan.kind === "pass-through") return [plan.reason, plan.about].join(" ").trim();
  if (plan.kind === "refusal") return `refuse ${plan.error.code}`;
  const root = rootInShort(mfaRequestOf(plan.request));
  const roles = rolesOf(plan.request).map(({ profile }) => profile.name);
  if (roles.length === 0) return `${plan.reason} ${root}`;
  const reason = plan.reason === "profile" ? "" : `${plan.reason} `;
  return `${reason}role ${roles.join("<")} on ${root}`;
}

function rootInShort({ profile, base, identity }: MfaSessionRequest): string {
  const key = base.kind === "process" ? `"${base.command}"` : base.accessKeyId;
  return `${profile?.name ?? "-"} ${key} ${deviceName(identity.serial)}`;
}

/** The lines of a table and their columns; lines without any column are headings. */
function table(text: string): { line: string; columns: string[] }[] {
  return text
    .split("\n")
    .filter((line) => line.includes("|"))
    .map((line) => ({ line: line.trim(), columns: line.split("|").map((cell) => cell.trim()) }));
}

function unread(): never {
  throw new Error("the AWS files were read");
}

describe("what passes without a look at the AWS files", () => {
  // arguments | plan | why
  it.each(
    table(`
                                                | local-command | no arguments: usage, or auto-prompt
    --version                                   | local-command |
    --version s3 ls                             | local-command |
    s3 --version ls                             | local-command |
    s3 ls --version                             | local-command |
    --vers                                      | local-command | argparse takes prefixes
    --profile dev --ver                         | local-command |
    s3 ls -- --version                          | local-command | anywhere
    --help                                      | local-command |
    --help s3                                   | local-command |
    s3 ls --help                                | local-command |
    s3 ls s3://b --help --recursive             | local-command |
    -h                                          | local-command |
    s3 -h                                       | local-command |
    s3 -h ls                                    | local-command |
    s3 ls -h s3://b                             | local-command |
    s3 cp -- -h s3://b                          | local-command | anywhere
    help                                        | local-command |
    help topics                                 | local-command |
    help return-codes                           | local-command |
    help s3                                     | local-command |
    --debug help                                | local-command | global options are set aside
    --profile dev help                          | local-command |
    help --profile dev                          | local-command |
    --region us-east-1 --output json help       | local-command |
    --query help help                           | local-command | the first one is a value
    s3 help                                     | local-command |
    s3 ls help                                  | local-command |
    s3 --profile dev ls help                    | local-command |
    s3 ls help --output json                    | local-command |
    s3 ls help --profile gone                   | local-command |
    --color off ec2 wait instance-running help  | local-command | three words and help
    emr-containers list-job-runs help           | local-command |
    s3 cp file help                             | local-command | no S3 address: the CLI would refuse
    sts get-session-token help                  | local-command | row 1 before row 3
    -- help                                     | local-command | argparse drops the --
    s3 -- ls help                               | local-command |
    configure                                   | local-command |
    configure list                              | local-command |
    configure list-profiles                     | local-command |
    configure set region eu-west-1              | local-command |
    configure get mfa_serial --profile dev      | local-command |
    configure sso                               | local-command |
    configure mfa-login                         | local-command | row 3 would let it pass as well
    configure mfa-login --profile dev           | local-command |
    configure import --csv file://keys.csv      | local-command |
    --profile dev configure                     | local-command |
    --no-cli-pager configure list               | local-command |
    configure help                              | local-command |
    configure export-credentials help           | local-command | help is help
    configure --profile dev list                | local-command |
    sso                                         | local-command |
    sso login                                   | local-command |
    sso login --profile dev                     | local-command |
    sso logout                                  | local-command |
    --profile dev sso login                     | local-command |
    login                                       | local-command |
    login --remote                              | local-command |
    --profile dev login                         | local-command |
    logout                                      | local-command |
    logout --all                                | local-command |
    history list                                | local-command |
    history show abc --format detailed          | local-command |
    --generate-cli-skeleton                     | local-command |
    ec2 run-instances --generate-cli-skeleton   | local-command |
    iam get-user --generate-cli-skeleton output | local-command |
    iam get-user --generate-cli-skeleton=input  | local-command |
    configure list --profile                    | local-command | row 1 before a missing value

    --no-sign-request s3 ls s3://b              | unsigned |
    s3 ls s3://b --no-sign-request              | unsigned |
    s3 --no-sign-request ls --profile dev       | unsigned |
    --no-sign s3 ls s3://b                      | unsigned | argparse takes prefixes
    --no-s s3 ls s3://b                         | unsigned |
    s3 ls s3://b --no-sign-r                    | unsigned |
    --no-sign-request sts get-session-token     | unsigned | row 2 before row 3
    --no-sign-request s3 cp help s3://b         | unsigned |

    sts get-session-token                       | needs-long-term-keys |
    sts get-session-token --duration 900        | needs-long-term-keys |
    sts get-session-token --profile dev         | needs-long-term-keys |
    --profile dev sts get-session-token         | needs-long-term-keys |
    sts --region eu-west-1 get-session-token    | needs-long-term-keys |
    --profile gone sts get-session-token        | needs-long-term-keys | row 3 before row 4
    sts get-federation-token --name bob         | needs-long-term-keys |
    sts --debug get-federation-token            | needs-long-term-keys |
    -- sts get-session-token                    | needs-long-term-keys |

    s3 ls --profile                             | malformed-options |
    --profile --region us-east-1 s3 ls          | malformed-options |
    s3 ls --profile -x                          | malformed-options |
    s3 cp --profile -- a                        | malformed-options | -- is no value
    s3 ls --p                                   | malformed-options |
    s3 ls --region                              | malformed-options |
    s3 ls --query --output json                 | malformed-options |
    sts get-session-token --profile             | malformed-options |
    --c on s3 ls                                | malformed-options | --ca-bundle, --color, --cli-…
    s3 ls --no                                  | malformed-options | --no-paginate, --no-sign-…
    s3 ls --no=x                                | malformed-options |
    --=x s3 ls                                  | malformed-options | a prefix of them all
    --debug=1 s3 ls                             | malformed-options | takes no value
    --no-sign-request=yes s3 ls                 | malformed-options |
    s3 ls --version=2                           | malformed-options |
    `),
  )("$line", ({ columns: [args = "", plan] }) => {
    expect(inShort(planOf(args, "PROFILE=dev", unread))).toBe(plan);
    expect(inShort(planOf(args, "id secret token MFA_SERIAL=PHONE", unread))).toBe(plan);
  });
});

describe("what stands beside those and needs a session", () => {
  // arguments | why
  it.each(
    table(`
    s3 ls                                       |
    s3 cp help s3://b/k                         | a file of that name
    s3 cp s3://b/k help                         | the third word can be no command
    s3 mv Help help                             | nor can this one
    iam get-user --user-name help               |
    --name help                                 |
    s3 ls --recursive help                      |
    ssm send-command --parameters help          |
    help s3 ls                                  | one topic at most
    one two three four help                     | three words at most
    S3 help                                     | no command has capitals
    s3_ls help                                  |
    -x help                                     |
    s3 ls helpful                               |
    s3 help s3://b                              |
    '' help                                     |
    s3 '' help                                  |
    ''                                          | an argument, if an empty one
    s3 ls --h                                   | neither -h nor --help
    s3 ls -help                                 |
    s3 ls -hv                                   |
    s3 ls --helpful                             |
    s3 ls h                                     |
    s3api get-object --version-id 3             |
    s3api list-object-versions --versions       | --version is shorter
    s3 ls version                               |
    ec2 run-instances --generate-cli-skeletons  |
    ec2 run-instances --generate-cli            | a prefix that the operation alone resolves
    configure export-credentials                | prints the session's
    configure export-credentials --format env   |
    configure export-credentials --profile dev  |
    --profile dev configure export-credentials  |
    configure --debug export-credentials        |
    configservice describe-config-rules         |
    configured                                  |
    sso-admin list-instances                    |
    sso-oidc register-client                    |
    s3 ls sso                                   |
    signin login                                |
    codeartifact login --tool npm               |
    ecr get-login-password                      |
    s3 cp history s3://b                        |
    s3 ls configure                             |
    sts get-caller-identity                     |
    sts assume-role --role-arn r                | with MFA in the session
    sts get-access-key-info                     |
    sts decode-authorization-message            |
    sts                                         |
    iam get-session-token                       | only of sts
    get-session-token                           |
    s3 ls sts get-session-token                 |
    sts get-caller-identity get-session-token   |
    sts get-session-tokens                      |
    s3 ls --no-sign-requests                    | --no-sign-request is shorter
    s3 ls --sign-request                        |
    s3 ls --no-verify-ssl --no-paginate         |
    s3 cp -- --no-sign-request s3://b           | nothing after -- is an option
    s3 cp -- --profile s3://b                   |
    s3 ls -- --no                               |
    --region us-east-1                          | no command, but --cli-auto-prompt may get one
    --cli-auto-prompt                           |
    --query -1 s3 ls                            | a negative number is a value
    --query - s3 ls                             | a dash alone is one
    `),
  )("$line", ({ columns: [args = ""] }) => {
    const files = () => filesOf("[dev] keys mfa_serial=PHONE");
    expect(inShort(planOf(args, "PROFILE=dev", files))).toBe("profile dev AKIADEV phone");
  });
});

describe("the profile", () => {
  // arguments | environment | plan | why
  it.each(
    table(`
    s3 ls                                  |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls --profile dev                    |                              | profile dev AKIADEV phone |
    --profile dev s3 ls                    |                              | profile dev AKIADEV phone |
    s3 --profile dev ls                    |                              | profile dev AKIADEV phone |
    s3 ls --profile=dev                    |                              | profile dev AKIADEV phone |
    s3 ls --profil dev                     |                              | profile dev AKIADEV phone | prefixes
    s3 ls --prof=dev                       |                              | profile dev AKIADEV phone |
    s3 ls --pr dev                         |                              | profile dev AKIADEV phone |
    s3 ls --p dev                          |                              | profile dev AKIADEV phone |
    s3 ls --p=dev                          |                              | profile dev AKIADEV phone |
    s3 ls --profile dev --profile prod     |                              | profile prod AKIAPROD tablet | the last wins
    s3 ls --profile=prod --p dev           |                              | profile dev AKIADEV phone |
    --p dev s3 --profile gone ls --pro prod |                             | profile prod AKIAPROD tablet |
    s3 ls --profile ''                     |                              | profile default AKIADEFAULT GAHT12345678 | empty is absent
    s3 ls --profile=                       |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls --profile dev --profile=         |                              | profile default AKIADEFAULT GAHT12345678 | the last is empty
    s3 ls --profile dev --profile ''       | PROFILE=prod                 | profile prod AKIAPROD tablet |
    s3 ls --profile= --profile dev         | PROFILE=prod                 | profile dev AKIADEV phone |
    s3 ls -- --profile dev                 |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls --profile prod -- --profile=dev  |                              | profile prod AKIAPROD tablet |
    s3 ls --profiles dev                   |                              | profile default AKIADEFAULT GAHT12345678 | not an option of the CLI
    s3 ls -profile dev                     |                              | profile default AKIADEFAULT GAHT12345678 | one dash
    s3 ls --Profile dev                    |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls profile dev                      |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls --query --profile=dev            |                              | malformed-options |
    s3 ls --query profile --region dev     |                              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls --profile -1                     |                              | profile -1 AKIA-1 phone | a number, so a value
    s3 ls --profile=-x                     |                              | profile -x AKIA-X phone |
    s3 ls                                  | PROFILE=dev                  | profile dev AKIADEV phone |
    s3 ls                                  | DEFAULT_PROFILE=dev          | profile dev AKIADEV phone |
    s3 ls                                  | PROFILE=dev DEFAULT_PROFILE=prod | profile dev AKIADEV phone | the order of AWS CLI v2
    s3 ls --profile prod                   | PROFILE=dev DEFAULT_PROFILE=gone | profile prod AKIAPROD tablet |
    s3 ls                                  | DEFAULT_PROFILE=             | profile default AKIADEFAULT GAHT12345678 |
    s3 ls                                  | PROFILE=default              | profile default AKIADEFAULT GAHT12345678 |
    s3 ls                                  | PROFILE=                     | unknown-profile | set, and the CLI refuses it
    s3 ls                                  | PROFILE= DEFAULT_PROFILE=dev | unknown-profile |
    s3 ls --profile ''                     | PROFILE=                     | unknown-profile |
    s3 ls --profile dev                    | PROFILE=                     | profile dev AKIADEV phone |
    s3 ls --profile gone                   |                              | unknown-profile |
    s3 ls --profile gone                   | PROFILE=dev                  | unknown-profile |
    s3 ls                                  | PROFILE=gone                 | unknown-profile |
    s3 ls                                  | DEFAULT_PROFILE=gone         | unknown-profile |
    s3 ls                                  | PROFILE=gone DEFAULT_PROFILE=dev | unknown-profile |
    s3 ls --profile dev                    | PROFILE=gone                 | profile dev AKIADEV phone |
    s3 ls --profile DEV                    |                              | unknown-profile | case matters
    s3 ls --profile sign-on                |                              | unknown-profile | an sso-session is no profile
    s3 ls --profile local                  |                              | unknown-profile | nor are services
    `),
  )("$line", ({ columns: [args = "", env = "", plan] }) => {
    const text = `
      [profile dev] mfa_serial=PHONE [dev] keys
      [profile prod] mfa_serial=TABLET [prod] keys
      [default] keys mfa_serial=GAHT12345678
      [-1] keys mfa_serial=PHONE [-x] keys mfa_serial=PHONE
      [sso-session sign-on] sso_region=eu-west-1 [services local]`;
    expect(inShort(planOf(args, env, () => filesOf(text)))).toBe(plan);
  });
});

describe("keys in the environment", () => {
  // arguments | environment | plan | why
  it.each(
    table(`
    s3 ls               | id secret token                            | temporary-environment-keys |
    s3 ls               | id secret SECURITY_TOKEN=token-of-env      | temporary-environment-keys |
    s3 ls               | id secret SESSION_TOKEN= SECURITY_TOKEN=t  | temporary-environment-keys |
    s3 ls               | id secret token SECURITY_TOKEN=            | temporary-environment-keys |
    s3 ls               | id secret token MFA_SERIAL=PHONE           | temporary-environment-keys | row 5 before row 6
    s3 ls               | id secret token MFA_SERIAL=PASSKEY         | temporary-environment-keys |
    s3 ls               | id secret token PROFILE=dev                | temporary-environment-keys | the CLI prefers them to AWS_PROFILE
    s3 ls               | id secret token PROFILE=sso                | temporary-environment-keys |
    s3 ls               | id secret token PROFILE=gone               | unknown-profile | row 4 before row 5
    s3 ls               | id secret token PROFILE=                   | unknown-profile |
    s3 ls --profile dev | id secret token                            | profile dev AKIADEV phone | the CLI ignores them
    s3 ls --profile=    | id secret token                            | temporary-environment-keys |
    s3 ls --profile gone | id secret token                           | unknown-profile |
    s3 ls --profile sso | id secret token                            | signs-in-otherwise |

    s3 ls               | id secret MFA_SERIAL=PHONE                 | environment-keys - AKIAENV phone |
    s3 ls               | id secret MFA_SERIAL=GAHT12345678          | environment-keys - AKIAENV GAHT12345678 |
    s3 ls               | id secret MFA_SERIAL=TABLET PROFILE=dev    | environment-keys - AKIAENV tablet |
    s3 ls               | id secret MFA_SERIAL=PHONE PROFILE=sso     | environment-keys - AKIAENV phone | row 6 before row 8
    s3 ls               | id secret MFA_SERIAL=PHONE PROFILE=role    | environment-keys - AKIAENV phone | row 6 before row 9
    s3 ls               | id secret MFA_SERIAL=PHONE PROFILE=gone    | unknown-profile |
    s3 ls               | id secret SESSION_TOKEN= MFA_SERIAL=PHONE  | environment-keys - AKIAENV phone | an empty variable is unset
    s3 ls               | id secret MFA_SERIAL=PASSKEY               | refuse PasskeyDevice |
    s3 ls               | id secret MFA_SERIAL=phone                 | refuse InvalidSerial | a name is no serial
    s3 ls --profile dev | id secret MFA_SERIAL=TABLET                | profile dev AKIADEV tablet |
    s3 ls --profile dev | id secret                                  | profile dev AKIADEV phone |
    s3 ls --profile role | id secret                                 | role role on dev AKIADEV phone |
    s3 ls --p=          | id secret MFA_SERIAL=TABLET                | environment-keys - AKIAENV tablet |

    s3 ls               | id secret                                  | environment-keys-without-serial |
    s3 ls               | id secret MFA_SERIAL=                      | environment-keys-without-serial |
    s3 ls               | id secret PROFILE=dev                      | environment-keys-without-serial | the profile's serial is not theirs
    s3 ls               | id secret DEFAULT_PROFILE=dev              | environment-keys-without-serial |
    s3 ls               | id secret PROFILE=role                     | environment-keys-without-serial |
    s3 ls               | id secret PROFILE=passkey                  | environment-keys-without-serial |
    s3 ls               | id secret PROFILE=gone                     | unknown-profile |

    s3 ls               | id                                         | incomplete-environment-keys |
    s3 ls               | id SECRET_ACCESS_KEY=                      | incomplete-environment-keys |
    s3 ls               | id token                                   | incomplete-environment-keys |
    s3 ls               | id MFA_SERIAL=PHONE                        | incomplete-environment-keys |
    s3 ls               | id PROFILE=dev                             | incomplete-environment-keys | the CLI does not go on to the profile
    s3 ls --profile dev | id                                         | profile dev AKIADEV phone |
    s3 ls               | secret PROFILE=dev                         | profile dev AKIADEV phone | a secret alone is ignored
    s3 ls               | token PROFILE=dev                          | profile dev AKIADEV phone | and so is a token
    s3 ls               | SECURITY_TOKEN=token-of-env PROFILE=dev    | profile dev AKIADEV phone |
    s3 ls               | secret token PROFILE=dev                   | profile dev AKIADEV phone |
    s3 ls               | ACCESS_KEY_ID= secret token PROFILE=dev    | profile dev AKIADEV phone |
    s3 ls               | secret token MFA_SERIAL=PHONE              | no-profile | no [default] either
    `),
  )("$line", ({ columns: [args = "", env = "", plan] }) => {
    const text = `
      [profile dev] mfa_serial=PHONE [dev] keys
      [profile role] role_arn=R source_profile=dev
      [profile sso] sso_session=corporate
      [passkey] keys mfa_serial=PASSKEY`;
    expect(inShort(planOf(args, env, () => filesOf(text)))).toBe(plan);
  });
});

describe("an exported session near its end", () => {
  // arguments | environment, with secret and token | plan | why
  it.each(
    table(`
    s3 ls               | ACCESS_KEY_ID=OLD/dev                     | dying-exported-session dev AKIADEV phone |
    s3 ls               | ACCESS_KEY_ID=OLD/dev PROFILE=dev         | dying-exported-session dev AKIADEV phone |
    s3 ls               | ACCESS_KEY_ID=OLD/dev PROFILE=other       | dying-exported-session dev AKIADEV phone | whose the keys are counts
    s3 ls               | ACCESS_KEY_ID=OLD/dev MFA_SERIAL=TABLET   | dying-exported-session dev AKIADEV tablet |
    s3 ls               | ACCESS_KEY_ID=OLD/dev SECURITY_TOKEN=t    | dying-exported-session dev AKIADEV phone |
    s3 ls               | ACCESS_KEY_ID=OLD/vault                   | dying-exported-session vault "vault" phone |
    s3 ls --profile dev | ACCESS_KEY_ID=OLD/dev                     | profile dev AKIADEV phone | an explicit profile: row 12
    s3 ls --profile other | ACCESS_KEY_ID=OLD/dev                   | no-serial |
    s3 ls               | ACCESS_KEY_ID=OLD/gone                    | exported-session | nobody can renew it
    s3 ls               | ACCESS_KEY_ID=OLD/                        | exported-session |
    s3 ls               | ACCESS_KEY_ID=OLD/other                   | exported-session | it has no serial any more
    s3 ls               | ACCESS_KEY_ID=OLD/sso                     | exported-session |
    s3 ls               | ACCESS_KEY_ID=OLD/temporary               | exported-session |
    s3 ls               | ACCESS_KEY_ID=OLD/role/R                  | dying-exported-session role role on dev AKIADEV phone | the row of that profile
    s3 ls               | ACCESS_KEY_ID=OLD/role/A                  | exported-session | another role than it was
    s3 ls               | ACCESS_KEY_ID=OLD/role                    | exported-session | no role then
    s3 ls               | ACCESS_KEY_ID=OLD/dev/R                   | exported-session | no role any more
    s3 ls               | ACCESS_KEY_ID=OLD/bare                    | exported-session | a role without MFA
    s3 ls               | ACCESS_KEY_ID=OLD/circle                  | refuse ProfileCycle |
    s3 ls               | ACCESS_KEY_ID=OLD/passkey                 | refuse PasskeyDevice |
    s3 ls               | ACCESS_KEY_ID=OLD/dev SESSION_TOKEN=      | environment-keys-without-serial | no session without a token
    s3 ls               | ACCESS_KEY_ID=OLD/dev SECRET_ACCESS_KEY=  | incomplete-environment-keys |
    s3 ls               | ACCESS_KEY_ID=NEW/dev                     | exported-session | still good
    s3 ls               | ACCESS_KEY_ID=NEW/dev PROFILE=other       | exported-session | keys in the environment beat the profile
    s3 ls               | ACCESS_KEY_ID=NEW/                        | exported-session |
    s3 ls --profile dev | ACCESS_KEY_ID=NEW/dev                     | profile dev AKIADEV phone |
    s3 ls               | ACCESS_KEY_ID=OLD/dev PROFILE=gone        | unknown-profile | row 4 before row 5
    s3 ls               | ACCESS_KEY_ID=FOREIGN                     | temporary-environment-keys | not one of ours
    s3 ls               | ACCESS_KEY_ID=OLD/dev WEB_IDENTITY_TOKEN_FILE=/t | dying-exported-session dev AKIADEV phone |
    `),
  )("$line", ({ columns: [args = "", env = "", plan] }) => {
    const text = `
      [profile dev] mfa_serial=PHONE [dev] keys [other] keys
      [profile vault] credential_process=vault mfa_serial=PHONE
      [profile sso] sso_session=corporate [temporary] temporary mfa_serial=PHONE
      [profile role] role_arn=R source_profile=dev [profile bare] role_arn=R source_profile=other
      [profile circle] role_arn=R source_profile=circle [passkey] keys mfa_serial=PASSKEY`;
    expect(inShort(planOf(args, `secret token ${env}`, () => filesOf(text)))).toBe(plan);
  });

  const key = { accessKeyId: "AKIADEV" };
  const phone = words.get("PHONE")!;

  // prettier-ignore
  it.each<[whose: string, identity: Identity | undefined, renewed: boolean]>([
    ["the same", { base: key, serial: phone, endpoint: "aws" }, true],
    ["of keys that were rotated", { base: { accessKeyId: "AKIAOLD" }, serial: phone, endpoint: "aws" }, true],
    ["of a device that was renamed", { base: key, serial: `${phone}-2`, endpoint: "aws" }, true],
    ["of other keys and another device", { base: { accessKeyId: "AKIAOLD" }, serial: `${phone}-2`, endpoint: "aws" }, false],
    ["of keys of a process that are the profile's own now", { base: { process: "vault" }, serial: phone, endpoint: "aws" }, true],
    ["left by the gem", undefined, true],
  ])("%s, is it renewed?", (_whose, identity, renewed) => {
    const plan = planInvocation({
      args: ["s3", "ls"],
      env: environmentOf("id secret token"),
      files: () => filesOf("[dev] keys mfa_serial=PHONE"),
      exportedSession: () => ({ profile: "dev", dying: true, identity, role: undefined }),
    });
    const dying = "dying-exported-session dev AKIADEV phone";
    expect(inShort(plan)).toBe(renewed ? dying : "exported-session");
  });

  it("is asked about only where a key, a secret and a token are in the environment", () => {
    for (const env of ["", "id", "id secret", "secret token", "id secret MFA_SERIAL=PHONE"]) {
      const plan = planInvocation({
        args: ["s3", "ls"],
        env: environmentOf(env),
        files: () => filesOf("[default] keys"),
        exportedSession: () => expect.fail("the store was read"),
      });
      expect(plan.kind).toBe(env.endsWith("PHONE") ? "session" : "pass-through");
    }
  });
});

describe("profiles that sign in otherwise", () => {
  // environment | files | plan | why
  it.each(
    table(`
    PROFILE=p | [p] keys mfa_serial=PHONE sso_session=s               | signs-in-otherwise | row 8 before row 12
    PROFILE=p | [p] keys mfa_serial=PHONE sso_start_url=https://s     | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE sso_account_id=1            | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE sso_role_name=r             | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE sso_region=eu-west-1        | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE login_session=arn           | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE web_identity_token_file=/t  | signs-in-otherwise |
    PROFILE=p | [p] keys mfa_serial=PHONE credential_source=Ec2Instance | signs-in-otherwise |
    PROFILE=p | [profile p] sso_session=s mfa_serial=PHONE [p] keys   | signs-in-otherwise | either file
    PROFILE=p | [profile p] mfa_serial=PHONE [p] keys login_session=l | signs-in-otherwise |
    PROFILE=p | [profile p] sso_session=                              | signs-in-otherwise | the CLI complains about it
    PROFILE=p | [p] temporary sso_session=s                           | signs-in-otherwise | row 8 before row 11
    PROFILE=p MFA_SERIAL=PHONE | [profile p] sso_session=s            | signs-in-otherwise |
    PROFILE=p MFA_SERIAL=PASSKEY | [p] keys sso_session=s             | signs-in-otherwise |
    PROFILE=p | [profile p] role_arn=R credential_source=Environment  | signs-in-otherwise |
    PROFILE=p | [profile p] role_arn=R web_identity_token_file=/t mfa_serial=PHONE | signs-in-otherwise |
    PROFILE=p | [profile p] role_arn=R source_profile=u sso_session=s mfa_serial=PHONE [u] keys | signs-in-otherwise | row 8 before row 9
    PROFILE=p | [profile p] role_arn=R source_profile=u credential_source=Environment mfa_serial=PHONE [u] keys | signs-in-otherwise |
    PROFILE=p | [profile p] role_arn=R source_profile=p sso_session=s | signs-in-otherwise | row 8 before the cycle
    PROFILE=p | [p] keys mfa_serial=PHONE ssosession=s                | profile p AKIAP phone |
    PROFILE=p | [p] keys mfa_serial=PHONE login_sessions=s            | profile p AKIAP phone |

    PROFILE=p WEB_IDENTITY_TOKEN_FILE=/t | [p] keys mfa_serial=PHONE  | web-identity-environment | botocore asks it before keys
    WEB_IDENTITY_TOKEN_FILE=/t ROLE_ARN=R | [default] keys mfa_serial=PHONE | web-identity-environment |
    WEB_IDENTITY_TOKEN_FILE=/t            |                           | no-profile |
    PROFILE=p WEB_IDENTITY_TOKEN_FILE=    | [p] keys mfa_serial=PHONE | profile p AKIAP phone | an empty variable is unset
    PROFILE=p ROLE_ARN=R                  | [p] keys mfa_serial=PHONE | profile p AKIAP phone | nothing without the file
    PROFILE=p WEB_IDENTITY_TOKEN_FILE=/t  | [p] role_arn=R source_profile=u mfa_serial=PHONE [u] keys | role p on u AKIAU phone | botocore asks roles before it
    id secret MFA_SERIAL=PHONE WEB_IDENTITY_TOKEN_FILE=/t |           | environment-keys - AKIAENV phone | botocore asks key variables before it
    `),
  )("$line", ({ columns: [env = "", files = "", plan] }) => {
    expect(inShort(planOf("s3 ls", env, () => filesOf(files)))).toBe(plan);
  });

  it("web identity variables do not count where --profile is given", () => {
    const files = () => filesOf("[p] keys mfa_serial=PHONE");
    const plan = planOf("s3 ls --profile p", "WEB_IDENTITY_TOKEN_FILE=/t", files);
    expect(inShort(plan)).toBe("profile p AKIAP phone");
  });
});

describe("roles", () => {
  // environment | files besides [u] keys | plan for the profile r | why
  it.each(
    table(`
    | [profile r] role_arn=R source_profile=u mfa_serial=PHONE                            | role r on u AKIAU phone |
    | [r] role_arn=R source_profile=u mfa_serial=PHONE                                    | role r on u AKIAU phone | either file
    | [profile r] role_arn=R source_profile=u [profile u] mfa_serial=PHONE                | role r on u AKIAU phone | on the root
    | [profile r] role_arn=R source_profile=u mfa_serial=PHONE [profile u] mfa_serial=TABLET | role r on u AKIAU phone | nearest first
    | [profile r] role_arn=R source_profile=u mfa_serial= [profile u] mfa_serial=TABLET   | role r on u AKIAU tablet | an empty one is none
    MFA_SERIAL=PHONE  | [profile r] role_arn=R source_profile=u                           | role r on u AKIAU phone | where the chain names none
    MFA_SERIAL=TABLET | [profile r] role_arn=R source_profile=u mfa_serial=PHONE          | role r on u AKIAU phone |
    MFA_SERIAL=TABLET | [profile r] role_arn=R source_profile=u [profile u] mfa_serial=PHONE | role r on u AKIAU phone |
    MFA_SERIAL=TABLET | [profile r] role_arn=R source_profile=u mfa_serial=               | role r on u AKIAU tablet |
    MFA_SERIAL=       | [profile r] role_arn=R source_profile=u                           | role-without-serial r |
    | [profile r] role_arn=R source_profile=u                                             | role-without-serial r |
    | [profile r] role_arn=R source_profile=u mfa_serial=                                 | role-without-serial r |
    | [profile r] role_arn= source_profile=u mfa_serial=PHONE                             | refuse InvalidRoleSetting | a role, for the CLI, too
    | [profile r] source_profile=u mfa_serial=PHONE                                       | no-keys | no role: no keys
    | [r] keys source_profile=u mfa_serial=PHONE                                          | profile r AKIAR phone | no role: its own keys
    | [r] keys role_arn=R source_profile=u mfa_serial=PHONE                               | role r on u AKIAU phone | row 9 before row 12
    | [r] temporary role_arn=R source_profile=u mfa_serial=PHONE                          | role r on u AKIAU phone | row 9 before row 11

    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=u | role r<b on u AKIAU phone |
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u mfa_serial=PHONE | role r<b on u AKIAU phone | in the middle
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u [profile u] mfa_serial=PHONE | role r<b on u AKIAU phone |
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u mfa_serial=PHONE [profile u] mfa_serial=TABLET | role r<b on u AKIAU phone |
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u     | role-without-serial r |
    MFA_SERIAL=TABLET | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u mfa_serial=PHONE | role r<b on u AKIAU phone |
    MFA_SERIAL=TABLET | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u | role r<b on u AKIAU tablet |
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=c [profile c] role_arn=C source_profile=u mfa_serial=PHONE | role r<b<c on u AKIAU phone |
    | [profile r] role_arn=R source_profile=b [b] keys role_arn=B source_profile=u mfa_serial=PHONE | role r on b AKIAB phone | keys of a source win over its role
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [b] keys role_arn=B source_profile=r | role r on b AKIAB phone | no circle: b has keys
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=u sso_session=s | role r<b on u AKIAU phone | botocore looks at the role alone

    | [r] keys role_arn=R source_profile=r mfa_serial=PHONE                               | role r on r AKIAR phone | its own keys
    | [profile r] role_arn=R source_profile=r mfa_serial=PHONE keys                       | role r on r AKIAR phone |
    | [r] keys role_arn=R source_profile=r                                                | role-without-serial r |
    MFA_SERIAL=PHONE | [r] keys role_arn=R source_profile=r                               | role r on r AKIAR phone |
    | [r] temporary role_arn=R source_profile=r mfa_serial=PHONE                          | role-without-keys r |
    | [r] half role_arn=R source_profile=r mfa_serial=PHONE                               | role-without-keys r | the CLI complains about the half
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [b] keys role_arn=B source_profile=b | role r on b AKIAB phone |

    | [profile r] role_arn=R source_profile=r mfa_serial=PHONE                            | refuse ProfileCycle | of one
    | [profile r] role_arn=R source_profile=r                                             | refuse ProfileCycle | without a serial too
    | [profile r] role_arn=R source_profile=r mfa_serial=PHONE credential_process=vault   | refuse ProfileCycle | static keys alone make it legal
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=r | refuse ProfileCycle | of two
    | [r] keys role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=r | refuse ProfileCycle | keys help against naming oneself alone
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=c [profile c] role_arn=C source_profile=r | refuse ProfileCycle | of three
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=c [profile c] role_arn=C source_profile=b | refuse ProfileCycle | r leads into it
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=b mfa_serial=PHONE | refuse ProfileCycle |
    MFA_SERIAL=PASSKEY | [profile r] role_arn=R source_profile=r                          | refuse ProfileCycle |

    | [profile r] role_arn=R mfa_serial=PHONE                                             | role-without-source r | no source: the CLI complains
    | [profile r] role_arn=R source_profile= mfa_serial=PHONE                             | role-without-source r |
    | [profile r] role_arn=R source_profile=gone mfa_serial=PHONE                         | role-without-source r |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=gone | role-without-source b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B     | role-without-source b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B credential_source=Environment | role-without-source b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B source_profile=u credential_source=Environment | role-without-source b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] region=eu-west-1 | role-without-keys b | a root without keys
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [b] temporary              | role-without-keys b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] sso_session=s  | role-without-keys b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [b] keys sso_session=s     | role-without-keys b | botocore asks SSO before keys
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] role_arn=B web_identity_token_file=/t | role-without-keys b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [b] keys credential_source=Environment | role-without-keys b |
    MFA_SERIAL=PHONE | [profile r] role_arn=R source_profile=b [b] temporary mfa_serial=PHONE | role-without-keys b |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] credential_process=vault | role r on b "vault" phone |
    | [profile r] role_arn=R source_profile=b [profile b] credential_process=vault mfa_serial=PHONE | role r on b "vault" phone |
    | [profile r] role_arn=R source_profile=b [profile b] credential_process=vault        | role-without-serial r |
    | [profile r] role_arn=R source_profile=b mfa_serial=PHONE [profile b] keys           | role r on b AKIAB phone | keys of the config file

    | [profile r] role_arn=R source_profile=u mfa_serial=PASSKEY                          | refuse PasskeyDevice |
    | [profile r] role_arn=R source_profile=u [profile u] mfa_serial=PASSKEY              | refuse PasskeyDevice |
    | [profile r] role_arn=R source_profile=b [profile b] role_arn=B source_profile=u mfa_serial=PASSKEY | refuse PasskeyDevice |
    | [profile r] role_arn=R source_profile=u mfa_serial=PHONE [profile u] mfa_serial=PASSKEY | role r on u AKIAU phone | not the one used
    MFA_SERIAL=PASSKEY | [profile r] role_arn=R source_profile=u                          | refuse PasskeyDevice |
    MFA_SERIAL=PASSKEY | [profile r] role_arn=R source_profile=u mfa_serial=PHONE         | role r on u AKIAU phone |
    | [profile r] role_arn=R source_profile=u mfa_serial=phone                            | refuse InvalidSerial |
    | [profile r] role_arn=R source_profile=b mfa_serial=PASSKEY [profile b] sso_session=s | role-without-keys b | row 10: the CLI's own affair
    `),
  )("$line", ({ columns: [env = "", files = "", plan] }) => {
    const text = `${files} [u] keys`;
    expect(inShort(planOf("s3 ls --profile r", env, () => filesOf(text)))).toBe(plan);
    expect(inShort(planOf("s3 ls", `PROFILE=r ${env}`, () => filesOf(text)))).toBe(plan);
  });

  // files | the circle
  it.each(
    table(`
    [r] role_arn=R source_profile=r                                                            | profile r names itself
    [r] role_arn=R source_profile=b [b] role_arn=R source_profile=r                            | the profiles r → b → r name each other
    [r] role_arn=R source_profile=b [b] role_arn=R source_profile=c [c] role_arn=R source_profile=r | the profiles r → b → c → r name each other
    [r] role_arn=R source_profile=b [b] role_arn=R source_profile=c [c] role_arn=R source_profile=b | the profiles b → c → b name each other
    `),
  )("a cycle is named: $line", ({ columns: [files = "", circle = ""] }) => {
    const plan = planOf("s3 ls --profile r", "", () => filesOf(files));
    expect(plan.kind === "refusal" && plan.error).toMatchObject({
      exitCode: 253,
      message: expect.stringContaining(`${circle} as source_profile`),
    });
  });
});

describe("keys of a profile", () => {
  // environment | files | plan for the profile p | why
  it.each(
    table(`
    | [p] temporary mfa_serial=PHONE                                  | temporary-keys | row 11 before row 12
    | [p] keys aws_security_token=token-of-p mfa_serial=PHONE         | temporary-keys |
    | [profile p] temporary mfa_serial=PHONE                          | temporary-keys | in the config file
    | [p] temporary mfa_serial=PASSKEY                                | temporary-keys |
    | [p] temporary                                                   | temporary-keys |
    MFA_SERIAL=PHONE | [p] temporary                                  | temporary-keys |
    | [p] keys aws_session_token= mfa_serial=PHONE                    | profile p AKIAP phone | an empty token is none
    | [p] temporary aws_security_token= mfa_serial=PHONE              | profile p AKIAP phone | the security token wins, and is empty
    | [profile p] aws_session_token=t mfa_serial=PHONE [p] keys       | profile p AKIAP phone | another place than the keys'
    | [profile p] temporary mfa_serial=PHONE [p] keys                 | profile p AKIAP phone | the credentials file first
    | [p] temporary mfa_serial=PHONE [profile p] credential_process=v | temporary-keys | the same

    | [p] keys mfa_serial=PHONE                                       | profile p AKIAP phone |
    | [profile p] mfa_serial=PHONE keys                               | profile p AKIAP phone | the config file alone
    | [profile p] mfa_serial=PHONE [p] keys                           | profile p AKIAP phone |
    | [profile p] mfa_serial=TABLET [p] keys mfa_serial=PHONE         | profile p AKIAP phone | the credentials file wins
    | [p] keys MFA_Serial=PHONE                                       | profile p AKIAP phone | keys in any case
    | [p] keys                                                        | no-serial |
    | [p] keys mfa_serial=                                            | no-serial |
    | [p] keys [other] mfa_serial=PHONE                               | no-serial |
    | [p] keys [default] mfa_serial=PHONE                             | no-serial | no inheritance
    | [p] keys source_profile=u [u] keys mfa_serial=PHONE             | no-serial | a source of a role alone
    MFA_SERIAL=PHONE  | [p] keys                                      | profile p AKIAP phone |
    MFA_SERIAL=TABLET | [p] keys mfa_serial=PHONE                     | profile p AKIAP tablet | it beats mfa_serial
    MFA_SERIAL=       | [p] keys mfa_serial=PHONE                     | profile p AKIAP phone | an empty variable is unset
    MFA_SERIAL=       | [p] keys                                      | no-serial |
    MFA_SERIAL=PHONE  | [p] keys mfa_serial=                          | profile p AKIAP phone |
    | [profile p] credential_process=vault mfa_serial=PHONE           | profile p "vault" phone |
    | [p] credential_process=vault mfa_serial=PHONE                   | profile p "vault" phone | either file
    | [profile p] credential_process=vault                            | no-serial |
    MFA_SERIAL=PHONE  | [profile p] credential_process=vault          | profile p "vault" phone |
    | [profile p] credential_process=vault mfa_serial=PHONE [p] keys  | profile p AKIAP phone | keys of the credentials file first
    | [profile p] credential_process=vault mfa_serial=PHONE keys      | profile p "vault" phone | then the process
    | [profile p] credential_process=vault mfa_serial=PHONE temporary | profile p "vault" phone |
    | [profile p] credential_process= mfa_serial=PHONE                | incomplete-keys | the CLI complains
    | [p] half mfa_serial=PHONE                                       | incomplete-keys | half a pair: the CLI complains
    | [p] half aws_secret_access_key= mfa_serial=PHONE                | incomplete-keys |
    | [p] aws_access_key_id= aws_secret_access_key=x mfa_serial=PHONE | incomplete-keys |
    | [p] aws_secret_access_key=secret-of-p mfa_serial=PHONE          | no-keys | no key id: none at all
    | [p] half mfa_serial=PHONE [profile p] keys                      | incomplete-keys | never mixed
    | [p] half mfa_serial=PHONE [profile p] aws_secret_access_key=s   | incomplete-keys |
    MFA_SERIAL=PHONE  | [p] half                                      | incomplete-keys |
    | [profile p] mfa_serial=PHONE                                    | no-keys | no keys
    | [profile p] region=eu-west-1                                    | no-keys |
    | [profile p]                                                     | no-keys |
    MFA_SERIAL=PHONE  | [profile p]                                   | no-keys |

    | [p] keys mfa_serial=PASSKEY                                     | refuse PasskeyDevice |
    | [profile p] credential_process=vault mfa_serial=PASSKEY         | refuse PasskeyDevice |
    MFA_SERIAL=PASSKEY | [p] keys mfa_serial=PHONE                    | refuse PasskeyDevice |
    MFA_SERIAL=PHONE   | [p] keys mfa_serial=PASSKEY                  | profile p AKIAP phone | not the one used
    | [profile p] mfa_serial=PASSKEY                                  | no-keys | nothing to ask with
    | [p] half mfa_serial=PASSKEY                                     | incomplete-keys |
    | [p] keys mfa_serial=12345678                                    | refuse InvalidSerial | nine characters at least
    MFA_SERIAL=phone   | [p] keys mfa_serial=PHONE                    | refuse InvalidSerial |
    `),
  )("$line", ({ columns: [env = "", files = "", plan] }) => {
    expect(inShort(planOf("s3 ls --profile p", env, () => filesOf(files)))).toBe(plan);
    expect(inShort(planOf("s3 ls", `PROFILE=p ${env}`, () => filesOf(files)))).toBe(plan);
  });

  it("without any file there is nothing to do", () => {
    expect(inShort(planOf("s3 ls", "", () => filesOf("")))).toBe("no-profile");
    const env = "id secret MFA_SERIAL=PHONE";
    expect(inShort(planOf("s3 ls", env, () => filesOf("")))).toBe(
      "environment-keys - AKIAENV phone",
    );
  });
});

describe("where and how the session is asked for", () => {
  // environment | profile p | STS, where valid, code from, whether the gem's file is trusted | why
  it.each(
    table(`
                                       | keys mfa_serial=PHONE                  | us-east-1, aws, trusted |
                                       | keys mfa_serial=GAHT12345678           | us-east-1, aws, trusted |
                                       | keys mfa_serial=CHINA                  | cn-northwest-1, aws-cn, trusted | the partition of the serial
                                       | keys mfa_serial=PHONE region=eu-west-1 | eu-west-1, aws, trusted |
                                       | keys mfa_serial=PHONE region=          | us-east-1, aws, trusted |
                                       | keys mfa_serial=PHONE region=us-gov-east-1 | us-gov-east-1, aws-us-gov, trusted |
    REGION=eu-west-2                   | keys mfa_serial=PHONE region=eu-west-1 | eu-west-2, aws, trusted |
    DEFAULT_REGION=eu-west-3           | keys mfa_serial=PHONE region=eu-west-1 | eu-west-3, aws, trusted |
    REGION=eu-west-2 DEFAULT_REGION=eu-west-3 | keys mfa_serial=PHONE           | eu-west-2, aws, trusted |
    ENDPOINT_URL=http://a              | keys mfa_serial=PHONE                  | http://a, http://a, trusted |
    ENDPOINT_URL_STS=http://s ENDPOINT_URL=http://a | keys mfa_serial=PHONE     | http://s, http://s, trusted |
                                       | keys mfa_serial=PHONE endpoint_url=http://p | http://p, http://p, trusted |
                                       | keys mfa_serial=PHONE services=local endpoint_url=http://p | http://local, http://local, trusted |
    CA_BUNDLE=/ca                      | keys mfa_serial=PHONE ca_bundle=/p     | us-east-1, aws, ca /ca, trusted |
                                       | keys mfa_serial=PHONE ca_bundle=/p     | us-east-1, aws, ca /p, trusted |
                                       | keys mfa_serial=PHONE mfa_process=otp  | us-east-1, aws, code otp, trusted |
    MFA_PROCESS=ykman                  | keys mfa_serial=PHONE mfa_process=otp  | us-east-1, aws, code ykman, trusted |
    MFA_PROCESS=                       | keys mfa_serial=PHONE mfa_process=otp  | us-east-1, aws, code otp, trusted |
                                       | keys mfa_serial=PHONE mfa_process=     | us-east-1, aws, trusted |
    MFA_SERIAL=PHONE                   | keys mfa_serial=PHONE                  | us-east-1, aws |
    MFA_SERIAL=                        | keys mfa_serial=PHONE                  | us-east-1, aws, trusted |
    CONFIG_FILE=/c                     | keys mfa_serial=PHONE                  | us-east-1, aws | not the default files
    SHARED_CREDENTIALS_FILE=/c         | keys mfa_serial=PHONE                  | us-east-1, aws |
    CONFIG_FILE= SHARED_CREDENTIALS_FILE= | keys mfa_serial=PHONE               | us-east-1, aws, trusted |
                                       | credential_process=v mfa_serial=PHONE  | us-east-1, aws | the gem knows no process
    id secret MFA_SERIAL=PHONE         | keys                                   | eu-west-9, aws | environment keys, default profile
    id secret MFA_SERIAL=PHONE PROFILE=p | keys region=eu-west-1 mfa_process=otp | eu-west-1, aws, code otp | the active profile's settings
    id secret MFA_SERIAL=PHONE MFA_PROCESS=ykman | keys                         | eu-west-9, aws, code ykman |
    ACCESS_KEY_ID=OLD/p secret token   | keys mfa_serial=PHONE region=eu-west-1 | eu-west-1, aws, trusted | not those of [default]
                                       | keys role_arn=R source_profile=p mfa_serial=PHONE region=eu-west-1 | eu-west-1, aws, trusted |
                                       | role_arn=R source_profile=u mfa_serial=PHONE region=eu-west-1 | eu-west-1, aws | a serial that is not the root's own
                                       | role_arn=R source_profile=u            | eu-west-8, aws, trusted | the root's own serial
                                       | role_arn=R source_profile=u region=    | eu-west-8, aws, trusted | an empty setting says nothing
                                       | role_arn=R source_profile=u region=eu-west-1 | eu-west-1, aws, trusted | nearest first
                                       | role_arn=R source_profile=u region=cn-north-1 | cn-north-1, aws-cn |
                                       | role_arn=R source_profile=north        | eu-north-1, aws, code root, trusted | said in the middle alone
                                       | role_arn=R source_profile=north region=eu-west-1 | eu-west-1, aws, code root, trusted |
                                       | role_arn=R source_profile=v mfa_serial=CHINA | cn-northwest-1, aws-cn, code root | the partition of the serial that is used
    REGION=eu-west-2                   | role_arn=R source_profile=north region=eu-west-1 | eu-west-2, aws, code root, trusted |
    DEFAULT_REGION=eu-west-3           | role_arn=R source_profile=u            | eu-west-3, aws, trusted |
                                       | role_arn=R source_profile=v endpoint_url=http://p ca_bundle=/p | http://p, http://p, ca /p, code root | of the role
                                       | role_arn=R source_profile=e            | http://root, http://root, ca /root, trusted | of the root
                                       | role_arn=R source_profile=e endpoint_url= ca_bundle= | http://root, http://root, ca /root, trusted |
                                       | role_arn=R source_profile=e endpoint_url=http://p ca_bundle=/p | http://p, http://p, ca /p | of both
                                       | role_arn=R source_profile=way          | http://way, http://way, ca /way | of the middle and the root
                                       | role_arn=R source_profile=way endpoint_url=http://p | http://p, http://p, ca /way | each for itself
                                       | role_arn=R source_profile=way services=local | http://local, http://local, ca /way |
                                       | role_arn=R source_profile=way services=gone | http://way, http://way, ca /way |
                                       | role_arn=R source_profile=s            | http://local, http://local, trusted |
                                       | role_arn=R source_profile=s endpoint_url=http://p | http://p, http://p | the nearer profile before the more special setting
    ENDPOINT_URL=http://a              | role_arn=R source_profile=s endpoint_url=http://p services=local | http://a, http://a, trusted |
    ENDPOINT_URL_STS=http://s CA_BUNDLE=/ca | role_arn=R source_profile=way endpoint_url=http://p ca_bundle=/p | http://s, http://s, ca /ca, trusted |
                                       | role_arn=R source_profile=way ignore_configured_endpoint_urls=true endpoint_url=http://p | us-east-1, aws, ca /way |
    ENDPOINT_URL=http://a              | role_arn=R source_profile=e ignore_configured_endpoint_urls=true | us-east-1, aws, ca /root |
    IGNORE_CONFIGURED_ENDPOINT_URLS=true | role_arn=R source_profile=e endpoint_url=http://p | us-east-1, aws, ca /root, trusted |
    IGNORE_CONFIGURED_ENDPOINT_URLS=false | role_arn=R source_profile=e ignore_configured_endpoint_urls=true | http://root, http://root, ca /root, trusted |
                                       | role_arn=R source_profile=i            | http://root, http://root | the asked-for profile alone can ignore them
                                       | role_arn=R source_profile=u mfa_serial=TABLET | eu-west-8, aws, trusted |
                                       | role_arn=R source_profile=u mfa_process=otp | eu-west-8, aws, code otp, trusted |
                                       | role_arn=R source_profile=v            | us-east-1, aws, code root, trusted |
                                       | role_arn=R source_profile=v mfa_process=otp | us-east-1, aws, code otp, trusted | nearest first
                                       | role_arn=R source_profile=m            | us-east-1, aws, code middle, trusted |
                                       | role_arn=R source_profile=m mfa_process=otp | us-east-1, aws, code otp, trusted |
    MFA_PROCESS=ykman                  | role_arn=R source_profile=m mfa_process=otp | us-east-1, aws, code ykman, trusted |
    CONFIG_FILE=/c                     | role_arn=R source_profile=v            | us-east-1, aws, code root |
    `),
  )("$line", ({ columns: [env = "", profile = "", parts] }) => {
    const text = `
      [profile p] ${profile} [profile default] region=eu-west-9
      [services local] sts= +endpoint_url=http://local
      [u] keys mfa_serial=TABLET region=eu-west-8
      [v] keys mfa_serial=PHONE mfa_process=root
      [m] role_arn=M source_profile=v mfa_process=middle
      [north] role_arn=M source_profile=v region=eu-north-1
      [e] keys mfa_serial=PHONE endpoint_url=http://root ca_bundle=/root
      [way] role_arn=M source_profile=e endpoint_url=http://way ca_bundle=/way
      [s] keys mfa_serial=PHONE services=local
      [i] keys mfa_serial=PHONE endpoint_url=http://root ignore_configured_endpoint_urls=true`;
    const args = env.includes("secret") ? "s3 ls" : "s3 ls --profile p";
    const plan = planOf(args, env, () => filesOf(text));
    expect(plan.kind === "session" && partsOf(mfaRequestOf(plan.request))).toBe(parts);
  });

  function partsOf({ sts, identity, mfaProcess, trustsUnmarkedFile }: MfaSessionRequest): string {
    const parts = [sts.endpointUrl ?? sts.region, identity.endpoint];
    if (sts.caBundle !== undefined) parts.push(`ca ${sts.caBundle}`);
    if (mfaProcess !== undefined) parts.push(`code ${mfaProcess}`);
    if (trustsUnmarkedFile) parts.push("trusted");
    return parts.join(", ");
  }

  const phone = "arn:aws:iam::123456789012:mfa/phone";

  it("a session of a profile, whole", () => {
    const files = filesOf("[dev] keys mfa_serial=PHONE region=eu-west-1");
    expect(planOf("s3 ls --profile dev", "", () => files)).toEqual({
      kind: "session",
      reason: "profile",
      request: {
        kind: "mfa",
        profile: expect.objectContaining({ name: "dev" }),
        base: { kind: "long-term", accessKeyId: "AKIADEV", secretAccessKey: "secret-of-dev" },
        identity: { base: { accessKeyId: "AKIADEV" }, serial: phone, endpoint: "aws" },
        device: { serial: phone, setting: "mfa_serial", profile: "dev" },
        sts: { region: "eu-west-1", endpointUrl: undefined, caBundle: undefined },
        mfaProcess: undefined,
        own: true,
        trustsUnmarkedFile: true,
      },
    });
  });

  it("a session of environment keys, whole", () => {
    expect(planOf("s3 ls", "id secret MFA_SERIAL=PHONE", () => filesOf(""))).toEqual({
      kind: "session",
      reason: "environment-keys",
      request: {
        kind: "mfa",
        profile: undefined,
        base: { kind: "long-term", accessKeyId: "AKIAENV", secretAccessKey: "secret-of-env" },
        identity: { base: { accessKeyId: "AKIAENV" }, serial: phone, endpoint: "aws" },
        device: { serial: phone, setting: "AWS_MFA_SERIAL", profile: undefined },
        sts: { region: "us-east-1", endpointUrl: undefined, caBundle: undefined },
        mfaProcess: undefined,
        own: true,
        trustsUnmarkedFile: false,
      },
    });
  });

  it("a session of a role, whole", () => {
    const files = filesOf("[dev] keys mfa_serial=PHONE [r] role_arn=R source_profile=dev");
    expect(planOf("s3 ls --profile r", "", () => files)).toEqual({
      kind: "session",
      reason: "profile",
      request: {
        kind: "role",
        profile: expect.objectContaining({ name: "r" }),
        role: { ...plainRole, arn: "arn:aws:iam::123456789012:role/R" },
        source: {
          kind: "mfa",
          profile: expect.objectContaining({ name: "dev" }),
          base: { kind: "long-term", accessKeyId: "AKIADEV", secretAccessKey: "secret-of-dev" },
          identity: { base: { accessKeyId: "AKIADEV" }, serial: phone, endpoint: "aws" },
          device: { serial: phone, setting: "mfa_serial", profile: "dev" },
          sts: { region: "us-east-1", endpointUrl: undefined, caBundle: undefined },
          mfaProcess: undefined,
          own: true,
          trustsUnmarkedFile: true,
        },
        takesCode: false,
        capped: false,
      },
    });
  });

  it("the identity of a credential_process is its command", () => {
    const files = filesOf("[dev] credential_process=vault mfa_serial=CHINA");
    expect(planOf("s3 ls --profile dev", "", () => files)).toMatchObject({
      request: {
        base: { kind: "process", command: "vault" },
        identity: {
          base: { process: "vault" },
          serial: "arn:aws-cn:iam::123456789012:mfa/phone",
          endpoint: "aws-cn",
        },
      },
    });
  });

  it("the source of a role is the session of its root, whoever asks", () => {
    const files = filesOf(`[profile a] role_arn=A source_profile=u [u] keys mfa_serial=PHONE
      [profile b] role_arn=B source_profile=a region=eu-west-1`);
    const [a, b, u] = ["a", "b", "u"].map((name) => {
      const plan = planOf(`s3 ls --profile ${name}`, "", () => files);
      return plan.kind === "session" ? mfaRequestOf(plan.request).identity : expect.fail(name);
    });
    expect(u).toMatchObject({ base: { accessKeyId: "AKIAU" } });
    expect(a).toEqual(u);
    expect(b).toEqual(u);
  });
});

describe("what a role is assumed with", () => {
  // environment | settings of the role profile r | what is asked for, the asked-for role first | why
  it.each(
    table(`
    |                                                     | R as phone 3600 s |
    | role_session_name=me duration_seconds=900 external_id=x1 | R as me 900 s, external x1 |
    | source_identity=Alice session_tags=a=b,c=d transitive_session_tags=c | R as phone 3600 s, identity Alice, tags a=b c=d, transitive c |
    ROLE_SESSION_NAME=x1 | role_session_name=me           | R as x1 3600 s | the environment first
    ROLE_SESSION_NAME=   | role_session_name=me           | R as me 3600 s | an empty variable is unset
    ROLE_SESSION_NAME=x1 | role_session_name=m*           | R as x1 3600 s | not the one used
    | mfa_serial=arn:aws:iam::123456789012:mfa/team/alice | R as alice 3600 s | a device is named after its user
    MFA_SERIAL=TABLET | source_profile=w                  | R as tablet 3600 s | the device that is used
    | duration_seconds=3600                               | R as phone 3600 s |
    | duration_seconds=3601                               | R as phone 3601 s, by a code | more than AWS gives with a session
    | duration_seconds=43200                              | R as phone 43200 s, by a code |

    | source_profile=b                                    | R as phone 3600 s < B as middle 900 s, external b1 |
    ROLE_SESSION_NAME=x1 | source_profile=b               | R as x1 3600 s < B as middle 900 s, external b1 | the asked-for role alone
    ROLE_SESSION_NAME=x1 | source_profile=long            | R as x1 3600 s < C as phone 3600 s |
    | source_profile=b external_id=r1 duration_seconds=1000 | R as phone 1000 s, external r1 < B as middle 900 s, external b1 | each its own
    | source_profile=b duration_seconds=3600              | R as phone 3600 s < B as middle 900 s, external b1 |
    | source_profile=b duration_seconds=3601              | R as phone 3600 s, capped < B as middle 900 s, external b1 |
    | source_profile=b duration_seconds=43200             | R as phone 3600 s, capped < B as middle 900 s, external b1 |
    | source_profile=long                                 | R as phone 3600 s < C as phone 3600 s | only what the user gets is told of
    | source_profile=longer duration_seconds=7200         | R as phone 3600 s, capped < D as phone 3600 s < C as phone 3600 s |
    | source_profile=b session_tags=a=b                   | R as phone 3600 s, tags a=b < B as middle 900 s, external b1 |
    `),
  )("$line", ({ columns: [env = "", settings = "", asked] }) => {
    const source = settings.includes("source_profile") ? "" : "source_profile=u";
    const text = `[profile r] role_arn=R ${source} ${settings} [u] keys mfa_serial=PHONE [w] keys
      [b] role_arn=B source_profile=u role_session_name=middle external_id=b1 duration_seconds=900
      [long] role_arn=C source_profile=u duration_seconds=7200
      [longer] role_arn=D source_profile=long duration_seconds=7200`;
    const plan = planOf("s3 ls --profile r", env, () => filesOf(text));
    expect(plan.kind === "session" && rolesOf(plan.request).map(roleInShort).join(" < ")).toBe(
      asked,
    );
  });

  function roleInShort(request: RoleSessionRequest): string {
    const { arn, sessionName, seconds, externalId, sourceIdentity, tags, ...role } = request.role;
    const parts = [`${roleName(arn)} as ${sessionName} ${seconds} s`];
    if (externalId !== undefined) parts.push(`external ${externalId}`);
    if (sourceIdentity !== undefined) parts.push(`identity ${sourceIdentity}`);
    if (tags.length > 0) parts.push(`tags ${tags.map((tag) => tag.join("=")).join(" ")}`);
    const transitive = role.transitiveTagKeys;
    if (transitive.length > 0) parts.push(`transitive ${transitive.join(" ")}`);
    if (request.takesCode) parts.push("by a code");
    if (request.capped) parts.push("capped");
    return parts.join(", ");
  }
});

describe("a role that AWS would not look at", () => {
  // environment | settings of the profile r besides role_arn=R | what the refusal names | why
  it.each(
    table(`
    | duration_seconds=1h                   | duration_seconds of profile r |
    | source_profile=b duration_seconds=899 | duration_seconds of profile r | in a chain, too
    | source_profile=b duration_seconds=43201 | duration_seconds of profile r | what no role can have is not cut
    | external_id=x duration_seconds=1      | external_id of profile r | one at a time
    ROLE_SESSION_NAME=a | role_session_name=me | AWS_ROLE_SESSION_NAME |
    ROLE_SESSION_NAME=ok | source_profile=d | role_session_name of profile d | the variable is not for it
    | source_profile=bad                    | role_arn of profile bad | a role on the way
    | source_profile=deep                   | role_arn of profile bad |
    | source_profile=bad external_id=x      | external_id of profile r | the asked-for role first
    `),
  )("$line", ({ columns: [env = "", settings = "", named] }) => {
    const source = settings.includes("source_profile") ? "" : "source_profile=u";
    const text = `[profile r] role_arn=R ${source} ${settings} [u] keys mfa_serial=PHONE
      [b] role_arn=B source_profile=u [bad] role_arn=role/B source_profile=u
      [deep] role_arn=D source_profile=bad [d] role_arn=D source_profile=u role_session_name=d`;
    const plan = planOf("s3 ls --profile r", env, () => filesOf(text));
    expect(inShort(plan)).toBe("refuse InvalidRoleSetting");
    expect(plan.kind === "refusal" && plan.error.message.split(" is ")[0]).toBe(named);
    expect(plan.kind === "refusal" && plan.error.hint).toMatch(/^Correct it: /);
  });

  // environment | files besides [u] keys | plan for the profile r | why
  it.each(
    table(`
    | [r] role_arn=x source_profile=r mfa_serial=x                          | refuse ProfileCycle | the circle first
    | [r] role_arn=x source_profile=b mfa_serial=PASSKEY [b] role_arn=y source_profile=r | refuse ProfileCycle |
    | [r] role_arn=x source_profile=u mfa_serial=PASSKEY                    | refuse PasskeyDevice | then the device
    | [r] role_arn=x source_profile=u mfa_serial=x                          | refuse InvalidSerial |
    | [r] role_arn=x source_profile=u mfa_serial=PHONE                      | refuse InvalidRoleSetting | then the role
    MFA_SERIAL=x | [r] role_arn=x source_profile=u                          | refuse InvalidSerial |
    | [r] role_arn=R source_profile=u duration_seconds=1                    | role-without-serial r |
    | [r] role_arn=x source_profile=gone mfa_serial=PHONE                   | role-without-source r |
    | [r] role_arn=x source_profile=u mfa_serial=PHONE sso_session=s        | signs-in-otherwise |
    ROLE_SESSION_NAME=* | [r] keys mfa_serial=PHONE                         | profile r AKIAR phone | no role, no session name
    | [r] keys mfa_serial=PHONE duration_seconds=1 external_id=x            | profile r AKIAR phone |
    | [r] role_arn=R source_profile=b mfa_serial=PHONE [b] keys role_arn=x duration_seconds=1 | role r on b AKIAB phone | the root assumes no role
    `),
  )("in its order: $line", ({ columns: [env = "", files = "", plan] }) => {
    expect(inShort(planOf("s3 ls --profile r", env, () => filesOf(`${files} [u] keys`)))).toBe(
      plan,
    );
  });

  it("is refused for an exported session near its end, too", () => {
    const files = filesOf("[r] role_arn=x source_profile=u [u] keys mfa_serial=PHONE");
    const plan = planOf("s3 ls", "ACCESS_KEY_ID=OLD/r/R secret token", () => files);
    expect(inShort(plan)).toBe("refuse InvalidRoleSetting");
  });
});

describe("the explanation", () => {
  // environment | files | explanation of the plan for the profile p | why
  it.each(
    table(`
                 | [p] keys mfa_serial=PHONE                     | MFA session for profile p, device phone, key …KIAP, STS us-east-1 |
                 | [p] credential_process=vault--password=x mfa_serial=PHONE mfa_process=password | MFA session for profile p, device phone, credential_process, STS us-east-1 |
    REGION=x     | [p] role_arn=R source_profile=u mfa_serial=PHONE [u] keys | role session of profile p from MFA session for profile u, device phone, key …KIAU, STS x |
                 | [p] role_arn=R source_profile=u mfa_serial=PHONE duration_seconds=3601 [u] keys | role session of profile p from a code of its own (it is to last for over an hour) for profile u, device phone, key …KIAU, STS us-east-1 |
                 | [p] role_arn=R source_profile=b mfa_serial=PHONE duration_seconds=7200 [b] role_arn=B source_profile=u [u] keys | role session of profile p from role session of profile b from MFA session for profile u, device phone, key …KIAU, STS us-east-1 |
                 | [p] role_arn=R source_profile=\u001bb mfa_serial=PHONE [\u001bb] role_arn=B source_profile=u [u] keys | role session of profile p from role session of profile ?b from MFA session for profile u, device phone, key …KIAU, STS us-east-1 |
    ACCESS_KEY_ID=OLD/r/R secret token | [r] role_arn=R source_profile=u mfa_serial=PHONE [u] keys [p] | role session of profile r from MFA session for profile u, device phone, key …KIAU, STS us-east-1 (that of the environment is near its end) |
                 | [p] role_arn=x source_profile=u mfa_serial=PHONE [u] keys | refuse: InvalidRoleSetting |
                 | [p] keys mfa_serial=PHONE endpoint_url=http://me:password@sts/x | MFA session for profile p, device phone, key …KIAP, STS http://sts/x | no password of a URL
    id secret MFA_SERIAL=PHONE | [p]                             | MFA session for environment keys, device phone, key …AENV, STS us-east-1 |
    REGION=x\u001b[2J | [p] keys mfa_serial=PHONE               | MFA session for profile p, device phone, key …KIAP, STS x?[2J | nothing that moves a cursor
                 | [p] keys mfa_serial=PASSKEY                   | refuse: PasskeyDevice |
                 | [p] keys                                      | pass through: the profile has no mfa_serial |
                 | [p] role_arn=R source_profile=u [u] keys      | pass through: no mfa_serial in the role profile, nor in any source_profile of it (profile p) |
                 | [p] role_arn=R source_profile=\u001bb mfa_serial=PHONE [\u001bb] role_arn=B | pass through: its source_profile is missing or names no profile, or credential_source stands there (profile ?b) |
                 | [p] role_arn=R source_profile=u mfa_serial=PHONE [u] temporary | pass through: the role's last source_profile has no long-term keys (profile u) |
    `),
  )("$line", ({ columns: [env = "", files = "", explanation] }) => {
    const args = env.includes("secret") ? "s3 ls" : "s3 ls --profile p";
    const plan = planOf(args, env, () => filesOf(files));
    expect(describePlan(plan)).toBe(`plan: ${explanation}`);
  });
});
