import { marker, type Daemon } from "./daemon.ts";
import { xmlText } from "./xml-text.ts";

/**
 * The agent of a user's launchd, for a login with a screen (launchd.plist(5)). It knows no exit codes that
 * are final: what does not go away by itself is tried again and again, hence the pause of a minute. Throws
 * 253 for what XML cannot hold.
 */
export function launchdAgent({ name, command, variables }: Daemon, log: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${marker}, which may replace it: variables that your mfa_process needs are lost then. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${xmlText(name, "its name")}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${xmlText(word, "an argument")}</string>\n`).join("")}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${[...variables].map(variableLines).join("")}  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>60</integer>
  <key>ProcessType</key>
  <string>Standard</string>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
  <key>Umask</key>
  <integer>${0o077}</integer>
  <key>StandardOutPath</key>
  <string>${xmlText(log, "the path of its log")}</string>
  <key>StandardErrorPath</key>
  <string>${xmlText(log, "the path of its log")}</string>
</dict>
</plist>
`;
}

function variableLines([name, value]: [string, string]): string {
  return `    <key>${name}</key>\n    <string>${xmlText(value, name)}</string>\n`;
}
