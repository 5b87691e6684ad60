import { describe, expect, it } from "vitest";
import {
  environmentFileName,
  profileFileName,
  temporaryPrefix,
} from "../../src/core/session-file-name.ts";
import { sha256 } from "../../src/system/sha256.ts";

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
