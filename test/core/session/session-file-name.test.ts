import { describe, expect, it } from "vitest";
import {
  environmentFileName,
  profileFileName,
  profileOfFileName,
  requestFileName,
  temporaryPrefix,
} from "../../../src/core/session/session-file-name.ts";
import { sha256 } from "../../../src/system/sha256.ts";

const long = "%profile-";

describe("the file of a profile's session", () => {
  it.each<[profile: string, file: string, why?: string]>([
    ["default", "default", "as the gem names it"],
    ["dev", "dev"],
    ["Dev-1_2.3", "Dev-1_2.3"],
    ["my dev", "my%20dev"],
    ["a/b", "a%2Fb"],
    ["a\\b", "a%5Cb"],
    ["/etc/passwd", "%2Fetc%2Fpasswd"],
    ["../../evil/x", "..%2F..%2Fevil%2Fx"],
    ["../credentials", "..%2Fcredentials"],
    ["..", "%2E%2E"],
    [".", "%2E"],
    ["...", "..."],
    [".hidden", ".hidden"],
    ["a.", "a."],
    ["%", "%25"],
    ["%%", "%25%25"],
    ["%%keys-AKIA", "%25%25keys-AKIA", "not the file of environment keys"],
    ["%%tmp-x", "%25%25tmp-x", "not a temporary file"],
    ["%2E", "%252E", "not the file of the profile ."],
    ["a%2Fb", "a%252Fb", "not the file of the profile a/b"],
    ["ünï", "%C3%BCn%C3%AF"],
    ["e\u0301", "e%CC%81", "not normalized: another name than é"],
    ["é", "%C3%A9"],
    ["\u{1f511}", "%F0%9F%94%91"],
    ["a\u0000b", "a%00b"],
    ["a\nb", "a%0Ab"],
    ["~", "%7E"],
    ["C:x", "C%3Ax"],
    ["a*?<>|\"'b", "a%2A%3F%3C%3E%7C%22%27b"],
    [" ", "%20"],
    ["", "%nameless"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), long + sha256("a".repeat(201))],
    ["/".repeat(66), "%2F".repeat(66)],
    ["/".repeat(67), long + sha256("/".repeat(67)), "201 bytes when encoded"],
    ["ü".repeat(34), long + sha256("ü".repeat(34))],
  ])("%j: %s", (profile, file) => {
    expect(profileFileName(profile, sha256)).toBe(file);
  });

  it("is a plain name, and another one for every profile", () => {
    const names = new Set(hostileNames(5000));
    expect(names.size).toBeGreaterThan(4000);
    const files = new Set<string>();
    for (const name of names) {
      const file = profileFileName(name, sha256);
      expect(file).toMatch(/^[\w.%-]+$/);
      expect(file).not.toMatch(/^%%|^\.{1,2}$/);
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255 - temporaryPrefix.length);
      files.add(file);
    }
    expect(files.size).toBe(names.size);
  });

  it("is never that of environment keys or a temporary file", () => {
    const others = ["AKIA", "../x", "", "A".repeat(300)].map((id) =>
      environmentFileName(id, sha256),
    );
    for (const file of [...others, `${temporaryPrefix}x`]) {
      expect(file).toMatch(/^%%/);
      expect(profileFileName(file, sha256)).not.toBe(file);
    }
  });
});

describe("the file of environment keys", () => {
  it.each<[accessKeyId: string, file: string]>([
    ["AKIAIOSFODNN7EXAMPLE", "%%keys-AKIAIOSFODNN7EXAMPLE"],
    ["../../x", "%%keys-..%2F..%2Fx"],
    ["a/b", "%%keys-a%2Fb"],
    ["A".repeat(300), `%%keys-${sha256("A".repeat(300))}`],
  ])("%j: %s", (accessKeyId, file) => {
    expect(environmentFileName(accessKeyId, sha256)).toBe(file);
  });
});

