import { expect } from "expect";
import fc from "fast-check";
import { join } from "node:path";
import { type RunEvent, sealEvent } from "../../../src/pipeline/events.ts";
import { formatRecord } from "../../../src/pipeline/record.ts";
import { parseEventId } from "../../../src/registry/event_id.ts";
import { RunFiles } from "../../../src/registry/run_files.ts";
import { defaultTimeouts } from "../../../src/server/listen.ts";
import { defaultStreamTimes, EventStreams } from "../../../src/server/streams/event_streams.ts";
import { runStarted } from "../../pipeline/events.ts";
import { write } from "../../registry/folders.ts";
import { record } from "../../report/fixture.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { turn, until } from "../../until.ts";
import { type Message, MessageParser, StreamClient } from "./client.ts";

const id = "live";

/** `events.jsonl` of a run, and the events that it holds. */
class Log {
  readonly #path: string;
  readonly events: RunEvent[] = [];
  #serial = 0;
  /** Bytes before a line that is torn. */
  #whole: number | undefined;

  constructor(out: string) {
    this.#path = join(out, id, "events.jsonl");
  }

  static async create(out: string): Promise<Log> {
    await write(join(out, id, "run.json"), formatRecord({ ...record, id }));
    return new Log(out);
  }

  async append(events: number): Promise<void> {
    if (this.#whole !== undefined) await Deno.truncate(this.#path, this.#whole);
    this.#whole = undefined;
    for (let i = 0; i < events; i++) {
      const event: RunEvent = { ...this.#at(), type: "run-damaged", message: `${this.#serial}` };
      await Deno.writeTextFile(this.#path, lineOf(event), { append: true });
      this.events.push(event);
    }
  }

  async damage(): Promise<void> {
    await Deno.writeTextFile(this.#path, `{"t":"20\n{"t":1}\n\n`, { append: true });
    this.#whole = undefined;
  }

  /** An attempt of another run, as in a folder that was copied over this one. */
  async foreign(): Promise<void> {
    await this.append(0);
    const other = { ...this.#at(), ...runStarted };
    const own = { ...this.#at(), ...runStarted, attempt: { ...runStarted.attempt, run: id } };
    const said: RunEvent = { ...this.#at(), type: "run-damaged", message: "of another" };
    const text = [other, said, own].map(lineOf).join("");
    await Deno.writeTextFile(this.#path, text, { append: true });
    this.events.push(own);
  }

  /** The beginning of a line, as a writer leaves it that was killed. */
  async tear(): Promise<void> {
    await this.append(0);
    await Deno.writeTextFile(this.#path, "", { append: true });
    this.#whole = (await Deno.stat(this.#path)).size;
    await Deno.writeTextFile(this.#path, `{"t":"2026`, { append: true });
  }

  /** Without the damaged lines, as a run that goes on leaves it. */
  async heal(): Promise<void> {
    const next = `${this.#path}.next`;
    await Deno.writeTextFile(next, this.events.map(lineOf).join(""));
    await Deno.rename(next, this.#path);
    this.#whole = undefined;
  }

  /** Another log in its place. */
  async replace(): Promise<void> {
    this.events.length = 0;
    await this.heal();
    await this.append(2);
  }

  #at = () => ({ t: new Date(Date.UTC(2026, 0, 1) + 1000 * this.#serial++).toISOString() });
}

const lineOf = (event: RunEvent) => `${JSON.stringify(sealEvent(event))}\n`;

const open = (out: string, kept = 1000) =>
  new EventStreams(new RunFiles(out), {
    times: { look: 1, beat: 60_000 },
    kept,
    onFault: (error) => {
      throw error;
    },
  });

const connect = (streams: EventStreams, client: StreamClient) =>
  client.connect(
    streams.open(
      id,
      client.lastId === undefined ? undefined : parseEventId(client.lastId),
      () => {},
    ),
  );

const hasAll = (client: StreamClient, log: Log) => () =>
  client.had.length === log.events.length &&
  JSON.stringify(client.had.at(-1)) === JSON.stringify(log.events.at(-1));

const operations = [
  "append",
  "damage",
  "foreign",
  "tear",
  "heal",
  "replace",
  "cut",
  "restart",
  "catch up",
  "turn",
] as const;

Deno.test("every event comes once and in order, however the log grows, the connection is cut and the server begins again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...operations), { maxLength: 25 }),
      fc.constantFrom(1, 600, 100_000),
      async (asked, kept) => {
        await using folder = await temporaryFolder();
        const log = await Log.create(folder.path);
        let streams = open(folder.path, kept);
        const clients = [new StreamClient(), new StreamClient()];
        for (const client of clients) connect(streams, client);
        const again = async (which: readonly StreamClient[]) => {
          for (const client of which) await client.cut();
          for (const client of which) connect(streams, client);
        };
        for (const operation of asked) {
          if (operation === "append") await log.append(3);
          else if (operation === "turn") await turn();
          else if (operation === "catch up") await until(hasAll(clients[0]!, log));
          else if (operation === "cut") await again([clients[0]!]);
          else if (operation === "restart") {
            streams = open(folder.path, kept);
            await again(clients);
          } else await log[operation]();
        }
        await log.append(1);
        for (const client of clients) await until(hasAll(client, log));
        for (const client of clients) expect([client.gaps, client.had]).toEqual([0, log.events]);
        for (const client of clients) await client.cut();
        await until(() => streams.followed === 0);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a client that has more than the log is told that it begins anew, so that one cut off right then does not go on behind it", async () => {
  await using folder = await temporaryFolder();
  const log = await Log.create(folder.path);
  await log.append(2);
  const streams = open(folder.path);
  const client = new StreamClient();
  connect(streams, client);
  await until(hasAll(client, log));
  await client.cut();
  const [name] = client.lastId!.split(".");
  const parser = new MessageParser();
  const messages: Message[] = [];
  const body = streams.open(id, { log: name!, n: 9 }, () => {}).getReader();
  while (messages.length < 3) {
    messages.push(...parser.push(new TextDecoder().decode((await body.read()).value)));
  }
  await body.cancel();
  expect(messages.map(({ id, event }) => [id, event])).toEqual([
    [`${name}.0`, "reset"],
    [`${name}.1`, "message"],
    [`${name}.2`, "message"],
  ]);
});

Deno.test("where the run is removed the stream says so and ends", async () => {
  await using folder = await temporaryFolder();
  const log = await Log.create(folder.path);
  await log.append(1);
  const streams = open(folder.path);
  const client = new StreamClient();
  connect(streams, client);
  await until(hasAll(client, log));
  await Deno.remove(join(folder.path, id), { recursive: true });
  await until(() => client.isOver);
  expect(streams.followed).toBe(0);
});

Deno.test("a stream on which nothing happens says something before its connection is closed for silence", () => {
  expect(2 * defaultStreamTimes.beat).toBeLessThan(defaultTimeouts.silence);
});
