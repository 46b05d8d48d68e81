/** The curves of a run as drawings, each drawn again only where its points are others than before, and not so often that
 * drawing would take a twentieth of the time. */
import type { Snapshot } from "../../registry/followed_run.ts";
import { figure } from "../../report/charts/chart.ts";
import { curveCharts } from "../../report/charts/curves.ts";
import type { Html } from "../../report/html.ts";

/** Milliseconds. */
const leastPause = 2000;
const pausePerDrawing = 20;
/** Runs whose drawings are remembered. */
const remembered = 64;

interface Drawn {
  readonly points: string;
  readonly charts: readonly Html[];
  /** When it may be drawn again. */
  readonly after: number;
}

export class CurveDrawings {
  readonly #now: () => number;
  readonly #drawn = new Map<string, Promise<Drawn>>();

  /** `now`: milliseconds. */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  async of(
    snapshot: Pick<Snapshot, "name" | "study" | "curves" | "state">,
  ): Promise<readonly Html[]> {
    const { name, study, curves, state } = snapshot;
    if (!study) return [];
    const points = JSON.stringify([
      study.arms,
      curves.map(({ arm, at, seed, points }) => [arm, at, seed, points.length, points.at(-1)]),
    ]);
    const before = this.#drawn.get(name);
    const last = await before?.catch(() => undefined);
    if (last?.points === points) return last.charts;
    const isMoving = state === "running";
    if (last && isMoving && this.#now() < last.after) return last.charts;
    if (this.#drawn.get(name) !== before) return await this.of(snapshot); // another request began it
    const drawing = this.#draw(study, curves, points);
    this.#drawn.delete(name);
    this.#drawn.set(name, drawing);
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size > remembered) this.#drawn.delete(oldest!);
    return (await drawing).charts;
  }

  async #draw(
    study: NonNullable<Snapshot["study"]>,
    curves: Snapshot["curves"],
    points: string,
  ): Promise<Drawn> {
    const began = this.#now();
    const charts: Html[] = [];
    for (const chart of curveCharts(study, curves)) charts.push(await figure(chart));
    const ended = this.#now();
    return {
      points,
      charts,
      after: ended + Math.max(leastPause, pausePerDrawing * (ended - began)),
    };
  }
}
