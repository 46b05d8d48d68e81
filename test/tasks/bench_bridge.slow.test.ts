import { expect } from "expect";
import { fileURLToPath } from "node:url";
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
  expect(said).toHaveLength(rowNames.length);
  expect(measured.rows.map(({ row }) => row)).toEqual(rowNames);
  for (const { row, ours, floor, timesFloor, peer, failures, reached } of measured.rows) {
    const { aim } = rows[row];
    expect(failures).toEqual({});
    expect(ours).toBeGreaterThan(0);
    expect(measured.ratios?.[row]).toBeCloseTo(peer! / ours!, 9);
    expect(floor !== undefined).toBe("timesFloor" in aim);
    if (floor !== undefined) expect(timesFloor).toBeCloseTo(ours! / floor, 9);
    expect(reached).toBe(
      "timesFloor" in aim ? timesFloor! <= aim.timesFloor : ours! <= aim.microseconds,
    );
  }
  expect(reachesAims(measured)).toBe(measured.rows.every(({ reached }) => reached));
  expect(bridgeTable(measured).split("\n").length).toBeGreaterThan(rowNames.length);
});

const failingPeer = fileURLToPath(new URL("failing_peer.ts", import.meta.url));

Deno.test("a row in which a peer crashes or ends says so, and the others stand", async () => {
  const measured = await bridge({
    setup: await ensureSetup(),
    pairs: 2,
    peer: failingPeer,
    measured: ["call", "kwargs", "callback", "arrayFromPython"],
    say: () => {},
  });
  const found = measured.rows.map(({ row, ours, peer, failures }) => [
    row,
    failures.peer?.how ?? (peer! > 0),
    failures.ours ?? (ours! > 0),
  ]);
  expect(found).toEqual([
    ["call", true, true],
    ["kwargs", "crashed (exit code 1)", true],
    ["callback", "crashed (SIGABRT)", true],
    ["arrayFromPython", "crashed (exit code 3)", true],
  ]);
  expect(Object.keys(measured.ratios!)).toEqual(["call"]);
  const table = bridgeTable(measured);
  expect(table).toMatch(/^add\(1, 2\).* us +\S+x$/m);
  expect(table).toMatch(/^Python calls a JS function.* us .*crashed \(SIGABRT\)$/m);
  expect(table).toMatch(/, peer: crashed \(exit code 1\)\. It said:\n[^]*answer is wrong/);
});

Deno.test("a row in which a side takes for ever is ended, and counts as missed where it is ours", async () => {
  const measured = await bridge({
    setup: await ensureSetup(),
    pairs: 3,
    peer: failingPeer,
    measured: ["tensorView"],
    limitSeconds: 0.2, // no process is up by then
    say: () => {},
  });
  const hung = { how: "hung (0.2 s)", said: "" };
  expect(measured.rows).toEqual([
    { row: "tensorView", failures: { ours: hung, peer: hung }, reached: false },
  ]);
  expect(measured.ratios).toEqual({});
  expect(reachesAims(measured)).toBe(false);
  expect(bridgeTable(measured)).toMatch(
    /^1 GB torch.* hung \(0\.2 s\) .* MISSED +hung \(0\.2 s\)$/m,
  );
});
