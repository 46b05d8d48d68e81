import { expect } from "expect";
import { kinetics } from "../../../src/data/published/kinetics.ts";
import { somethingSomethingV1 } from "../../../src/data/published/something_something_v1.ts";
import { sports1m } from "../../../src/data/published/sports1m.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { listed } from "./listed.ts";

const header = "label,youtube_id,time_start,time_end,split\n";

Deno.test("Kinetics: videos anywhere below, called by their times or by their address alone", async () => {
  const files = {
    "train.csv":
      `${header}air drumming,-0Ab_cd,5,15,train\n"bee keeping",x9,100.4,110,train\nabseiling,gone,0,10,train\n`,
    "validate.csv": `${header}bee keeping,v1,0,10,validate\n`,
    "videos/air drumming/-0Ab_cd_000005_000015.mp4": "",
    "x9.mkv": "",
    "val/v1_000000_000010.mp4": "",
    "val/other_000000_000010.mp4": "",
  };
  const { samples, notes } = await listed(kinetics, files, [3, 3, 1], { subset: true });
  expect(samples).toEqual({
    "videos/air drumming/-0Ab_cd_000005_000015.mp4": ["train", "air drumming"],
    "x9.mkv": ["train", "bee keeping"],
    "val/v1_000000_000010.mp4": ["validation", "bee keeping"],
  });
  expect(notes).toEqual([
    "a subset: 2 videos of 2 classes to train on, 1 to evaluate on; missing: 1 (gone_000000_000010)",
  ]);
});

Deno.test("Kinetics: lists without its columns are refused", async () => {
  const files = { "train.csv": "id,label\n1,a\n", "val.csv": header };
  await expect(listed(kinetics, files, [1, 1, 0])).rejects.toThrow(
    "it needs the columns label, youtube_id, time_start, time_end in train.csv, found id, label.",
  );
});

Deno.test("Kinetics: lists that are no tables are refused, with the line", async () => {
  const files = { "train.csv": `${header}run,b,0\n`, "val.csv": header };
  const opened = listed(kinetics, files, [1, 1, 0]);
  await expect(opened).rejects.toThrow(UserError);
  await expect(opened).rejects.toThrow(/Cannot read the table .*train\.csv: .* found: line 2/);
});

Deno.test("Sports1M: the first of several numbers is the class", async () => {
  const files = {
    "labels.txt": "aikido\nrowing\n",
    "original/train_partition.txt":
      "http://www.youtube.com/watch?v=zkWr_-s 1,0\nhttp://www.youtube.com/watch?v=b2 0\n",
    "original/test_partition.txt": "https://www.youtube.com/watch?v=c3 1\n",
    "zkWr_-s.mp4": "",
    "more/b2.webm": "",
    "c3.mp4": "",
  };
  expect((await listed(sports1m, files, [2, 2, 1])).samples).toEqual({
    "zkWr_-s.mp4": ["train", "rowing"],
    "more/b2.webm": ["train", "aikido"],
    "c3.mp4": ["test", "rowing"],
  });
  const short = { ...files, "labels.txt": "aikido\n" };
  await expect(listed(sports1m, short, [2, 2, 1])).rejects.toThrow(
    "for each class of original/train_partition.txt, found class 1 and 1 lines",
  );
});

Deno.test("Something-Something V1: a sample is a folder of frames", async () => {
  const videos = "20bn-something-something-v1";
  const files = {
    "something-something-v1-train.csv":
      "100218;Something falling like a feather or paper\n24413;Holding something\n",
    "something-something-v1-validation.csv": "74225;Holding something\n",
    [`${videos}/100218/00001.jpg`]: "",
    [`${videos}/24413/00001.jpg`]: "",
    [`${videos}/74225/00001.jpg`]: "",
  };
  expect((await listed(somethingSomethingV1, files, [2, 2, 1])).samples).toEqual({
    [`${videos}/100218`]: ["train", "Something falling like a feather or paper"],
    [`${videos}/24413`]: ["train", "Holding something"],
    [`${videos}/74225`]: ["validation", "Holding something"],
  });
});
