import { expect } from "expect";
import { type PyObject, python } from "clusterfit/python";
import { references, run, testWith } from "./support.ts";

const display = Symbol.for("Jupyter.display");
type Displayed = { [display](): Record<string, unknown> };

/** What Deno's Jupyter kernel would show of an object. */
const shown = (object: unknown) => (object as Displayed)[display]();

const objects = run(`
class Plain:
    def __repr__(self): return "Plain()"

class Rich(Plain):
    def _repr_html_(self): return "<b>rich</b>", {"isolated": True}
    def _repr_png_(self): return b"\\x89PNG\\xff"
    def _repr_svg_(self): return "<svg/>"
    def _repr_jpeg_(self): return None
    def _repr_latex_(self): return "$x$"
    def _repr_markdown_(self): return "**x**"

class Bundle(Rich):
    def _repr_mimebundle_(self, include, exclude):
        return {"text/html": "<i>bundle</i>", "application/json": {"a": [1, None]}}

class Broken(Plain):
    def _repr_html_(self): raise ValueError("no table today")
    def _repr_svg_(self): return float("nan")
    def _repr_png_(self): return b"kept"
    @property
    def _repr_latex_(self): raise AttributeError("switched off")

class Mute:
    def __repr__(self): raise TypeError("no words")

class Any:
    def __repr__(self): return "Any()"
    def __getattr__(self, name): return lambda: "anything"

plain, rich, bundle, broken, mute, any = Plain(), Rich(), Bundle(), Broken(), Mute(), Any()
long = "x" * 20000, 0
`);

Deno.test("a notebook shows what the display methods give, bytes as base64, and always the repr", () => {
  expect(shown(objects["plain"])).toEqual({ "text/plain": "Plain()" });
  expect(shown(objects["rich"])).toEqual({
    "text/plain": "Plain()",
    "text/html": "<b>rich</b>",
    "text/markdown": "**x**",
    "text/latex": "$x$",
    "image/svg+xml": "<svg/>",
    "image/png": btoa("\x89PNG\xff"),
  });
});

Deno.test("what _repr_mimebundle_ gives comes before the methods of single types", () => {
  expect(shown(objects["bundle"])).toMatchObject({
    "text/html": "<i>bundle</i>",
    "application/json": { a: [1, null] },
    "image/svg+xml": "<svg/>",
    "text/plain": "Plain()",
  });
});

Deno.test("a display method that raises, or gives no JSON, takes nothing else away and is named", () => {
  const { "text/plain": text, ...rest } = shown(objects["broken"]);
  expect(rest).toEqual({ "image/png": btoa("kept") });
  expect(text).toMatch(
    /^Plain\(\)\n<_repr_html_ raised ValueError: no table today>\n<_repr_svg_ raised ValueError: .*>$/,
  );
  expect(shown(objects["mute"])).toEqual({
    "text/plain": "<__repr__ raised TypeError: no words>",
  });
});

Deno.test("a class, and an object that has any attribute, show their repr alone", () => {
  expect(shown(objects["Rich"])).toEqual({ "text/plain": expect.stringMatching(/^<class .*Rich/) });
  expect(shown(objects["any"])).toEqual({ "text/plain": "Any()" });
});

Deno.test("a long repr is cut, and a released object says that it was released", () => {
  expect((shown(objects["long"])["text/plain"] as string).length).toBe(10_003);
  const list = python.builtins.method("list") as PyObject;
  list[Symbol.dispose]();
  expect(shown(list)).toEqual({ "text/plain": expect.stringContaining("found it released") });
});

Deno.test("showing an object keeps no reference to it, nor the memory of what was shown", () => {
  const { rich, broken, long } = objects as Record<"rich" | "broken" | "long", PyObject>;
  const blocks = () => {
    python.import("gc").method("collect"); // an error and its frames are in a cycle
    return python.import("sys").method("getallocatedblocks") as number;
  };
  const counts = () => [references(rich), references(broken), references(long)];
  for (let i = 0; i < 10; i++) shown(rich), shown(broken), shown(long);
  const [before, then] = [blocks(), counts()];
  const rounds = 1000;
  for (let i = 0; i < rounds; i++) shown(rich), shown(broken), shown(long);
  expect(counts()).toEqual(then);
  // a block that each round keeps; up to 350 are Python's own caches, and what waits to be released
  expect(blocks() - before).toBeLessThan(rounds);
});

testWith(["matplotlib"], "a matplotlib figure is a PNG", () => {
  python.import("matplotlib").method("use", "Agg");
  const figure = python.import("matplotlib.figure").method("Figure") as PyObject;
  (figure.method("subplots") as PyObject).method("plot", [1, 3, 2]);
  const { "image/png": png, "text/plain": text } = shown(figure) as Record<string, string>;
  expect(atob(png!).slice(0, 4)).toBe("\x89PNG");
  expect(text).toMatch(/^<?Figure/);
});
