/** The Python side: the modules of the folder inspection, each after those it imports. */
import type { PyObject } from "../object.ts";
import { python } from "../python.ts";
import nodes from "./inspection/nodes.py" with { type: "text" };
import scope from "./inspection/scope.py" with { type: "text" };
import identity from "./inspection/identity.py" with { type: "text" };
import tables from "./inspection/tables.py" with { type: "text" };
import annotations from "./inspection/annotations.py" with { type: "text" };
import functions from "./inspection/functions.py" with { type: "text" };
import values from "./inspection/values.py" with { type: "text" };
import classes from "./inspection/classes.py" with { type: "text" };
import modules from "./inspection/modules.py" with { type: "text" };
import __init__ from "./inspection/__init__.py" with { type: "text" };
import type { ModuleNode } from "./nodes.ts";

const sources: Readonly<Record<string, string>> = {
  nodes,
  scope,
  identity,
  tables,
  annotations,
  functions,
  values,
  classes,
  modules,
  __init__,
};

/** What Python, which must have started, knows of the types of modules; it imports them. */
export function inspect(names: readonly string[]): ModuleNode[] {
  return python.scope(() => {
    const described = load().method("inspect_modules", names) as string;
    return JSON.parse(described) as ModuleNode[];
  });
}

/** The package, from where it was loaded before if it was. */
function load(): PyObject {
  const name = "clusterfit_stubs";
  const loaded = python.import("sys").attr("modules") as PyObject;
  if (!loaded.contains(name)) {
    for (const [module, source] of Object.entries(sources)) {
      const full = module === "__init__" ? name : `${name}.${module}`;
      const made = python.import("types").method("ModuleType", full) as PyObject;
      made.setAttr("__package__", name);
      loaded.setItem(full, made);
      const { builtins } = python;
      const code = builtins.method("compile", source, `<${name}>/${module}.py`, "exec");
      builtins.method("exec", code, made.attr("__dict__"));
    }
  }
  return loaded.item(name) as PyObject;
}
