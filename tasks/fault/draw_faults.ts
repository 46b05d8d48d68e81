/** Which faults a run is to meet, drawn by a seed from the calls of an undisturbed one. */
import { hash32, shuffled } from "../../src/data/draw.ts";
import { type Effect, type Fault, type Moment, type Place, placeName } from "./faults.ts";

/** Draws `count` faults, of these effects in turn: every call has one before any has two, at the stage that has
 * the fewest yet. */
export function drawFaults(
  made: readonly Place[],
  { count, effects, seed }: {
    readonly count: number;
    readonly effects: readonly Effect[];
    readonly seed: number;
  },
): Fault[] {
  const times = Map.groupBy(made, placeName);
  const places = shuffled(seed, [...times.values()].map(([place]) => place!), placeName);
  const calls = [...Map.groupBy(places, ({ call }) => call).entries()];
  const ofStage = new Map<string, number>();
  const faults: Fault[] = [];
  for (let n = 0; n < count; n++) {
    const [call, everywhere] = calls[n % calls.length]!;
    const round = Math.floor(n / calls.length);
    const fewest = Math.min(...everywhere.map(({ stage }) => ofStage.get(stage) ?? 0));
    const place = everywhere.find(({ stage }) => (ofStage.get(stage) ?? 0) === fewest)!;
    ofStage.set(place.stage, fewest + 1);
    const draw = (limit: number, purpose: string) => hash32(seed, `${purpose} ${n}`) % limit;
    const effect = effects[n % effects.length]!;
    const moments = momentsOf(call, effect);
    faults.push({
      ...place,
      nth: 1 + draw(times.get(placeName(place))!.length, "nth"),
      moment: moments[(round + draw(moments.length, call)) % moments.length]!,
      effect,
    });
  }
  return faults;
}

/** A write may be stopped within, everything else is done or is not; what fails was not done. */
function momentsOf(call: string, effect: Effect): readonly Moment[] {
  return [
    "before",
    ...(call.startsWith("write:") ? ["middle" as const] : []),
    ...(effect === "kill" ? ["after" as const] : []),
  ];
}
