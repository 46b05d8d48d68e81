/** A toy graph without any ML: numbers are written, doubled and summed. */
import { join } from "node:path";
import type { RunEventBody } from "../../src/pipeline/events.ts";
import { type Node, node } from "../../src/pipeline/graph.ts";
import { defineStage } from "../../src/pipeline/stage.ts";

export interface ToyServices {
  /** Called by each stage as it runs, with the stage's name. */
  touch(stage: string): void | Promise<void>;
}

const write = defineStage<{ value: number }, Record<never, never>, "number", ToyServices>({
  name: "write",
  version: 1,
  inputs: {},
  output: "number",
  async run({ config, dir, services }) {
    await services.touch("write");
    await Deno.writeTextFile(join(dir, "number.txt"), String(config.value));
    return ["number.txt"];
  },
});

const double = defineStage({
  name: "double",
  version: 1,
  inputs: { from: "number" },
  output: "number",
  async run({ inputs, dir, services, progress }) {
    await (services as ToyServices).touch("double");
    progress({ done: 1, total: 1, unit: "numbers" });
    const from = Number(await Deno.readTextFile(inputs.from.file("number.txt")));
    await Deno.writeTextFile(join(dir, "number.txt"), String(2 * from));
    return ["number.txt"];
  },
});

/** write(value) -> double. */
export function toyGraph(value: number): Node<"number", ToyServices>[] {
  const first = node(write, { id: "first", title: "Write", config: { value }, inputs: {} });
  const second = node(double, {
    id: "second",
    title: "Double",
    config: {},
    inputs: { from: first },
  });
  return [second];
}

/** Collects events and the stages that really ran. */
export function witness(): {
  events: RunEventBody[];
  ran: string[];
  services: () => Promise<ToyServices>;
  onEvent: (event: RunEventBody) => void;
} {
  const events: RunEventBody[] = [];
  const ran: string[] = [];
  return {
    events,
    ran,
    services: () => Promise.resolve({ touch: (stage) => void ran.push(stage) }),
    onEvent: (event) => void events.push(event),
  };
}
