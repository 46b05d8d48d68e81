import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect } from "expect";
import { addressVariable } from "../../../src/notify/ways/webhook.ts";
import { said } from "../said.ts";

Deno.test("clusterfit notify --test tries once, and says at once that nothing listens and what to look at", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  Deno.env.set(addressVariable, `http://127.0.0.1:${port}/secret`);
  try {
    expect(await said("notify", "--by", "json", "--test")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: Cannot tell it: no connection to the address: connection refused. Look at the address in " +
        "CLUSTERFIT_NOTIFY_URL, and whether it can be reached from this machine; then try again.\n",
    });
  } finally {
    Deno.env.delete(addressVariable);
  }
});

Deno.test("clusterfit notify --test says that it was told, or how a command failed", async () => {
  const { code, stdout } = await said("notify", "--by", "command:true", "--test");
  expect([code, stdout]).toEqual([0, "Told\n"]);
  expect(await said("notify", "--by", "command:exit 3", "--test")).toMatchObject({
    ...{ code: 2, stderr: "error: Cannot tell it: the command ended with exit code 3.\n" },
  });
});
