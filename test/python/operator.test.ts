import { expect } from "expect";
import type { PyObject } from "clusterfit/python";
import { python } from "clusterfit/python";
import { evaluate, run, testWith } from "./support.ts";

const { Recorder } = run(`
class Recorder:
    "Answers with the special method that was called."
for name in ("add sub mul truediv floordiv mod pow matmul and or xor lshift rshift lt le eq ne gt ge "
             "iadd isub imul itruediv ifloordiv imod ipow imatmul iand ior ixor ilshift irshift").split():
    setattr(Recorder, f"__{name}__", lambda self, other, name=name: f"{name} {other}")
for name in "pos neg invert".split():
    setattr(Recorder, f"__{name}__", lambda self, name=name: name)
`) as { Recorder: PyObject };

Deno.test("every operator calls its special method", () => {
  const x = Recorder.call() as PyObject;
  const binary = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "@": "matmul",
    "&": "and",
    "|": "or",
    "^": "xor",
    "<<": "lshift",
    ">>": "rshift",
    "<": "lt",
    "<=": "le",
    "==": "eq",
    "!=": "ne",
    ">": "gt",
    ">=": "ge",
  } as const;
  for (const [operator, name] of Object.entries(binary)) {
    expect(x.op(operator as keyof typeof binary, 7)).toBe(`${name} 7`);
  }
  for (const operator of ["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"]) {
    const name = binary[operator as "+"];
    expect(x.op(`${operator as "+"}=`, null)).toBe(`i${name} None`);
  }
  expect([x.op("+"), x.op("-"), x.op("~")]).toEqual(["pos", "neg", "invert"]);
});

testWith(
  ["numpy"],
  "operators work on arrays, element by element, and in place on the same object",
  () => {
    const array = python.array(Float64Array.of(1, 2, 3));
    expect((array.op(">", 1) as PyObject).toJs()).toBeDefined();
    expect(((array.op(">", 1) as PyObject).method("tolist") as PyObject).toJs())
      .toEqual([false, true, true]);
    expect((array.op("*=", 2) as PyObject).is(array)).toBe(true);
    expect((array.method("tolist") as PyObject).toJs()).toEqual([2, 4, 6]);
    expect(() => array.equals(1)).toThrow("ambiguous");
  },
);

Deno.test("an operator that the types do not have is Python's TypeError, an unknown one is ours", () => {
  expect(() => evaluate("[]").op("-", 1)).toThrow("unsupported operand type(s) for -");
  expect(() => evaluate("[]").op("<=>" as "<", 1)).toThrow("found <=>");
});

Deno.test("equals and hash are Python's", () => {
  const [a, b] = [evaluate("(1, 'x')"), evaluate("(1, 'x')")];
  expect([a.equals(b), a.is(b), a.equals(python.tuple(2))]).toEqual([true, false, false]);
  expect(a.hash()).toBe(b.hash());
  expect(evaluate("hash")!.call(a)).toBe(a.hash());
  expect(python.int(-1).hash()).toBe(-2);
  expect(() => evaluate("[]").hash()).toThrow("unhashable type: 'list'");
});
