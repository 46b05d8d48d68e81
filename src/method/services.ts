/** What the method's stages need from outside. */
import type { Engine } from "../engine/engine.ts";

export interface Services {
  readonly engine: Engine;
}
