/** The same work through a module with the API of `@denosaurs/python`. */
import { floatCount, gigabyte, shape, type Side } from "./rows.ts";

/** What its README documents, as far as it is used here. */
interface Peer {
  readonly python: {
    import(name: string): Proxy;
    readonly builtins: Proxy;
  };
  readonly kw: (names: TemplateStringsArray, value: unknown) => unknown;
  readonly Callback: new (call: (kwargs: unknown, a: Proxy, b: Proxy) => number) => unknown;
}

/** A Python object as the peer shows it: attributes, calls and `valueOf()`. */
interface Proxy {
  // deno-lint-ignore no-explicit-any -- the peer's proxies have no types
  [name: string]: any;
}

/** The peer has no views: a tensor reaches JS as a list. A part of it is timed and scaled. */
export const tensorPart = 2 ** 12;

export async function peer(module: string): Promise<Side> {
  const { python, kw, Callback }: Peer = await import(module);
  const { add, add3, call_back, nothing, point } = python.import("fixture");
  const { Thread } = python.import("threading");
  const { len, list } = python.builtins;
  const numpy = python.import("numpy");
  const sum = new Callback((_kwargs, a, b) => Number(a) + Number(b));
  const floats = Array.from({ length: floatCount }, () => Math.random());
  const pyFloats = list(floats);
  const nested = Array.from({ length: shape[0] }, () => Array.from({ length: shape[1] }, () => 1));
  const ndarray = numpy.ones(shape, "float32");
  const tensor = python.import("torch").ones(gigabyte / tensorPart);
  return {
    call: repeat(() => add(1, 2).valueOf() === 3),
    attribute: repeat(() => point.x.valueOf() === 5),
    kwargs: repeat(() => add3(1, kw`b=${2}`, kw`c=${3}`).valueOf() === 6),
    callback: repeat(() => call_back(sum).valueOf() === 3),
    floatsToPython: repeat(() => len(floats).valueOf() === floatCount),
    floatsFromPython: repeat(() => pyFloats.valueOf().length === floatCount),
    arrayToPython: repeat(() => len(numpy.array(nested, "float32")).valueOf() === shape[0]),
    arrayFromPython: repeat(() => ndarray.tolist().valueOf().length === shape[0]),
    tensorView: repeat(() => tensor.tolist().valueOf().length === gigabyte / tensorPart),
    job: repeat(() => {
      const thread = Thread(null, nothing);
      thread.start();
      thread.join();
      return thread.is_alive().valueOf() === false;
    }),
  };
}

function repeat(once: () => boolean) {
  return (times: number) => {
    for (let i = 0; i < times; i++) if (!once()) throw new Error("the peer's answer is wrong");
  };
}
