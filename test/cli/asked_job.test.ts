import { expect } from "expect";
import { chooseExperiment } from "../../src/cli/asked_job.ts";
import { own } from "../../src/experiments/own.ts";
import { makeJob } from "../../src/steps/job.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";

const chosen = (asked: JsonObject) => chooseExperiment(asked).name;

Deno.test("icons and their teachers are the default experiment, whatever else is set", () => {
  const asked: JsonObject[] = [
    {},
    { data: "icons", teacher: "hashtags", k: 7, arch: "resnet18" },
    { training: { shift: 1 } },
    { epoch: 3 }, // no key of any: the default experiment says so
    { teacher: "rotnett" }, // likewise
    { data: "clips", arch: "r2plus1d-small" },
  ];
  expect(asked.map(chosen)).toEqual(asked.map(() => "default"));
});

Deno.test("a misspelt network is meant as one, and a teacher of icons is none for one's own pictures", () => {
  expect(chosen({ teacher: "efficientnet-lit0" })).toBe("own");
  expect(() => makeJob(own, "", { data: "/photos", teacher: "hashtags" })).toThrow(
    'Cannot train the teacher "hashtags": it needs the icons',
  );
});

Deno.test("a value of another type is told once", () => {
  const tell = () => makeJob(own, "", { controls: "xx" });
  expect(tell).toThrow('Cannot set controls: it needs a list, found "xx".');
  expect(tell).not.toThrow("\n");
});

Deno.test("anything that a user brings is the other one", () => {
  const asked: JsonObject[] = [
    { data: "/photos" },
    { teacher: "timm:resnet50" },
    { teacher: "efficientnet-lite0" },
    { teacher: "net.safetensors" },
    { arch: "timm:resnet18" },
    { target: { plants: "/plants" } },
    { size: 64 },
  ];
  expect(asked.map(chosen)).toEqual(asked.map(() => "own"));
});
