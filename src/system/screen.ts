import { Writable } from "node:stream";
import { writeAll } from "./write-all.ts";

/** What a terminal shows. */
export class Screen {
  /** Whether what is typed is shown. */
  echoes = false;
  /** For what is typed. */
  readonly echo: Writable;
  private readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
    this.echo = new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        if (this.echoes) this.write(text);
        done();
      },
    });
  }

  /** Shows it in any case. */
  write(text: string): void {
    try {
      writeAll(this.descriptor, text);
    } catch {
      // It is gone, and so is whoever could read it.
    }
  }
}
