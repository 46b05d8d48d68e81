/** Everything that the doctor looks at, in this order. */
import type { Check } from "./check.ts";
import { disk } from "./disk.ts";
import { deno, memory, variables } from "./machine.ts";
import { compute, interpreter, openMp, packages, setup } from "./python.ts";
import { selfTest } from "./self_test.ts";

export const checks: readonly Check[] = [
  ...[deno, memory, disk, variables],
  ...[setup, interpreter, packages, openMp, compute],
  ...selfTest,
];
