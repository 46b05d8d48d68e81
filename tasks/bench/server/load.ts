/** Clients as a process of its own: reads what to do as JSON, prints what it saw as JSON. Raw sockets, so that it takes
 * little of the two cores that it shares with the server. */
export type Load =
  | {
    readonly kind: "requests";
    readonly port: number;
    readonly path: string;
    readonly connections: number;
    readonly seconds: number;
    readonly most?: number;
  }
  | {
    readonly kind: "streams";
    readonly port: number;
    readonly path: string;
    readonly clients: number;
    readonly events: number;
    readonly reconnects: number;
  }
  | {
    readonly kind: "viewers";
    readonly port: number;
    readonly run: string;
    readonly viewers: number;
    readonly seconds: number;
  };

export interface Requests {
  readonly perSecond: number;
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  /** CPUs that the clients took. */
  readonly cpus: number;
}

export interface Streams {
  /** Events that all clients together got. */
  readonly delivered: number;
  /** That came twice, or not in order. */
  readonly wrong: number;
  readonly missing: number;
  readonly reconnects: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpus: number;
}

const host = "Host: 127.0.0.1\r\n";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) =>
    a - b
  )[Math.min(values.length - 1, Math.floor(part * values.length))] ?? NaN;
}

async function requests(
  { port, path, connections, seconds, most = Infinity }: Load & { kind: "requests" },
): Promise<Omit<Requests, "cpus">> {
  const request = encoder.encode(`GET ${path} HTTP/1.1\r\n${host}\r\n`);
  const times: number[] = [];
  let failed = 0;
  const began = performance.now();
  const client = async () => {
    let connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const buffer = new Uint8Array(1 << 17);
    while (performance.now() - began < 1000 * seconds && times.length < most) {
      const sent = performance.now();
      try {
        await connection.write(request);
        const status = await readAnswer(connection, buffer);
        if (status !== 200) failed++;
        times.push(performance.now() - sent);
      } catch {
        failed++;
        connection.close();
        connection = await Deno.connect({ hostname: "127.0.0.1", port });
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, client));
  const took = (performance.now() - began) / 1000;
  return {
    ...{ perSecond: times.length / took, answered: times.length, failed },
    ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}

/** Reads one answer with a content-length; its status. */
async function readAnswer(connection: Deno.Conn, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  let end = Infinity;
  let status = 0;
  while (filled < end) {
    const into = filled < buffer.length ? buffer.subarray(filled) : buffer;
    const read = await connection.read(into);
    if (read === null) throw new Error("closed");
    filled += read;
    if (end !== Infinity) continue;
    const head = decoder.decode(buffer.subarray(0, Math.min(filled, 4096)));
    const body = head.indexOf("\r\n\r\n");
    if (body < 0) continue;
    status = Number(head.slice(9, 12));
    end = body + 4 + Number(head.match(/content-length: (\d+)/i)?.[1] ?? 0);
  }
  return status;
}

/** Clients that count what they get; each cuts its connection now and then, and comes again by the last id. */
async function streams(
  { port, path, clients, events, reconnects }: Load & { kind: "streams" },
): Promise<Omit<Streams, "cpus">> {
  const times: number[] = [];
  const all = { delivered: 0, wrong: 0, reconnects: 0 };
  const client = async (index: number) => {
    let last = "";
    let had = 0;
    let cuts = 0;
    const buffer = new Uint8Array(1 << 14);
    while (had < events) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const known = last && `Last-Event-ID: ${last}\r\n`;
      await connection.write(encoder.encode(`GET ${path} HTTP/1.1\r\n${host}${known}\r\n`));
      const cutAt = cuts < reconnects
        ? Math.ceil(((cuts + 1 + (index % 7) / 7) * events) / (reconnects + 2))
        : Infinity;
      let text = "";
      while (had < Math.min(events, cutAt)) {
        const read = await connection.read(buffer);
        if (read === null) break;
        text += decoder.decode(buffer.subarray(0, read));
        const now = Date.now();
        let end = 0;
        for (const message of text.matchAll(/id: (\w+\.(\d+))\ndata: \{"t":"([^"]+)"[^\n]*\n\n/g)) {
          end = message.index + message[0].length;
          last = message[1]!;
          if (Number(message[2]) !== ++had) all.wrong++;
          times.push(now - Date.parse(message[3]!));
          all.delivered++;
        }
        text = text.slice(end);
      }
      connection.close();
      if (had < events) {
        cuts++;
        all.reconnects++;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return {
    ...all,
    missing: clients * events - all.delivered,
    ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}

/** As the page's script does: each follows the stream, and fetches the page on a message, every two seconds at most. */
async function viewers(
  { port, run, viewers, seconds }: Load & { kind: "viewers" },
): Promise<object> {
  const ends = performance.now() + 1000 * seconds;
  let pages = 0;
  const viewer = async () => {
    const stream = await Deno.connect({ hostname: "127.0.0.1", port });
    const timer = setTimeout(() => stream.close(), 1000 * seconds);
    await stream.write(encoder.encode(`GET /api/runs/${run}/stream HTTP/1.1\r\n${host}\r\n`));
    const buffer = new Uint8Array(1 << 14);
    const body = new Uint8Array(1 << 18);
    for (let last = 0; performance.now() < ends;) {
      const read = await stream.read(buffer).catch(() => null);
      if (read === null) break;
      if (!decoder.decode(buffer.subarray(0, read)).includes("data:")) continue;
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, last + 2000 - performance.now()))
      );
      last = performance.now();
      try {
        using page = await Deno.connect({ hostname: "127.0.0.1", port });
        await page.write(encoder.encode(`GET /runs/${run} HTTP/1.1\r\n${host}\r\n`));
        await readAnswer(page, body);
        pages++;
      } catch {
        break; // the server is gone
      }
    }
    clearTimeout(timer);
    try {
      stream.close();
    } catch { // it is
    }
  };
  await Promise.all(Array.from({ length: viewers }, viewer));
  return { pages };
}

if (import.meta.main) {
  const load = JSON.parse(await new Response(Deno.stdin.readable).text()) as Load;
  const began = performance.now();
  const seen = load.kind === "requests"
    ? await requests(load)
    : load.kind === "streams"
    ? await streams(load)
    : await viewers(load);
  const [, rest = ""] = (await Deno.readTextFile("/proc/self/stat")).split(") ");
  const [user, system] = rest.split(" ").slice(11, 13).map(Number); // hundredths of a second
  const cpus = 10 * (user! + system!) / (performance.now() - began);
  console.log(JSON.stringify({ ...seen, cpus }));
}
