import { expect } from "expect";
import { bridge, bridgeTable, reachesAims } from "../../tasks/bench/bridge.ts";
import { rowNames, rows } from "../../tasks/bench/bridge/rows.ts";
import { ensureSetup } from "../../tasks/setup.ts";

Deno.test("every row is measured on each side, and compared with its floor and with a peer", async () => {
  const said: string[] = [];
  const measured = await bridge({
    setup: await ensureSetup(),
    pairs: 1,
    peer: "clusterfit/deno-python", // it has the peer's API
    say: (line) => said.push(line),
  });
  expect(said).toHaveLength(2);
  expect(measured.rows.map(({ row }) => row)).toEqual(rowNames);
  for (const { row, ours, floor, timesFloor, peer, reached } of measured.rows) {
    const { aim } = rows[row];
    expect(ours).toBeGreaterThan(0);
    expect(measured.ratios?.[row]).toBeCloseTo(peer! / ours, 9);
    expect(floor !== undefined).toBe("timesFloor" in aim);
    if (floor !== undefined) expect(timesFloor).toBeCloseTo(ours / floor, 9);
    expect(reached).toBe(
      "timesFloor" in aim ? timesFloor! <= aim.timesFloor : ours <= aim.microseconds,
    );
  }
  expect(reachesAims(measured)).toBe(measured.rows.every(({ reached }) => reached));
  expect(bridgeTable(measured).split("\n").length).toBeGreaterThan(rowNames.length);
});
