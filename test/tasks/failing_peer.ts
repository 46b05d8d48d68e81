/** A module with the peer's API that fails in some rows of the bench, each in another way. */
import { Callback as Face, kw as faceKw, python as face } from "clusterfit/deno-python";

/** The callback row: dies by a signal. */
export class Callback extends Face {
  constructor() {
    Deno.kill(Deno.pid, "SIGABRT");
    super(() => {});
  }
}

/** The row with keyword arguments: gives another answer. */
export const kw: typeof faceKw = (strings) => faceKw(strings, 0);

export const python = {
  builtins: face.builtins,
  import(name: string): unknown {
    if (name === "numpy") Deno.exit(3); // the rows with an ndarray
    return face.import(name);
  },
};
