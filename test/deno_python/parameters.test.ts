import { expect } from "expect";
import { type Parameter, parametersOf } from "../../src/deno_python/parameters.ts";

// deno-lint-ignore no-explicit-any -- whatever takes whatever
type Written = (...args: any[]) => unknown;

function show(parameters: readonly Parameter[]): string {
  return parameters.map(({ name, optional, rest }) =>
    `${rest ? "..." : ""}${name ?? "?"}${optional ? "=" : ""}`
  ).join(", ");
}

function expectEach(expected: string, functions: readonly Written[]): void {
  for (const fn of functions) {
    expect([String(fn), show(parametersOf(fn))]).toEqual([String(fn), expected]);
  }
}

/** Functions whose text is this: the formatter and the compiler keep their hands off. */
const made = (...sources: string[]) => sources.map((source) => eval(`(${source})`) as Written);
const method = (...sources: string[]) =>
  sources.map((source) => Object.values(eval(`({ ${source} })`))[0] as Written);

Deno.test("every kind of function tells the names of its parameters", () => {
  expectEach("", made("() => {}", "async () => {}", "function () {}", "function* g() {}"));
  expectEach("a", made("a => a", "async a => a", "(a) => a"));
  expectEach("async", made("async => async", "(async) => async", "function async(async) {}"));
  expectEach(
    "a, b",
    made(
      "(a, b) => a",
      "async(a,b)=>a",
      "function (a, b) {}",
      "function named(a, b) { return (c, d) => c; }",
      "async function* named(a, b,) {}",
      "function/* (x) */named // (y)\n(/* z */ a /* , */, // )\n b) {}",
    ),
  );
  expectEach(
    "a, b",
    method(
      "m(a, b) {}",
      "async m(a, b) {}",
      "*m(a, b) {}",
      "async *m(a, b) {}",
      "['m(x, y) => ' + `(${'z'})`](a, b) {}",
      "'m(x)'(a, b) {}",
      "1.5e3(a, b) {}",
      "class(a, b) {}",
      "get(a, b) {}",
    ),
  );
  class Thing {
    static #own(a: number, b: number) {
      return a + b;
    }
    static own = () => Thing.#own;
  }
  expectEach("a, b", [Thing.own()]);
  expectEach("$a, ünï, _b", made("($a, ünï, _b) => 0"));
});

Deno.test("defaults, patterns and the rest are told apart, whatever they contain", () => {
  expectEach("a=, b, ...c", made("(a = 1, b, ...c) => 0", "function (a=1,b,...c) {}"));
  expectEach("?, ?=, ...?", made("({ a, b = 1 }, [c, d] = [1, 2], ...[e]) => 0"));
  expectEach(
    "a=, b",
    made(
      "(a = ')', b) => 0",
      '(a = "\\"),", b) => 0',
      "(a = `),${`(${'}'}`},`, b) => 0",
      "(a = `$` + '${', b) => 0",
      "(a = /[)/]\\/[(,]/g, b) => 0",
      "(a = 6 / 2 / 3, b) => 0",
      "(a = (1, 2) / 3, b) => 0",
      "(a = [1, ')'][0] / 2, b) => 0",
      "(a = x => x, b) => 0",
      "(a = function (x, y) { return /\\)/; }, b) => 0",
      "(a = { x: 1, y: ['('] }, b) => 0",
      "(a = 1 == 1, b) => 0",
      "(a = 1 /* ) , */, b) => 0",
      "(a = class { m(x, y) {} }, b) => 0",
    ),
  );
});

Deno.test("a function without source has as many parameters as its length says", () => {
  class Thing {
    constructor(readonly a: number, readonly b = 2) {}
  }
  expectEach("?, ?", [Math.max, ((a: number, b: number, c: number) => a + b + c).bind(null, 1)]);
  expectEach("?, ?", [new Proxy((a: number, b: number) => a + b, {})]);
  expectEach("?", [
    Thing as unknown as Written,
    class extends Thing {
      constructor(a: number) {
        super(a);
      }
    } as unknown as Written,
  ]);
  for (
    const [length, count] of [[NaN, 0], [-1, 0], ["x", 0], [1.5, 0], [Infinity, 0], [1e9, 255]]
  ) {
    const native = Object.defineProperty(Math.min.bind(null), "length", { value: length });
    expect(parametersOf(native as Written)).toHaveLength(count as number);
  }
});
