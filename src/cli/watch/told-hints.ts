import type { WatchEvent } from "../../core/watch/watch-event.ts";

/** The hints of troubles, told once each time that a section gets into them. */
export class ToldHints {
  /** By section: the code of the trouble that it is in. */
  private readonly codes = new Map<string, string>();

  /** The hint, in lines to stand below the sentence; empty where there is nothing new to say. */
  below(event: WatchEvent): string {
    if (event.kind === "valid" || event.kind === "renewed") this.codes.delete(event.target);
    if (event.kind !== "trouble") return "";
    const { target, code, hint } = event;
    const isKnown = this.codes.get(target) === code;
    this.codes.set(target, code);
    return isKnown || hint === undefined ? "" : `\n  ${hint}`;
  }
}
