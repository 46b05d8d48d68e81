import { expect } from "expect";
import type { PyObject } from "clusterfit/python";
import { ProgressMemory } from "../../src/python/progress.ts";
import { run } from "./support.ts";

/** Memory of Python that keeps what it is written, in order. */
const { written } = run(`
import struct, sys
progress_module = next(
    module for module in list(sys.modules.values()) if type(getattr(module, "Progress", None)) is type
)

class Memory:
    nbytes = 8 + 62 * 8
    def __init__(self): self.bytes, self.states = bytearray(self.nbytes), []
    def __setitem__(self, place, value):
        self.bytes[place] = value
        self.states.append(bytes(self.bytes[:32]))

def written():
    memory = Memory()
    progress = progress_module.Progress(memory)
    progress(1.5, 2.5)
    progress(7.5)
    return [[*struct.unpack("=ii", state[:8]), *struct.unpack("=3d", state[8:])]
            for state in memory.states]
`) as { written: PyObject };

Deno.test("while Python writes progress the sequence number is odd, and even again when it is whole", () => {
  using states = written.call() as PyObject;
  expect(states.toJs({ depth: 2 })).toEqual([
    ...[[3, 0, 0, 0, 0], [3, 0, 1.5, 2.5, 0], [2, 2, 1.5, 2.5, 0]],
    ...[[5, 2, 1.5, 2.5, 0], [5, 2, 7.5, 2.5, 0], [4, 1, 7.5, 2.5, 0]],
  ]);
});

Deno.test("JS leaves progress that is half written to its next read", () => {
  const told: number[][] = [];
  const memory = new ProgressMemory((values) => told.push(values));
  const head = new Int32Array(memory.bytes.buffer, 0, 2);
  new Float64Array(memory.bytes.buffer, 8, 2).set([1.5, 2.5]);
  head.set([3, 2]);
  memory.stop(); // reads once more
  expect(told).toEqual([]);
  head.set([2, 2]);
  memory.stop();
  memory.stop(); // nothing new
  expect(told).toEqual([[1.5, 2.5]]);
});
