/** What the method's stages need from outside. */
import type { Engine } from "../engine/engine.ts";

/** What stages need from outside. */
export interface Services {
  /** What computes. */
  readonly engine: Engine;
}
