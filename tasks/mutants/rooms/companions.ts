/** Processes beside a run: what is told, how often, and what is never told. */
import type { Listed } from "../mutant.ts";

export const companions: readonly Listed[] = [
  {
    id: "notify-twice",
    file: "src/notify/follow.ts",
    find: "if (why === undefined) await memory.add(key);\n      else givenUp",
    replace: "if (why === undefined) givenUp.add(key);\n      else givenUp",
    breaks: "a process that is started again tells it again",
    tests: ["test/notify/follow.test.ts"],
  },
  {
    id: "notify-forgets",
    file: "src/notify/follow.ts",
    find: "    await memory.keep(all.map(({ key }) => key));\n",
    replace: "",
    breaks: "a training that diverges again is not told",
    tests: ["test/notify/follow.test.ts"],
  },
  {
    id: "notify-redirect",
    file: "src/notify/ways/webhook.ts",
    find: `redirect: "manual"`,
    replace: `redirect: "follow"`,
    breaks: "what is told, and the token, go to another host",
    tests: ["test/notify/webhook.test.ts"],
  },
  {
    id: "notify-secret",
    file: "src/notify/ways/webhook.ts",
    find: `"no connection to the address"`,
    replace: "String(error)",
    breaks: "the address, a secret, is said and written to a log",
    tests: ["test/notify/webhook.test.ts"],
  },
  {
    id: "notify-cap",
    file: "src/notify/deliver.ts",
    find: "Math.min(outcome.after ?? 0, longestAsked)",
    replace: "outcome.after ?? 0",
    breaks: "a webhook may put off for a day what is to be told",
    tests: ["test/notify/deliver.test.ts"],
  },
  {
    id: "notify-elsewhere",
    file: "src/notify/follow.ts",
    find: " || !mayStandStill(status)",
    replace: "",
    breaks: "a run that waits for another one is told to stand still",
    tests: ["test/notify/follow.test.ts"],
  },
];
