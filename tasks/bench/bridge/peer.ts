/** The same work through a module with the API of `@denosaurs/python`. */
import { floatCount, gigabyte, randomFloats, shape, type Side, type Work } from "./rows.ts";

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
  const fixture = () => python.import("fixture");
  const { builtins } = python;
  const ones = (name: string, ...shape: unknown[]) => python.import(name).ones(...shape);
  return {
    call() {
      const { add } = fixture();
      return repeat(() => add(1, 2).valueOf() === 3);
    },
    attribute() {
      const { point } = fixture();
      return repeat(() => point.x.valueOf() === 5);
    },
    kwargs() {
      const { add3 } = fixture();
      return repeat(() => add3(1, kw`b=${2}`, kw`c=${3}`).valueOf() === 6);
    },
    callback() {
      const { call_back } = fixture();
      const sum = new Callback((_kwargs, a, b) => Number(a) + Number(b));
      return repeat(() => call_back(sum).valueOf() === 3);
    },
    floatsToPython() {
      const { len } = builtins;
      const floats = randomFloats();
      return repeat(() => len(floats).valueOf() === floatCount);
    },
    floatsFromPython() {
      const list = builtins.list(randomFloats());
      return repeat(() => list.valueOf().length === floatCount);
    },
    arrayToPython() {
      const { len } = builtins;
      const { array } = python.import("numpy");
      const nested = Array.from({ length: shape[0] }, () => Array(shape[1]).fill(1));
      return repeat(() => len(array(nested, "float32")).valueOf() === shape[0]);
    },
    arrayFromPython() {
      const ndarray = ones("numpy", shape, "float32");
      return repeat(() => ndarray.tolist().valueOf().length === shape[0]);
    },
    tensorView() {
      const tensor = ones("torch", gigabyte / tensorPart);
      return repeat(() => tensor.tolist().valueOf().length === gigabyte / tensorPart);
    },
    job() {
      const { nothing } = fixture();
      const { Thread } = python.import("threading");
      return repeat(() => {
        const thread = Thread(null, nothing);
        thread.start();
        thread.join();
        return thread.is_alive().valueOf() === false;
      });
    },
  };
}

function repeat(once: () => boolean): Work {
  return (times) => {
    for (let i = 0; i < times; i++) if (!once()) throw new Error("the peer's answer is wrong");
  };
}
