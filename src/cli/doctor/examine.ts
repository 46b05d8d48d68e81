/** Runs every check, whatever becomes of the others, and words what came of it. */
import { type Check, type Finding, LeftOut, type Patient, type Verdict } from "./check.ts";

export interface Examined {
  readonly name: string;
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

/** One check after the other; `tell` hears of each as it ends. */
export async function examine(
  checks: readonly Check[],
  patient: Patient,
  tell: (examined: Examined) => void,
): Promise<readonly Examined[]> {
  const all: Examined[] = [];
  for (const check of checks) {
    const began = performance.now();
    const findings = await check.run(patient).catch(findingsOf);
    const seconds = (performance.now() - began) / 1000;
    const examined = { name: check.name, seconds, findings };
    all.push(examined);
    tell(examined);
  }
  return all;
}

/** What a check that threw has found. */
function findingsOf(error: unknown): readonly Finding[] {
  const says = error instanceof Error ? error.message : String(error);
  if (error instanceof LeftOut) return [{ verdict: "left out", says: `not looked at: ${says}` }];
  return [{ verdict: "wrong", says, todo: "Mend that, or report it with the lines below." }];
}

export function isWell(examined: readonly Examined[]): boolean {
  return examined.every(({ findings }) => findings.every(({ verdict }) => verdict !== "wrong"));
}

const marks: Readonly<Record<Verdict, string>> = {
  ok: "ok   ",
  note: "note ",
  wrong: "WRONG",
  "left out": "-    ",
};

/** Lines for a terminal. */
export function describe({ name, seconds, findings }: Examined): string {
  return findings.map(({ verdict, says, todo }, at) => {
    const title = (at === 0 ? name : "").padEnd(width);
    const time = at === 0 && seconds >= 0.1 ? ` (${seconds.toFixed(1)} s)` : "";
    const lines = [`${marks[verdict]} ${title} ${says}${time}`];
    if (todo !== undefined) lines.push(`-> ${todo}`);
    return lines.join("\n").replaceAll("\n", `\n${margin}`);
  }).join("\n");
}

const width = 10;
const margin = " ".repeat("WRONG ".length + width + 1);

/** Lines to paste into a bug report, with the user's home folder as "~". */
export function bugReport(
  examined: readonly Examined[],
  { version, home }: { readonly version: string; readonly home: string | undefined },
): string {
  const lines = examined.map(({ name, findings }) =>
    `${name}: ${
      findings.map(({ verdict, says }) => verdict === "wrong" ? `WRONG ${says}` : says).join("; ")
    }`.replaceAll(/\s*\n\s*/g, " | ")
  );
  const text = [`clusterfit ${version}`, ...lines].join("\n");
  return home ? text.replaceAll(home, "~") : text;
}
