import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { runApp } from "../support/sdk-app.ts";

const nobody = { AWS_MFA_PROMPT: "none" };
const core = join(
  import.meta.dirname,
  "../../node_modules/@smithy/core/dist-cjs/submodules/config",
);

describe("an error is one of the SDK's", () => {
  interface Row {
    readonly why: string;
    readonly init?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly code: string;
    /** Whether a chain goes on. */
    readonly next: boolean;
    readonly says: RegExp;
  }

  // prettier-ignore
  const rows: readonly Row[] = [
    { why: "no MFA", init: "{ profile: 'plain' }", code: "NoSession", next: true, says: /profile plain: / },
    { why: "SSO", init: "{ profile: 'sso' }", code: "NoSession", next: true, says: /profile sso: / },
    { why: "no such profile", init: "{ profile: 'nowhere' }", code: "UnknownProfile", next: true, says: /no profile nowhere/ },
    { why: "no AWS files at all", env: { HOME: "/nonexistent", AWS_PROFILE: "" }, code: "NoSession", next: true, says: /profile default: / },
    { why: "keys in the environment", env: { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" }, code: "NoSession", next: true, says: /AWS_MFA_SERIAL/ },
    { why: "nobody to ask", code: "NoCode", next: false, says: /^no MFA code for phone \(profile dev\), and nobody to ask\.\n {2}\S/ },
    { why: "a passkey", init: "{ profile: 'passkey' }", code: "PasskeyDevice", next: false, says: /passkey/ },
    { why: "a setting that is wrong", env: { AWS_MFA_TTL: "1" }, code: "InvalidDuration", next: false, says: /AWS_MFA_TTL/ },
    { why: "a region that is wrong", init: "{ clientConfig: { region: 'a b' }, mfaCodeProvider: async () => '123456' }", code: "InvalidRegion", next: false, says: /"a b"/ },
    { why: "no code", init: "{ mfaCodeProvider: async () => undefined }", code: "NoCode", next: false, says: /^no MFA code for phone \(profile dev\) was given\.\n  mfaCodeProvider has to give the six digits that the device shows\.$/ },
    { why: "a wrong code", init: "{ mfaCodeProvider: async () => wrong }", code: "WrongCode", next: false, says: /did not accept that code/ },
  ];

  test.each(rows.map((row) => [row.why, row] as const))("%s", async (_why, row) => {
    await using lab = await startLab();
    addProfiles(lab);
    const body = `
      const wrong = "${lab.sandbox.wrongCode("alice")}";
      tell(await fromMfaSession(${row.init ?? ""})().then(() => "a session", told));`;
    const ended = await runApp(lab, body, { ...nobody, ...row.env });
    expect(ended.code).toBe(0);
    expect(ended.told).toEqual([
      {
        name: "CredentialsProviderError",
        code: row.code,
        tryNextLink: row.next,
        message: expect.stringMatching(row.says) as string,
      },
    ]);
  });
});

function addProfiles({ home, serial }: Lab): void {
  const passkey = serial.replace(":mfa/phone", ":u2f/user/alice/key");
  const keys = "aws_access_key_id = AKIAX\naws_secret_access_key = x\n";
  appendFileSync(
    join(home, ".aws/config"),
    `[profile plain]\n${keys}[profile passkey]\n${keys}mfa_serial = ${passkey}\n` +
      "[profile sso]\nsso_start_url = https://x.invalid\nsso_account_id = 1\nsso_role_name = x\n",
  );
}

describe("a chain of providers", () => {
  const rows: [title: string, init: string, goesOn: boolean][] = [
    ["goes on where a profile needs no session", "{ profile: 'plain' }", true],
    ["goes on where there is no such profile", "{ profile: 'nowhere' }", true],
    ["ends where nobody gave a code", "{}", false],
  ];

  test.each(rows)("%s", async (_title, init, goesOn) => {
    await using lab = await startLab();
    addProfiles(lab);
    const alice = lab.sandbox.user("alice");
    const body = `
      const { chain } = require(${JSON.stringify(core)});
      const next = async () => ({ accessKeyId: "${alice.accessKeyId}", secretAccessKey: "${alice.secretAccessKey}" });
      const client = new STSClient({ region: "us-east-1", credentials: chain(fromMfaSession(${init}), next) });
      tell(await whoAmI(client).catch(({ code }) => code));`;
    const ended = await runApp(lab, body, nobody);
    expect(ended).toMatchObject({ code: 0, stderr: "", told: [goesOn ? alice.arn : "NoCode"] });
  });
});

describe("mfaCodeProvider", () => {
  interface Row {
    readonly title: string;
    /** An expression: what it gives; `code` is the code of the moment, `wrong` one that is not. */
    readonly gives: string;
    readonly asked: number;
    /** A code, the message of an error, or that there is a session. */
    readonly end: string;
    readonly stderr?: RegExp;
  }

  const notSix = /^(awsmfa: a code is six digits\.\n)+$/;
  const wrongOnes = /^(awsmfa: that code is wrong or already used: wait for the next code\.\n)+$/;
  // prettier-ignore
  const rows: readonly Row[] = [
    { title: "a code", gives: "code", asked: 1, end: "session" },
    { title: "a code with a space in it", gives: "code.slice(0, 3) + ' ' + code.slice(3)", asked: 1, end: "session" },
    { title: "a wrong code, then a right one", gives: "asked === 1 ? wrong : code", asked: 2, end: "session", stderr: wrongOnes },
    { title: "three wrong codes", gives: "['000000', '111111', '222222'].map((each) => each === code ? wrong : each)[asked - 1]", asked: 3, end: "WrongCode", stderr: wrongOnes },
    { title: "the same wrong code again", gives: "wrong", asked: 3, end: "WrongCode", stderr: wrongOnes },
    { title: "letters, then a code", gives: "asked === 1 ? 'abcdef' : code", asked: 2, end: "session", stderr: notSix },
    { title: "letters for ever", gives: "'abcdef'", asked: 10, end: "NoCode", stderr: notSix },
    { title: "an object", gives: "({})", asked: 10, end: "NoCode", stderr: notSix },
    { title: "a number", gives: "123456", asked: 3, end: "WrongCode", stderr: wrongOnes },
    { title: "nothing", gives: "undefined", asked: 1, end: "NoCode" },
    { title: "null", gives: "null", asked: 1, end: "NoCode" },
    { title: "the program's own error", gives: "Promise.reject(new Error('window closed'))", asked: 1, end: "window closed" },
    { title: "one that is thrown at once", gives: "(() => { throw new Error('at once'); })()", asked: 1, end: "at once" },
  ];

  test.each(rows.map((row) => [row.title, row] as const))("%s", async (_title, row) => {
    await using lab = await startLab();
    const body = `
      const code = "${lab.sandbox.freshCode("alice")}", wrong = "${lab.sandbox.wrongCode("alice")}";
      const serials = new Set();
      let asked = 0;
      const mfaCodeProvider = (serial) => { asked++; serials.add(serial); return ${row.gives}; };
      const client = new STSClient({ credentials: fromMfaSession({ mfaCodeProvider }) });
      const end = await whoAmI(client).then(() => "session", ({ code, message }) => code ?? message);
      tell({ end, asked, serials: [...serials] });`;
    const ended = await runApp(lab, body, { AWS_MFA_TOKEN: "not asked" });
    const { end, asked } = row;
    expect(ended.told).toEqual([{ end, asked, serials: [lab.serial] }]);
    expect(ended.stderr).toMatch(row.stderr ?? /^$/);
  });

  test("after an error a client can ask again", async () => {
    await using lab = await startLab();
    const body = `
      let asked = 0;
      const mfaCodeProvider = async () => {
        if (++asked === 1) throw new Error("window closed");
        return "${lab.sandbox.freshCode("alice")}";
      };
      const client = new STSClient({ credentials: fromMfaSession({ mfaCodeProvider }) });
      tell(await whoAmI(client).catch(({ message }) => message));
      tell(await whoAmI(client));`;
    const { arn } = lab.sandbox.user("alice");
    expect(await runApp(lab, body)).toMatchObject({ stderr: "", told: ["window closed", arn] });
  });

  test("is not asked where a session is stored", async () => {
    await using lab = await startLab();
    await lab.signIn();
    const body = `
      const mfaCodeProvider = () => { throw new Error("asked"); };
      tell(typeof (await fromMfaSession({ mfaCodeProvider })()).accessKeyId);`;
    expect(await runApp(lab, body)).toMatchObject({ code: 0, told: ["string"] });
  });
});
