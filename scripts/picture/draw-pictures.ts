import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawTerminal } from "./draw-terminal.ts";
import { firstCall } from "./first-call.ts";
import type { Picture } from "./picture.ts";
import { startShell } from "./shell.ts";
import { setStage, type Stage } from "./stage.ts";
import { status } from "./status.ts";

/** Every picture. */
export const pictures: readonly Picture[] = [firstCall, status];

/** Records every picture with the built program, and writes them into the folder. */
export async function drawPictures(awsmfa: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const picture of pictures) {
    const svg = await record(picture, awsmfa);
    writeFileSync(join(folder, `${picture.name}.svg`), svg);
  }
}

async function record(picture: Picture, awsmfa: string): Promise<string> {
  await using stage = await setStage(awsmfa);
  const { env, home } = stage;
  const { columns, title } = picture;
  await using shell = await startShell(picture.prepare(stage), { env, cwd: home, columns });
  await picture.play(shell, stage);
  const svg = drawTerminal(await shell.look(), title);
  refuseSecrets(svg, stage);
  return svg;
}

function refuseSecrets(svg: string, { secrets }: Stage): void {
  const holds = secrets.some((secret) => svg.includes(secret)) || /A[KS]IA[A-Z0-9]{8}/.test(svg);
  if (holds) throw new Error("The picture would show a secret.");
}
