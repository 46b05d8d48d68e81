/** When what stands in training logs happened, by the events of the run: the logs themselves tell no time. */
import { eventReader, type RunEvent } from "../../pipeline/events.ts";
import { LogFollower } from "../../pipeline/log_follower.ts";
import type { RunFiles } from "../../registry/run_files.ts";

/** All in seconds since 1970. */
export class EventTimes {
  readonly #follower;
  /** By node, when an epoch was last seen under way. */
  readonly #epochs = new Map<string, Map<number, number>>();
  readonly #nodes = new Map<string, number>();
  #last = 0;

  /** Of the run in the folder `name`, which has the id `run`. */
  constructor(files: RunFiles, name: string, run: string) {
    let parse = eventReader(run);
    this.#follower = new LogFollower<RunEvent>({
      version: () => files.version(name, "events.jsonl"),
      open: () => files.open(name, "events.jsonl"),
    }, {
      parse: (value) => parse(value),
      take: (event) => this.#take(event),
      restart: () => {
        parse = eventReader(run);
        this.#epochs.clear();
        this.#nodes.clear();
        this.#last = 0;
      },
    });
  }

  async look(): Promise<void> {
    await this.#follower.look();
  }

  /** Of the latest event. */
  get last(): number {
    return this.#last;
  }

  /** When a node had trained an epoch; of one that was not trained in this run, when it came into it. */
  epochEnd(node: string, epoch: number): number {
    const epochs = this.#epochs.get(node);
    for (let at = epoch; epochs && at > 0; at--) {
      const time = epochs.get(at);
      if (time !== undefined) return time;
    }
    return this.#nodes.get(node) ?? this.#last;
  }

  #take(event: RunEvent): void {
    const time = this.#last = Date.parse(event.t) / 1000;
    if (!("node" in event)) return;
    this.#nodes.set(event.node, time);
    if (event.type !== "progress" || event.metrics?.["epoch"] === undefined) return;
    const epochs = this.#epochs.get(event.node) ?? new Map<number, number>();
    this.#epochs.set(event.node, epochs.set(event.metrics["epoch"], time));
  }
}
