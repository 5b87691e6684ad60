import type { Manager } from "../../../core/daemon/daemon.ts";
import { printable } from "../../../core/printable.ts";
import { shellWord } from "../../../core/shell-word.ts";

interface Definition {
  readonly name: string;
  readonly path: string;
}

interface Installed extends Definition {
  readonly state: "printed" | "new" | "replaced";
  /** Whether it needs a desktop to ask on. */
  readonly asks: boolean;
}

/** What became of the definition, and the commands that start the service. */
export function installWords(manager: Manager, { name, path, state, asks }: Installed): string {
  const isOld = state === "replaced";
  const commands =
    manager === "systemd" ? systemdCommands(name, isOld) : launchdCommands(name, path, isOld);
  const what = {
    printed: `that belongs in ${printable(path)}, and --write puts it there.`,
    new: `${printable(path)} is written.`,
    replaced: `${printable(path)} is replaced.`,
  }[state];
  const start = asks ? "with the desktop" : "whenever you log in";
  const when = isOld ? "To run it as it is now" : `To start it, now and ${start}`;
  return [`${what} ${when}:`, ...commands].join("\n  ");
}

/** How to see what it does, to have it ask, and to be rid of it. */
export function careWords(
  manager: Manager,
  { name, asks }: Pick<Installed, "name" | "asks">,
): string {
  const agent = `gui/$(id -u)/${name}`;
  const lines =
    manager === "systemd"
      ? [
          `its log:         journalctl --user -u ${name}`,
          `a code at once:  systemctl --user kill --kill-who=main -s USR1 ${name}`,
          `no more of it:   systemctl --user disable --now ${name}`,
          ...(asks ? ["Where it does not start with the desktop, see the comment in it."] : []),
        ]
      : [
          `its log:         ~/Library/Logs/${name}.log`,
          `a code at once:  launchctl kill USR1 ${agent}`,
          `no more of it:   launchctl bootout ${agent}`,
        ];
  return lines.join("\n  ");
}

function systemdCommands(name: string, isOld: boolean): string[] {
  const start = isOld
    ? [`systemctl --user enable ${name}`, `systemctl --user restart ${name}`]
    : [`systemctl --user enable --now ${name}`];
  return ["systemctl --user daemon-reload", ...start];
}

function launchdCommands(name: string, path: string, isOld: boolean): string[] {
  const start = `launchctl bootstrap gui/$(id -u) ${shellWord(path)}`;
  return isOld ? [`launchctl bootout gui/$(id -u)/${name}`, start] : [start];
}

/** Which variables the service lacks, for they may be secrets, and where they belong. */
export function leftOutWords(
  manager: Manager,
  { name, path, leftOut }: Definition & { leftOut: readonly string[] },
): string {
  const what = `left out, for a password may be in it: ${leftOut.join(", ")}.`;
  const where =
    manager === "systemd"
      ? `systemctl --user edit ${name}, with Environment=${leftOut[0]}=… below [Service]`
      : `EnvironmentVariables in ${printable(path)}, which nobody else should be able to read`;
  return `${what}\n  Where the service needs it: ${where}.`;
}
