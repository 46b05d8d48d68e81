/** What is in many pictures, in columns: about a hundred bytes each, none of them for V8's heap. */
import type { IndexedPicture, VideoFacts } from "../../engine/engine.ts";

/** 32-bit words of a SHA-256. */
const digestWords = 8;

export class FoundColumns {
  #length = 0;
  readonly #digests: Uint32Array<ArrayBuffer>;
  readonly #bytes: Float64Array;
  readonly #width: Uint32Array;
  readonly #height: Uint32Array;
  readonly #storedWidth: Uint32Array;
  readonly #storedHeight: Uint32Array;
  readonly #format: Uint32Array;
  readonly #note: Uint32Array;
  /** Of whole videos; zeros for pictures. */
  readonly #frames: Uint32Array;
  readonly #rate: Float64Array;
  readonly #keys: Uint32Array;
  readonly #words = new Words();

  /** For so many at most; what is not used takes no memory. */
  constructor(most: number) {
    this.#digests = new Uint32Array(digestWords * most);
    this.#bytes = new Float64Array(most);
    this.#width = new Uint32Array(most);
    this.#height = new Uint32Array(most);
    this.#storedWidth = new Uint32Array(most);
    this.#storedHeight = new Uint32Array(most);
    this.#format = new Uint32Array(most);
    this.#note = new Uint32Array(most);
    this.#frames = new Uint32Array(most);
    this.#rate = new Float64Array(most);
    this.#keys = new Uint32Array(most);
  }

  get length(): number {
    return this.#length;
  }

  add(found: IndexedPicture): void {
    const at = this.#length++;
    this.#digest(at).setFromHex(found.sha256);
    this.#bytes[at] = found.bytes;
    this.#width[at] = found.width;
    this.#height[at] = found.height;
    this.#storedWidth[at] = found.storedWidth;
    this.#storedHeight[at] = found.storedHeight;
    this.#format[at] = this.#words.place(found.format);
    this.#note[at] = this.#words.place(found.note);
    if (!found.video) return;
    this.#frames[at] = found.video.frames;
    this.#rate[at] = found.video.rate;
    this.#keys[at] = found.video.keys;
  }

  at(at: number): IndexedPicture {
    return {
      sha256: this.#digest(at).toHex(),
      bytes: this.#bytes[at]!,
      format: this.#words.at(this.#format[at]!),
      width: this.#width[at]!,
      height: this.#height[at]!,
      storedWidth: this.#storedWidth[at]!,
      storedHeight: this.#storedHeight[at]!,
      note: this.#words.at(this.#note[at]!),
      ...(this.#frames[at]! > 0 && { video: this.#video(at) }),
    };
  }

  #video(at: number): VideoFacts {
    return { frames: this.#frames[at]!, rate: this.#rate[at]!, keys: this.#keys[at]! };
  }

  /** Of each the first that has its bytes: its own place where that is itself. */
  firsts(): Uint32Array {
    const digests = this.#digests;
    const order = Uint32Array.from({ length: this.#length }, (_, at) => at);
    order.sort((a, b) => compareDigests(digests, a, b) || a - b);
    const firsts = new Uint32Array(this.#length);
    let first = 0;
    for (const at of order) {
      if (compareDigests(digests, first, at) !== 0) first = at;
      firsts[at] = first;
    }
    return firsts;
  }

  #digest(at: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#digests.buffer, 4 * digestWords * at, 4 * digestWords);
  }
}

/** Below 0, 0 or above it, in some order of digests. */
function compareDigests(digests: Uint32Array, a: number, b: number): number {
  for (let word = 0; word < digestWords; word++) {
    const difference = digests[digestWords * a + word]! - digests[digestWords * b + word]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Words that are said again and again, each kept once. */
class Words {
  readonly #words: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string): number {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    this.#places.set(word, this.#words.length);
    return this.#words.push(word) - 1;
  }

  at(place: number): string {
    return this.#words[place]!;
  }
}
