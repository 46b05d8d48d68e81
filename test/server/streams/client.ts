/** A client of an event stream: what it has, in order, over as many connections as it takes. */
export interface Message {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** Splits a stream into messages; comments and retry lines are passed over. */
export class MessageParser {
  #rest = "";

  push(text: string): Message[] {
    const blocks = (this.#rest + text).split("\n\n");
    this.#rest = blocks.pop()!;
    return blocks.flatMap((block) => {
      const fields = Object.fromEntries(
        block.split("\n").map((
          line,
        ) => [line.slice(0, line.indexOf(":")), line.replace(/^\w*: ?/, "")]),
      );
      if (fields["data"] === undefined) return [];
      const { id, event = "message", data } = fields;
      return [{ ...(id !== undefined && { id }), event, data: data! }];
    });
  }
}

/** Begins anew where it is told to. */
export class StreamClient {
  readonly had: unknown[] = [];
  lastId: string | undefined;
  resets = 0;
  /** Events whose number is not the next one. */
  gaps = 0;
  isOver = false;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #reading: Promise<void> = Promise.resolve();

  connect(body: ReadableStream<Uint8Array>): void {
    const reader = body.getReader();
    this.#reader = reader;
    this.#reading = this.#read(reader);
  }

  async cut(): Promise<void> {
    await this.#reader?.cancel();
    await this.#reading;
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const parser = new MessageParser();
    const decoder = new TextDecoder();
    for (let piece; !(piece = await reader.read()).done;) {
      for (const message of parser.push(decoder.decode(piece.value, { stream: true }))) {
        this.#take(message);
      }
    }
  }

  #take({ id, event, data }: Message): void {
    if (event === "gone") this.isOver = true;
    if (id !== undefined) this.lastId = id;
    if (event === "reset") {
      this.resets++;
      this.had.length = 0;
    }
    if (event !== "message") return;
    this.had.push(JSON.parse(data));
    if (Number(id!.split(".")[1]) !== this.had.length) this.gaps++;
  }
}
