/** A bar of the time left, in two parts that are coloured apart. */
export interface Bar {
  readonly left: string;
  readonly gone: string;
}

/** Draws a fraction from 0 to 1 as so many characters; while anything is left, one of them shows it. */
export function drawBar(fraction: number, width: number, unicode: boolean): Bar {
  const rounded = fraction > 0 ? Math.max(1, Math.round(fraction * width)) : 0;
  const filled = Math.min(width, rounded);
  const [full, empty] = unicode ? ["█", "░"] : ["#", "-"];
  return { left: full.repeat(filled), gone: empty.repeat(width - filled) };
}
