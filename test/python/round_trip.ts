/** Random JS values for the way to Python and back, with what each must be on either side. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type Convertible, type PyObject, python } from "clusterfit/python";
import { run } from "./support.ts";

/** One value. */
export interface Sample {
  /** Makes the value that is sent; some are Python objects, so it is made anew for each trip. */
  readonly make: () => Convertible;
  /** What the value is in Python, types included, in ASCII: the language of `describe` below. */
  readonly text: string;
  /** What comes back. */
  readonly back: unknown;
}

const { describe } = run(`
import struct, sys
sys.setrecursionlimit(20_000)

def describe(value):
    kind = type(value)
    if value is None or kind is bool: return str(value)
    if kind is int: return f"i{value:x}"
    if kind is float: return "fnan" if value != value else "f" + struct.pack(">d", value).hex()
    if kind is str: return "s" + " ".join([f"{ord(c):x}" for c in value])
    if kind is bytes: return "b" + value.hex()
    if kind is list: return "[" + ",".join([describe(item) for item in value]) + "]"
    if kind is tuple: return "(" + ",".join([describe(item) for item in value]) + ")"
    if kind is set: return "<" + ",".join(sorted([describe(item) for item in value])) + ">"
    if kind is dict:
        return "{" + ",".join([describe(k) + ":" + describe(v) for k, v in value.items()]) + "}"
    raise TypeError(f"{kind} was not expected")
`) as { describe: PyObject };

const { check } = run(`
def check(describe, value, text):
    found = describe(value)
    if found != text: raise AssertionError(f"sent {text}, Python has {found}")
    return [value]
`) as { check: PyObject };

/** Sends a sample to Python, where it is compared with its text, and back, where it is compared too. */
export function travel({ make, text, back }: Sample): void {
  python.scope(() => {
    const [found] = (check.call(describe, make(), text) as PyObject).toJs() as unknown[];
    if (!isDeepStrictEqual(found, back)) {
      throw new Error(`${text} came back as ${Deno.inspect(found)}`);
    }
  });
}

const hex = (bytes: Uint8Array) => bytes.toHex();

function floatText(value: number): string {
  if (Number.isNaN(value)) return "fnan";
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return `f${hex(bytes)}`;
}

const plain = (value: Convertible, text: string, back: unknown = value): Sample => ({
  make: () => value,
  text,
  back,
});

/** A number: an int when it is a safe integer and not -0, else a float. */
function ofNumber(value: number): Sample {
  const whole = Number.isSafeInteger(value) && !Object.is(value, -0);
  return plain(value, whole ? `i${value.toString(16)}` : floatText(value));
}

/** A number sent as a float whatever it is. */
const ofFloat = (value: number): Sample => ({
  make: () => python.float(value),
  text: floatText(value),
  back: value,
});

/** A BigInt: always an int, and a number on its return where that is safe. */
function ofInteger(value: bigint): Sample {
  const safe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return plain(value, `i${value.toString(16)}`, safe ? Number(value) : value);
}

/** A string, whatever its code units; Python counts code points. */
function ofText(value: string): Sample {
  return plain(value, `s${Array.from(value, (c) => c.codePointAt(0)!.toString(16)).join(" ")}`);
}

const ofBytes = (value: Uint8Array<ArrayBuffer>): Sample => plain(value, `b${hex(value)}`);

const ofNothing: readonly Sample[] = [plain(null, "None"), plain(undefined, "None", null)];
const ofBoolean: readonly Sample[] = [plain(true, "True"), plain(false, "False")];

const joined = (samples: readonly Sample[]) => samples.map(({ text }) => text).join(",");
const made = (samples: readonly Sample[]) => samples.map(({ make }) => make());
const backs = (samples: readonly Sample[]) => samples.map(({ back }) => back);

const ofList = (items: readonly Sample[]): Sample => ({
  make: () => made(items),
  text: `[${joined(items)}]`,
  back: backs(items),
});

const ofTuple = (items: readonly Sample[]): Sample => ({
  make: () => python.tuple(...made(items)),
  text: `(${joined(items)})`,
  back: backs(items),
});

const ofSet = (items: readonly Sample[]): Sample => ({
  make: () => new Set(made(items)),
  text: `<${items.map(({ text }) => text).sort().join(",")}>`,
  back: new Set(backs(items)),
});

function ofMap(pairs: readonly (readonly [Sample, Sample])[]): Sample {
  const entries = pairs.map(([key, value]) => [key.back, value.back] as const);
  const allText = pairs.every(([key]) => key.text.startsWith("s"));
  return {
    make: () => new Map(pairs.map(([key, value]) => [key.make(), value.make()])),
    text: `{${pairs.map(([key, value]) => `${key.text}:${value.text}`).join(",")}}`,
    back: allText
      ? Object.fromEntries(entries as readonly (readonly [string, unknown])[])
      : new Map(entries),
  };
}

