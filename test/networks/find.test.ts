import { join } from "node:path";
import { expect } from "expect";
import { findNetwork } from "../../src/networks/find.ts";

Deno.test("a file or folder that a network is named by has to be there, before anything else is said of it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (
      const name of ["nothere.pth", "a/b.safetensors", "timm:resnet18@nothere.pth", "hf:./not"]
    ) {
      await expect(findNetwork(name, folder)).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringMatching(
          /Cannot take the network .*found nothing at \/.*\. Check the path\.$/,
        ),
      });
    }
    for (const name of ["there.pth", "weights.safetensors"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await expect(findNetwork("there.pth", folder)).rejects.toThrow("may run code");
    expect(await findNetwork("timm:resnet18@there.pth", folder)).toMatchObject({ kind: "timm" });
    expect(await findNetwork("weights.safetensors", folder)).toMatchObject({ kind: "file" });
    for (const name of ["efficientnet-lite0", "timm:resnet18", "hf:facebook/dinov2-small"]) {
      await findNetwork(name, folder);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
