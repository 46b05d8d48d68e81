import { journeys, send } from "./round_trip.ts";

for (const name of Object.keys(journeys)) {
  Deno.test(`100,000 random ${name}, make the round trip`, () => send(name, 100_000));
}
