/** What to do where no CPU wheel of PyTorch is served for a Python. */
import { newest, oldest } from "./base_python.ts";

/** Fetched for the default build with CUDA's libraries and for the CPU build, Linux on x86-64. */
export const sizes = { defaultBuild: "2.7 GB", cpu: "0.2 GB" } as const;

/** How pip ended, with what it wrote to stdout and to stderr. */
export interface PipEnd {
  readonly success: boolean;
  readonly output: string;
  readonly errors: string;
}

/** The build of PyTorch that pip found no wheel of, such as `2.13.0+cpu`; `undefined` where it succeeded or
 * failed otherwise. With a constraint on torch pip calls that a conflict, and says more on stdout. */
export function missingTorch({ success, output, errors }: PipEnd): string | undefined {
  if (success) return undefined;
  const [, alone] = /No matching distribution found for torch==(\S+)/.exec(errors) ?? [];
  if (alone !== undefined) return alone;
  const [, constrained] = /Cannot install torch==(\S+) because/.exec(errors) ?? [];
  const lacking = /no matching distributions available[^:]*:\s*torch\b/;
  return lacking.test(output) || lacking.test(errors) ? constrained : undefined;
}

/** Likewise, where it is the CPU build. */
export function missingCpuWheel(end: PipEnd): string | undefined {
  const version = missingTorch(end);
  return version?.endsWith("+cpu") ? version : undefined;
}

/** The supported Pythons that pip finds the wheel for, without fetching it; `versions` gives what
 * `pip index versions torch` says for one of them. */
export async function pythonsWithWheel(
  wheel: string,
  versions: (python: string) => Promise<string>,
): Promise<string[]> {
  const found: string[] = [];
  for (let minor = oldest; minor <= newest; minor++) {
    const python = `3.${minor}`;
    if ((await versions(python)).split(/[\s,()]+/).includes(wheel)) found.push(python);
  }
  return found;
}

/** `It has one for Python 3.11: ...`, or where to look. */
export function otherPython(pythons: readonly string[]): string {
  const [first] = pythons;
  return first === undefined
    ? "It has none for another Python either: check the index that pip is configured for."
    : `It has one for Python ${pythons.join(" and ")}: ` +
      `CLUSTERFIT_PYTHON=/path/to/python${first} takes that.`;
}

/** The lock of PyTorch's default build and the libraries it needs, out of the lock of the CUDA build: all but
 * FAISS for the GPU and its libraries, which are those of CUDA 12. */
export function defaultBuildLock(cudaLock: string): string {
  const blocks = cudaLock.split(/\n(?=[A-Za-z0-9])/);
  return blocks.filter((block) => !/^[\w.-]+-cu12==/.test(block)).join("\n");
}

/** What the lock of the CPU build holds beside PyTorch. */
export function besideTorch(cpuLock: string): string[] {
  return cpuLock.match(/^(?!torch==)[A-Za-z0-9][^\s;]*==[^\s;]+/gm) ?? [];
}
