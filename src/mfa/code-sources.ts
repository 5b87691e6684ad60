import type { Context } from "../core/context.ts";
import { variable } from "../core/environment.ts";
import { configurationError, type AwsmfaError } from "../core/errors.ts";
import { choosePrompt } from "./choose-prompt.ts";
import { promptText, type CodeQuestion, type CodeSource } from "./code-source.ts";
import { processSource } from "./process-source.ts";
import { promptSource } from "./prompt-source.ts";
import { isSpent, tokenSource } from "./token-source.ts";

/** The program that uses our library, and asks in its own way. */
const programs = {
  attended: false,
  advice: "mfaCodeProvider has to give the six digits that the device shows.",
};

const people = {
  attended: true,
  advice: "Try again, and type the six digits that the device shows.",
};

const usualAdvice =
  "Run it in the foreground of a terminal, set AWS_MFA_TOKEN to the current code, or\n" +
  "  mfa_process (AWS_MFA_PROCESS) to a command that prints it. AWS_MFA_ASKPASS names a\n" +
  "  program that asks, with a display, or without one by AWS_MFA_PROMPT=askpass.";

/** Every place the code can come from, in the order they are tried; none where nobody can be asked. */
export function codeSources(
  context: Context,
  question: CodeQuestion,
  mfaProcess: string | undefined,
): CodeSource[] {
  const { codeProvider, report } = context;
  if (codeProvider !== undefined) {
    return [promptSource(() => codeProvider(question.serial), programs, report)];
  }
  const sources: CodeSource[] = [];
  const token = variable(context.env, "AWS_MFA_TOKEN");
  if (context.token !== undefined) {
    sources.push(tokenSource(context.token, "--token", context.report));
  } else if (token !== undefined && !isSpent(token)) {
    sources.push(tokenSource(token, "AWS_MFA_TOKEN", context.report));
  }
  if (mfaProcess !== undefined) {
    const own = variable(context.env, "AWS_MFA_PROCESS") === mfaProcess;
    sources.push(processSource(mfaProcess, own ? "AWS_MFA_PROCESS" : "mfa_process", context));
  }
  const prompt = choosePrompt(context);
  if (prompt !== undefined) {
    const ask = async (): Promise<string | undefined> => {
      await context.report.told?.();
      return prompt.ask(promptText(question));
    };
    const { onTerminal } = prompt;
    sources.push(promptSource(ask, onTerminal ? people : { attended: false }, context.report));
  }
  return sources;
}

/** No source gave a code, or there was none to try. */
export function noCodeError(
  { device, owner, command }: CodeQuestion,
  tried: readonly CodeSource[],
): AwsmfaError {
  const what = tried.length > 0 ? " was given" : ", and nobody to ask";
  return configurationError("NoCode", `no MFA code for ${device} (${owner})${what}.`, {
    hint:
      tried.findLast(({ advice }) => advice)?.advice ??
      usualAdvice +
        (command ? `\n  A session that is got elsewhere will do as well: ${command}` : ""),
  });
}

/** A prompt has made way for a process that somebody sits in front of. */
export function gaveWayError({ device, owner }: CodeQuestion): AwsmfaError {
  return configurationError(
    "NoCode",
    `the prompt for the MFA code of ${device} (${owner}) was given up: another awsmfa asks for the code.`,
    { hint: "Its session will serve here, too." },
  );
}
