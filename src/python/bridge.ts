/** The Python side of the bridge: the modules of the folder bridge, each after those it imports. */
import life from "./bridge/life.py" with { type: "text" };
import forking from "./bridge/forking.py" with { type: "text" };
import held from "./bridge/held.py" with { type: "text" };
import errors from "./bridge/errors.py" with { type: "text" };
import conversion from "./bridge/conversion.py" with { type: "text" };
import interrupt from "./bridge/interrupt.py" with { type: "text" };
import courier from "./bridge/courier.py" with { type: "text" };
import crossing from "./bridge/crossing.py" with { type: "text" };
import unraisable from "./bridge/unraisable.py" with { type: "text" };
import promise from "./bridge/promise.py" with { type: "text" };
import functions from "./bridge/functions.py" with { type: "text" };
import memory from "./bridge/memory.py" with { type: "text" };
import progress from "./bridge/progress.py" with { type: "text" };
import pending from "./bridge/pending.py" with { type: "text" };
import main from "./bridge/main.py" with { type: "text" };
import jobs from "./bridge/jobs.py" with { type: "text" };
import awaiting from "./bridge/awaiting.py" with { type: "text" };
import ending from "./bridge/ending.py" with { type: "text" };
import contexts from "./bridge/contexts.py" with { type: "text" };
import __init__ from "./bridge/__init__.py" with { type: "text" };

/** Source of each module by its name. JS uses what the last one, the package itself, collects. */
export const modules: Readonly<Record<string, string>> = {
  life,
  forking,
  held,
  errors,
  conversion,
  interrupt,
  courier,
  crossing,
  unraisable,
  promise,
  functions,
  memory,
  progress,
  pending,
  main,
  jobs,
  awaiting,
  ending,
  contexts,
  __init__,
};
