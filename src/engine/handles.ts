/** Python objects that stages hold without seeing that they are Python's. */
import { PyObject } from "clusterfit/python";
import type { Network, Tensor, TensorFile } from "./engine.ts";
import { object } from "./call.ts";

export class PyTensor implements Tensor {
  readonly object: PyObject;

  constructor(object: PyObject) {
    this.object = object;
  }

  get shape(): readonly number[] {
    using shape = object(this.object.attr("shape"));
    return Array.from(shape, Number);
  }

  get dtype(): string {
    return String(this.object.attr("dtype")).replace("torch.", "");
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

/** A Python dict of tensors. */
export class PyTensorFile implements TensorFile {
  readonly #dict: PyObject;
  readonly #opened = new Map<string, PyTensor>();

  constructor(dict: PyObject) {
    this.#dict = dict;
  }

  has(name: string): boolean {
    return this.#dict.contains(name);
  }

  get(name: string): Tensor {
    if (!this.has(name)) throw new Error(`there is no tensor "${name}" among ${this.#dict}`);
    const known = this.#opened.get(name) ?? new PyTensor(object(this.#dict.item(name)));
    this.#opened.set(name, known);
    return known;
  }

  [Symbol.dispose](): void {
    for (const tensor of this.#opened.values()) tensor[Symbol.dispose]();
    this.#dict[Symbol.dispose]();
  }
}

export class PyNetwork implements Network {
  readonly object: PyObject;

  constructor(object: PyObject) {
    this.object = object;
  }

  [Symbol.dispose](): void {
    this.object[Symbol.dispose]();
  }
}

/** The Python side of a handle that this engine made. */
export function unwrap(handle: Tensor | Network): PyObject {
  if (handle instanceof PyTensor || handle instanceof PyNetwork) return handle.object;
  throw new TypeError("this handle was not made by the Python engine");
}