/** A plain object: JS decides in which order its keys stand. */
function ofRecord(record: Readonly<Record<string, Sample>>, bare: boolean): Sample {
  const pairs = Object.entries(record).map(([key, value]) => [ofText(key), value] as const);
  return {
    ...ofMap(pairs),
    make: () => {
      const value = Object.fromEntries(pairs.map(([key, value]) => [key.back, value.make()]));
      return bare ? Object.assign(Object.create(null), value) : value;
    },
  };
}

function nest(sample: Sample, levels: number): Sample {
  let nested = sample;
  for (let i = 0; i < levels; i++) {
    nested = i % 3 === 0 ? ofMap([[ofText("in"), nested]]) : ofList([nested]);
  }
  return nested;
}

/** What Python takes for the same key has the same name here: 1, 1.0 and True; also within a tuple. */
function keyName({ text }: Sample): string {
  return text
    .replaceAll("True", "i1").replaceAll("False", "i0")
    .replaceAll(/f([0-9a-f]{16})/g, (float, digits) => {
      const value = new DataView(Uint8Array.fromHex(digits).buffer).getFloat64(0);
      return Number.isInteger(value) ? `i${BigInt(value).toString(16)}` : float;
    });
}

const bound = 2n ** 4096n;
const numbers = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.float(), fc.integer());
const integers = fc.oneof(
  fc.bigInt({ min: -bound, max: bound }),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
);
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
);
const long = fc.tuple(texts, fc.nat({ max: 2000 })).map(([text, times]) => text.repeat(times));
const bytes = fc.uint8Array() as fc.Arbitrary<Uint8Array<ArrayBuffer>>;

const scalar = fc.oneof(
  numbers.map(ofNumber),
  fc.integer().map(ofFloat),
  integers.map(ofInteger),
  texts.map(ofText),
  bytes.map(ofBytes),
  fc.constantFrom(...ofNothing, ...ofBoolean),
);
// JS turns a key of -0 into 0 before anybody sees it.
const plainKey = scalar.filter(({ back }) => !Object.is(back, -0));
const key = fc.oneof(
  { weight: 4, arbitrary: plainKey },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }).map(ofTuple) },
);

const few = { maxLength: 5 };
const { tree, container } = fc.letrec<{ tree: Sample; container: Sample }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 5, arbitrary: tie("container") },
  ),
  container: fc.oneof(
    fc.array(tie("tree"), few).map(ofList),
    fc.array(tie("tree"), few).map(ofTuple),
    fc.tuple(fc.dictionary(texts, tie("tree"), { maxKeys: 5 }), fc.boolean())
      .map(([record, bare]) => ofRecord(record, bare)),
    fc.uniqueArray(fc.tuple(key, tie("tree")), { ...few, selector: ([key]) => keyName(key) })
      .map(ofMap),
    fc.uniqueArray(key, { ...few, selector: keyName }).map(ofSet),
  ),
}));
const deep = fc.tuple(tree, fc.nat({ max: 100 })).map(([sample, levels]) => nest(sample, levels));

/** What is sent, by name: random samples, and those that have gone wrong somewhere before. */
export const journeys: Readonly<
  Record<string, { readonly samples: fc.Arbitrary<Sample>; readonly known: readonly Sample[] }>
> = {
  "numbers, -0, NaN and infinities included": {
    samples: numbers.map(ofNumber),
    known: [-0, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, -1, 1e300, 5e-324].map(ofNumber),
  },
  "integers of up to 4096 bits": {
    samples: integers.map(ofInteger),
    known: [2n ** 31n, 2n ** 53n, 2n ** 53n - 1n, 2n ** 64n, -(2n ** 63n), -1n].map(ofInteger),
  },
  "strings, NUL and lone surrogates included": {
    samples: fc.oneof({ weight: 20, arbitrary: texts }, { weight: 1, arbitrary: long }).map(ofText),
    known: ["a\0b", "\ud800", "\ufeffa", "\udc00\ud800", "\ud800\ud800\udc00", "é".repeat(5000)]
      .map(ofText),
  },
  "bytes": { samples: bytes.map(ofBytes), known: [ofBytes(new Uint8Array(100_000))] },
  "nested arrays, tuples, objects, Maps with any key, and Sets": {
    samples: fc.oneof({ weight: 20, arbitrary: container }, { weight: 1, arbitrary: deep }),
    known: [
      nest(ofText("deep"), 490),
      ofMap([[ofTuple([ofText("a"), ofTuple([])]), ofMap([])], [
        ofBytes(new Uint8Array(1)),
        ofSet([]),
      ]]),
      ofMap([[ofText("__proto__"), ofNumber(1)]]),
      ofSet([ofNumber(NaN), ...ofBoolean, ofNothing[0]!, ofNumber(0.5), ofTuple([ofNumber(-0)])]),
    ],
  },
};

/** Sends `count` samples. */
export function send(name: string, count: number): void {
  const { samples, known } = journeys[name]!;
  fc.assert(fc.property(samples, travel), {
    numRuns: count + known.length,
    examples: known.map((sample) => [sample]),
  });
}
