/** The interpreter, as code written for deno_python expects it. */
import type { PyObject as Reference } from "../python/mod.ts";
import { Callback } from "./callback.ts";
import { methodOf } from "./convert.ts";
import { guard } from "./error.ts";
import { kw } from "./named_argument.ts";
import { PyObject } from "./py_object.ts";
import { python as bridge } from "./start.ts";
import type { Dynamic, PythonJSCallback } from "./types.ts";

const modules = bridge.import("sys").attr("modules") as Reference;
const newModule = bridge.import("types").attr("ModuleType") as Reference;

/** The API of the interpreter; there is one, {@linkcode python}. */
export class Python {
  /** The module `builtins`. */
  readonly builtins: Dynamic = this.import("builtins");
  /** Python's `bool`. */
  readonly bool: Dynamic = this.builtins.bool;
  /** Python's `int`. */
  readonly int: Dynamic = this.builtins.int;
  /** Python's `float`. */
  readonly float: Dynamic = this.builtins.float;
  /** Python's `str`. */
  readonly str: Dynamic = this.builtins.str;
  /** Python's `list`. */
  readonly list: Dynamic = this.builtins.list;
  /** Python's `dict`. */
  readonly dict: Dynamic = this.builtins.dict;
  /** Python's `set`. */
  readonly set: Dynamic = this.builtins.set;
  /** Python's `tuple`. */
  readonly tuple: Dynamic = this.builtins.tuple;
  /** Python's `None`. */
  readonly None: Dynamic = this.builtins.None;
  /** Python's `Ellipsis`. */
  readonly Ellipsis: Dynamic = this.builtins.Ellipsis;

  /** Template tag for keyword arguments. */
  readonly kw: typeof kw = kw;

  /** Runs source code in the module `__main__`. */
  run(code: string): void {
    this.runModule(code);
  }

  /** Runs source code as a module, which is new unless there is one of that name, and returns it. */
  runModule(code: string, name = "__main__"): Dynamic {
    return guard(() => {
      const compiled = bridge.builtins.method("compile", code, name, "exec");
      const isNew = !modules.contains(name);
      if (isNew) modules.setItem(name, newModule.call(name));
      try {
        using module = modules.item(name) as Reference;
        bridge.builtins.method("exec", compiled, module.attr("__dict__"));
        return new PyObject(modules.item(name) as Reference).proxy;
      } catch (error) {
        if (isNew) modules.method("pop", name, null);
        throw error;
      }
    });
  }

  /** A module, as an object. */
  importObject(name: string): PyObject {
    return guard(() => new PyObject(bridge.import(name)));
  }

  /** A module, as a proxy. */
  import(name: string): Dynamic {
    return this.importObject(name).proxy;
  }

  /** The same as `new Callback(callback)`. */
  callback(callback: PythonJSCallback): Callback {
    return new Callback(callback);
  }

  /** A method for a Python class, which gets the instance first; and its callback, to destroy. */
  instanceMethod(callback: PythonJSCallback): [PyObject, Callback] {
    const owner = new Callback(callback);
    return [methodOf(owner), owner];
  }
}

/** The one Python of this process. It runs as soon as this module has been imported. */
export const python: Python = new Python();