describe("the file of a role's session", () => {
  it.each<[profile: string, file: string]>([
    ["dev", "%%role-dev-bf9cf968"],
    ["my dev", "%%role-my%20dev-bf9cf968"],
    ["../../x", "%%role-..%2F..%2Fx-bf9cf968"],
    [".", "%%role-%2E-bf9cf968"],
    ["%%role-dev-bf9cf968", "%%role-%25%25role-dev-bf9cf968-bf9cf968"],
    ["", "%%role-%nameless-bf9cf968"],
    ["a".repeat(200), `%%role-${"a".repeat(200)}-bf9cf968`],
    ["a".repeat(201), `%%role-${long}${sha256("a".repeat(201))}-bf9cf968`],
  ])("%j, asked for as foobar: %s", (profile, file) => {
    expect(requestFileName("role", profile, "foobar", sha256)).toBe(file);
  });

  it("is another one for every way in which a role is asked for", () => {
    const keys = ["", "foobar", "foobas", "[1]", "[2]"];
    const files = keys.map((key) => requestFileName("role", "dev", key, sha256));
    expect(new Set(files).size).toBe(keys.length);
  });

  it("is a plain name, and another one than that of any profile, keys or temporary file", () => {
    const names = [...new Set(hostileNames(5000)), "role-dev", "%role-dev", "%%role-dev"];
    const own = new Set(names.map((name) => profileFileName(name, sha256)));
    const files = new Set<string>();
    for (const name of names) {
      const file = requestFileName("role", name, `key of ${name}`, sha256);
      expect(file).toMatch(/^%%role-[\w.%-]+-[0-9a-f]{8}$/);
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255 - temporaryPrefix.length);
      expect(own.has(file)).toBe(false);
      expect(profileFileName(file, sha256)).not.toBe(file);
      expect(environmentFileName(name, sha256)).not.toBe(file);
      expect(requestFileName("mfa", name, `key of ${name}`, sha256)).toBe(
        file.replace("role", "mfa"),
      );
      files.add(file);
    }
    expect(files.size).toBe(names.length);
  });
});

describe("the profile in a file's name", () => {
  it.each(["dev", "my dev", "..", "", "%", "%%", "ünï", "\0", "a-bf9cf968", "%%role-dev-bf9cf968"])(
    "%j comes back",
    (profile) => {
      expect(profileOfFileName(profileFileName(profile, sha256))).toBe(profile);
      expect(profileOfFileName(requestFileName("role", profile, "key", sha256))).toBe(profile);
    },
  );

  it("so do these, unless they are long", () => {
    for (const profile of hostileNames(5000)) {
      const isLong = profileFileName(profile, sha256).startsWith(long);
      const told = isLong ? undefined : profile;
      expect(profileOfFileName(profileFileName(profile, sha256))).toBe(told);
      expect(profileOfFileName(requestFileName("role", profile, profile, sha256))).toBe(told);
    }
  });

  it.each<[file: string, profile: string | undefined, why?: string]>([
    [environmentFileName("AKIA", sha256), undefined],
    [`${temporaryPrefix}x`, undefined],
    ["%%role-", undefined],
    ["%%role-x", undefined],
    ["%%role--bf9cf968", undefined],
    ["%%role-dev-notahash", undefined],
    [profileFileName("a".repeat(201), sha256), undefined],
    [requestFileName("role", "a".repeat(201), "key", sha256), undefined],
    ["%%mfa-dev-bf9cf968", "dev"],
    ["%%mfa-my%20dev-bf9cf968", "my dev"],
    ["%%mfa-dev-notahash", undefined],
    [requestFileName("mfa", "a".repeat(201), "key", sha256), undefined],
    ["%%other-dev-bf9cf968", undefined],
    ["my dev", "my dev", "the gem does not encode"],
    ["100%", "100%"],
    ["%nameless", ""],
  ])("%s: %j", (file, profile) => {
    expect(profileOfFileName(file)).toBe(profile);
  });
});

/** Names out of pieces that mean something to a file system or to our own encoding. */
function hostileNames(count: number): string[] {
  const pieces =
    "a,B,0,.,..,/,\\,%,%%,%2F,%25,%2E,%p,-,_, ,\0,\n,ü,u\u0308,\u{1f511},:,~,*,keys-,tmp-".split(
      ",",
    );
  return Array.from({ length: count }, (_, index) => {
    const picked: string[] = [];
    for (let rest = index; rest > 0; rest = Math.floor(rest / pieces.length)) {
      picked.push(pieces[rest % pieces.length] ?? "");
    }
    return picked.join("").repeat(index % 97 === 0 ? 100 : 1);
  });
}
