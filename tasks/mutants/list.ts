/** Every mutant that `deno task test:mutants` tries. A new one is an entry in the file of its room. */
import type { Mutant } from "./mutant.ts";
import { bridge } from "./rooms/bridge.ts";
import { cli } from "./rooms/cli.ts";
import { clustering } from "./rooms/clustering.ts";
import { companions } from "./rooms/companions.ts";
import { data } from "./rooms/data.ts";
import { engine } from "./rooms/engine.ts";
import { exporting } from "./rooms/export.ts";
import { method } from "./rooms/method.ts";
import { models } from "./rooms/models.ts";
import { pages } from "./rooms/pages.ts";
import { pictures } from "./rooms/pictures.ts";
import { pipeline } from "./rooms/pipeline.ts";
import { published } from "./rooms/published.ts";
import { py } from "./rooms/py.ts";
import { report } from "./rooms/report.ts";
import { registry } from "./rooms/registry.ts";
import { results } from "./rooms/results.ts";
import { server } from "./rooms/server.ts";
import { tasks } from "./rooms/tasks.ts";
import { videos } from "./rooms/videos.ts";

const rooms = {
  ...{
    pipeline,
    data,
    pictures,
    videos,
    published,
    models,
    method,
    clustering,
    registry,
    results,
    report,
    export: exporting,
    server,
    pages,
    companions,
    cli,
    engine,
    bridge,
    py,
    tasks,
  },
};

export const mutants: readonly Mutant[] = Object.entries(rooms).flatMap(([room, listed]) =>
  listed.map((mutant) => ({ ...mutant, room }))
);
