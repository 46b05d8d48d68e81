/** Server-sent events, read from the body of an answer as the HTML standard says. */

export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly data?: string;
  /** Milliseconds that the server asks a client to wait before it comes again. */
  readonly retry?: number;
}

/** The longest line that is waited for. */
const longest = 1 << 22;

/** The messages of a stream until it ends. `stop` is called where one is waited for and nothing comes for `silence`
 * milliseconds. */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  { silence, stop }: { readonly silence: number; readonly stop: () => void },
): AsyncGenerator<Message, void> {
  const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
  const reader = body.pipeThrough(decoder).getReader();
  let fields: Record<string, string[]> = {};
  let rest = "";
  try {
    for (;;) {
      const timer = setTimeout(stop, silence);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      if (rest.length > longest) throw new Error("a line of the stream has no end");
      for (const line of lines) {
        if (line === "") {
          const message = messageOf(fields);
          fields = {};
          if (message) yield message;
        } else {
          const [, name, field = ""] = line.match(/^([^:]*)(?:: ?(.*))?$/s)!;
          (fields[name!] ??= []).push(field);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** `undefined` for a comment. */
function messageOf({ event, id, data, retry }: Record<string, string[]>): Message | undefined {
  const pause = Number(retry?.at(-1) ?? NaN);
  const message = {
    type: event?.at(-1) || "message",
    ...(id && { id: id.at(-1)! }),
    ...(data && { data: data.join("\n") }),
    ...(pause >= 0 && { retry: pause }),
  };
  return event || data || pause >= 0 ? message : undefined;
}
