import type { News } from "../../src/notify/news.ts";

export const someNews: News = {
  schema: 1,
  event: "failed",
  run: "default-1a2b3c",
  title: "ClusterFit of icons",
  message: 'One of 9 stages failed, "Train Ncf": it needs <more> & @everyone.',
  stage: null,
  stages: { done: 3, total: 9 },
  seconds: 61.5,
  at: "2026-11-22T14:03:11.000Z",
};
