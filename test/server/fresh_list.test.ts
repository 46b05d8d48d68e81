import { expect } from "expect";
import { FreshList } from "../../src/server/fresh_list.ts";

function counting(runs: number) {
  const looks = { done: 0, now: 0 };
  const registry = {
    count: () => runs,
    refresh: () => {
      looks.done++;
      looks.now += 50;
      return Promise.resolve();
    },
  };
  return { looks, list: new FreshList(registry, () => looks.now) };
}

Deno.test("many runs are looked at again after twenty times what that took", async () => {
  const { looks, list } = counting(1000);
  await list.look();
  looks.now = 1049;
  await list.look();
  expect(looks.done).toBe(1);
  looks.now = 1050;
  await list.look();
  expect(looks.done).toBe(2);
});

Deno.test("few runs are looked at whenever somebody asks", async () => {
  const { looks, list } = counting(199);
  for (let asked = 0; asked < 3; asked++) await list.look();
  expect(looks.done).toBe(3);
});
