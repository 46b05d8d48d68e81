/** Networks on the disk, and what is known of them without loading them. */
import type { Listed } from "../mutant.ts";

export const models: readonly Listed[] = [
  {
    id: "network-card",
    file: "src/models/network.ts",
    find: "return await engine.models.load(artifact.file(networkFile), card);",
    replace: `return await engine.models.load(artifact.file(networkFile), { ...card, width: 16 });`,
    breaks: "every network is loaded with the default width",
    tests: ["test/models/network.test.ts"],
  },
  {
    id: "network-heads",
    file: "src/models/network.ts",
    find: "const card: NetworkCard = { ...network, snippet };",
    replace: "const card: NetworkCard = { ...network, width: 16, snippet };",
    breaks: "the card of a network says another width",
    tests: ["test/models/network.test.ts"],
  },
  {
    id: "network-snippet",
    file: "src/models/network.ts",
    find: "path: networkFile, ...read });",
    replace: "path: networkCardFile, ...read });",
    breaks: "the lines of Python that load a network name another file",
    tests: ["test/models/network.test.ts"],
  },
  {
    id: "widest-layer",
    file: "src/models/architectures.ts",
    find: "4 * 8 * width : 8 * width;",
    replace: "8 * width : 8 * width;",
    breaks: "resnet50 is taken to have as many features as resnet18",
    tests: ["test/engine/architectures.test.ts", "test/method/config.test.ts"],
  },
  {
    id: "networks-kept-hash",
    file: "src/networks/cache.ts",
    find: "if (found?.sha256.startsWith(digits)) return found;",
    replace: "if (found) return found;",
    breaks: "a damaged network is taken from the cache",
    tests: ["test/networks/obtain.test.ts"],
  },
  {
    id: "networks-local",
    file: "src/networks/obtain.ts",
    find: "if (!isLocal(spec) && reading === null) {",
    replace: "if (reading === null) {",
    breaks: "weights in a file that changed are those of the cache",
    tests: ["test/networks/obtain.test.ts"],
  },
];
