/** The helper package in Python: the modules of the folder bridge, each after those that it imports. */
import lifecycle from "./bridge/lifecycle.py" with { type: "text" };
import forking from "./bridge/forking.py" with { type: "text" };
import registry from "./bridge/registry.py" with { type: "text" };
import errors from "./bridge/errors.py" with { type: "text" };
import conversion from "./bridge/conversion.py" with { type: "text" };
import interrupt from "./bridge/interrupt.py" with { type: "text" };
import notifier from "./bridge/notifier.py" with { type: "text" };
import cross_thread from "./bridge/cross_thread.py" with { type: "text" };
import unraisable from "./bridge/unraisable.py" with { type: "text" };
import promise from "./bridge/promise.py" with { type: "text" };
import functions from "./bridge/functions.py" with { type: "text" };
import memory from "./bridge/memory.py" with { type: "text" };
import progress from "./bridge/progress.py" with { type: "text" };
import pending from "./bridge/pending.py" with { type: "text" };
import main from "./bridge/main.py" with { type: "text" };
import jobs from "./bridge/jobs.py" with { type: "text" };
import awaiting from "./bridge/awaiting.py" with { type: "text" };
import process_exit from "./bridge/process_exit.py" with { type: "text" };
import display from "./bridge/display.py" with { type: "text" };
import contexts from "./bridge/contexts.py" with { type: "text" };
import __init__ from "./bridge/__init__.py" with { type: "text" };

/** The source of each module by its name. The last one, the package itself, exports what JS calls. */
export const modules: Readonly<Record<string, string>> = {
  lifecycle,
  forking,
  registry,
  errors,
  conversion,
  interrupt,
  notifier,
  cross_thread,
  unraisable,
  promise,
  functions,
  memory,
  progress,
  pending,
  main,
  jobs,
  awaiting,
  process_exit,
  display,
  contexts,
  __init__,
};
