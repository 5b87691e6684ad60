import { configurationError } from "../errors.ts";
import { printable } from "../printable.ts";
import { marker, profileWords, type Daemon } from "./daemon.ts";
import { argumentWord, unitWord } from "./unit-word.ts";

/**
 * The unit of a user's systemd. It forbids little: all that would need NoNewPrivileges takes away programs
 * that codes come from (`op` of 1Password is set-group-id). Throws 253 for a path that systemd refuses.
 */
export function systemdUnit({ name, sections, command, variables, asks }: Daemon): string {
  const [program = "", ...args] = command;
  const environment = [...variables].map(([key, value]) => unitWord(`${key}=${value}`, key));
  return `# ${marker}, which may replace it: make changes with
# \`systemctl --user edit ${name}\`, such as variables that your mfa_process needs.
${asks ? desktopComment(name) : ""}[Unit]
Description=${description(sections)}
${asks ? `PartOf=${desktop}\nAfter=${desktop}\n` : ""}
[Service]
Type=exec
ExecStart=${[unitWord(checkedProgram(program), "the path of Node"), ...args.map(argumentWord)].join(" ")}
ExecReload=/bin/kill -HUP $MAINPID
# 252 and 253 do not go away by themselves.
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=252 253
# Ended by INT or TERM.
SuccessExitStatus=130 143
SyslogIdentifier=awsmfa
UMask=0077
# A dump of the memory would hold keys.
LimitCORE=0
${environment.map((assignment) => `Environment=${assignment}\n`).join("")}
[Install]
WantedBy=${asks ? desktop : "default.target"}
`;
}

const desktop = "graphical-session.target";

/** What to do where nothing else would start it with the variables that an askpass program needs. */
function desktopComment(name: string): string {
  return `#
# Where the desktop does not start ${desktop} (\`systemctl --user status
# ${desktop}\` says so), let it run these as it starts, instead of \`enable\`:
#   systemctl --user import-environment DISPLAY WAYLAND_DISPLAY XAUTHORITY
#   systemctl --user restart ${name}
`;
}

const longestDescription = 200;

/** The words behind the names keep a backslash from joining the next line. */
function description(sections: readonly string[]): string {
  const names = profileWords(sections).slice(0, longestDescription).replaceAll("%", "%%");
  return `AWS session of ${names} (awsmfa watch)`;
}

/** systemd takes the path of a program without quotes and control characters alone, however they are written. */
function checkedProgram(path: string): string {
  if (!/["'\\\p{Cc}]/u.test(path)) return path;
  throw configurationError("UnfitPath", `systemd cannot run ${printable(path)}.`, {
    hint: "Quotes, backslashes or control characters stand in its path: run awsmfa by another Node.",
  });
}
