/** Which network of a run is meant. */
import { UserError } from "../pipeline/errors.ts";
import { candidatesOf } from "../results/contrast.ts";
import type { ArmFacts } from "../results/study.ts";
import type { Summary } from "../results/summary.ts";
import { listed, pointText } from "../results/words.ts";

/** Which network is wanted. */
export interface Choice {
  /** Id of an arm; the first candidate's unless given. */
  readonly arm?: string;
  /** The first of the run unless given. */
  readonly seed?: number;
  /** Axis -> value, as it was typed, where the arm is at several points. */
  readonly at: Readonly<Record<string, string>>;
}

export interface Subject {
  readonly arm: ArmFacts;
  readonly network: Summary["networks"][number];
}

/** Throws a UserError where no network, or more than one, is meant. */
export function chooseNetwork(
  { study, networks }: Summary,
  { arm: id, seed, at }: Choice,
): Subject {
  const arm = armOf(study.arms, id);
  const wanted = seed ?? study.seeds[0]!;
  const attempt = `Cannot export ${arm.title}`;
  if (!study.seeds.includes(wanted)) {
    throw new UserError(
      `${attempt}: it needs a seed of the run, one of ${
        study.seeds.join(", ")
      }, found ${wanted}. ` +
        "Choose one by --seed.",
    );
  }
  const unknown = Object.keys(at).find((axis) => !arm.axes.includes(axis));
  if (unknown !== undefined) {
    throw new UserError(
      `${attempt} at ${unknown}: it needs an axis of it, ${
        arm.axes.length > 0 ? `one of ${arm.axes.join(", ")}` : "and it has none"
      }. Correct --at.`,
    );
  }
  const found = networks.filter((one) =>
    one.arm === arm.id && one.seed === wanted &&
    Object.entries(at).every(([axis, value]) => String(one.at[axis]) === value)
  );
  const [network] = found;
  if (network && found.length === 1) return { arm, network };
  if (network) {
    const several = arm.axes.filter((axis) => new Set(found.map(({ at }) => at[axis])).size > 1);
    throw new UserError(
      `${attempt}: it needs one network, found ${found.length}: ` +
        `${listed(found.map(({ at }) => pointText(at, study.axes)), "or")}. ` +
        `Choose one by ${several.map((axis) => `--at ${axis}=${network.at[axis]}`).join(" ")}.`,
    );
  }
  const there = networks.filter((one) => one.arm === arm.id && one.seed === wanted);
  throw new UserError(
    `${attempt}: it needs a network that the run made, found ${
      there.length > 0
        ? `none there, but at ${listed(there.map(({ at }) => pointText(at, study.axes)))}`
        : "that its stage failed"
    }. Choose another, or give the run's command again.`,
  );
}

function armOf(arms: readonly ArmFacts[], id: string | undefined): ArmFacts {
  const arm = id === undefined
    ? candidatesOf(arms)[0] ?? arms[0]
    : arms.find((one) => one.id === id);
  if (arm) return arm;
  throw new UserError(
    `Cannot export the arm "${id}": it needs one of the run, ` +
      `${arms.map(({ id }) => id).join(", ")}. Choose one by --arm.`,
  );
}
