/** A run that is watched on the terminal: what it is, then what happens. */
import type { RunEvent } from "../pipeline/events.ts";
import type { PlannedRun } from "../steps/step_options.ts";
import { headline } from "./headline.ts";
import type { Output } from "./output.ts";
import { createReporter, type Reporter } from "./reporter.ts";

/** Takes what `runJob` tells. */
export class RunWatch implements Disposable {
  readonly #output: Output;
  #planned: PlannedRun | undefined;
  #reporter: Reporter | undefined;
  #published = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Whether anything was to be done. */
  get began(): boolean {
    return this.#reporter !== undefined;
  }

  /** Folder of the run, where something of it was published. */
  get published(): string | undefined {
    return this.#published ? this.#planned?.dir : undefined;
  }

  plan(planned: PlannedRun): void {
    this.#planned = planned;
    this.#output.line(headline(planned, planned.study, this.#output.stream.columns || undefined));
  }

  take(event: RunEvent): void {
    this.#reporter ??= createReporter(this.#planned?.nodes ?? [], this.#output);
    this.#reporter.onEvent(event);
    if ("published" in event) this.#published ||= Object.keys(event.published).length > 0;
  }

  /** A line that stays. */
  note(text: string): void {
    if (this.#reporter) this.#reporter.note(text);
    else this.#output.line(text);
  }

  /** Leaves the last frame on the screen. */
  close(): void {
    this.#reporter?.close();
  }

  /** Likewise, and throws nothing. */
  [Symbol.dispose](): void {
    this.#reporter?.[Symbol.dispose]();
  }
}
