/** The shapes of all answers below /api: what routes say, the OpenAPI document describes, and the client checks. Plain
 * zod, so that a client needs nothing of the server. */
import { z } from "zod";
import { manifestSchema } from "../../pipeline/artifact.ts";
import { attemptSchema, runEventSchema } from "../../pipeline/events.ts";
import type { Json } from "../../pipeline/json.ts";
import { listedStates, type RunRow } from "../../registry/run_row.ts";
import { useSchema } from "../../pipeline/use.ts";
import { claimSchema } from "../../results/claim.ts";
import { studySchema } from "../../results/study.ts";
import { seriesSchema } from "../../results/summary.ts";

/** Values that no one describes: each of these by its name, so that it stands once in the document. */
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(json),
    z.record(z.string(), json),
  ])
).meta({ id: "Json", description: "Any JSON value" });

const time = z.iso.datetime().describe("ISO 8601, UTC");
const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const link = z.string().describe("Path on this server");

export const errorSchema = z.object({
  error: z.string().describe("What was wrong, and what to do: a sentence or two"),
}).meta({ id: "Error", description: "Every answer that is not 200 or 304" });

export const runStateSchema = z.enum(listedStates).meta({
  id: "RunState",
  description:
    "interrupted: its process ended without a word, killed or by a power cut. damaged: its files " +
    "cannot be read as they stand",
});

/** One run in the list. */
export const listedRunSchema = z.object({
  name: z.string().describe("Of its folder: what its addresses are made of"),
  id: z.string().nullable().describe(
    "Its own; null where run.json cannot be read, as all null below",
  ),
  title: z.string().nullable(),
  experiment: z.string().nullable(),
  scale: z.string().nullable().describe("Empty where the experiment has one scale only"),
  data: z.string().nullable().describe("What its pictures are"),
  state: runStateSchema,
  message: z.string().nullable().describe("Why it failed, or what is damaged; else null"),
  createdAt: time.nullable(),
  lastEvent: time.nullable().describe("Null where it has none yet"),
  seconds: seconds.describe("Seconds that processes were at work on it, up to the last event"),
  stagesDone: count,
  stagesTotal: count,
  command: z.array(z.string()).describe("What starts it, and goes on with it, word by word"),
  facts: z.array(z.tuple([z.string(), z.string()]))
    .describe("Names and values that tell it from others of that title, for people"),
  curve: z.array(z.number())
    .describe("At most 32 numbers: the loss of the training whose log grew last"),
  notes: z.array(z.string()).describe("What of it could not be read and is left out"),
}).meta({ id: "ListedRun", description: "One run in the list" }) satisfies z.ZodType<RunRow>;

export const runListSchema = z.object({
  total: count.describe("Runs that the filters let through, on all pages"),
  runs: z.array(listedRunSchema).describe("One page of them, newest first"),
}).meta({ id: "RunList" });

const nodeStateSchema = z.enum([
  ...[
    "waiting",
    "running",
    "finished",
    "stopped",
    "failed",
    "interrupted",
    "reused",
    "elsewhere",
    "not-run",
  ] as const,
]).meta({
  id: "StageState",
  description:
    "interrupted: its run's process ended without a word while it was made. reused: it was there already. elsewhere: another run makes it. not-run: a stage that it needs " +
    "failed",
});

export const stageSchema = z.object({
  id: z.string().describe("Its node in the graph"),
  stage: z.string().describe("Name of its kind: train, kmeans"),
  title: z.string(),
  inputs: z.array(z.string()).describe("Ids of the stages that it needs: the edges of the graph"),
  serves: z.array(useSchema).describe("Whose work it does"),
  state: nodeStateSchema,
  done: z.number().nullable().describe("In `unit`; null before the first progress"),
  total: z.number().nullable().describe("In `unit`"),
  unit: z.string().nullable().describe("What is counted: images"),
  rate: z.number().nullable().describe(
    "Units a second over this attempt; null while it is not known",
  ),
  eta: seconds.nullable().describe("Seconds to go at that rate, as of the last progress"),
  metrics: z.record(z.string(), z.number()).describe(
    "The newest of each: loss; accuracy in percent",
  ),
  seconds: seconds.nullable().describe("Of all its attempts, once it is finished"),
  message: z.string().nullable().describe("Why it failed or was made again"),
}).meta({ id: "Stage", description: "One stage of a run as it stands" });

export const runAttemptSchema = attemptSchema.extend({
  began: time,
  versions: attemptSchema.shape.versions.describe("Of the packages: torch, deno"),
  hardware: attemptSchema.shape.hardware.describe("The machine; memoryGiB in GiB"),
}).meta({
  id: "Attempt",
  description: "A process that worked on the run: with what, on what, since when",
});

export const runDetailSchema = listedRunSchema.extend({
  asked: z.record(z.string(), json).nullable().describe("What was asked for, without defaults"),
  config: json.describe("What that meant, with defaults; null where run.json cannot be read"),
  resolved: z.record(z.string(), z.union([z.string(), z.number()])).nullable()
    .describe("What `auto` became on the machine that started it"),
  study: studySchema.nullable().describe(
    "What it compares; null where it says nothing readable of it",
  ),
  attempts: z.array(runAttemptSchema).describe("In the order in which they worked on it"),
  nodes: z.array(stageSchema).describe("Its stages, each after those that it needs"),
  links: z.object({
    page: link,
    events: link,
    stream: link,
    curves: link,
    artifacts: link,
    result: link.nullable().describe("Null until it has one"),
    report: link.nullable().describe("Null until it published one"),
  }),
}).meta({ id: "Run", description: "One run in full" });

export const curvesSchema = z.object({
  curves: z.array(seriesSchema).describe(
    "One for each network, arm and seed, as far as it is trained",
  ),
}).meta({
  id: "Curves",
  description: "Training curves: accuracy in percent, null where the task has none",
});

export const eventSchema = z.object({
  id: z.string().describe("Its place: what `after` and Last-Event-ID take"),
  event: runEventSchema,
}).meta({ id: "NumberedEvent" });

export const eventsSchema = z.object({
  events: z.array(eventSchema),
  next: z.string().nullable().describe(
    "What `after` takes for the next page; null where this is all so far",
  ),
}).meta({
  id: "Events",
  description: "A page of what happened, in order. Times in `seconds` are seconds",
});

const artifactFileSchema = z.object({
  name: z.string(),
  bytes: count,
  sha256: manifestSchema.shape.key,
  href: link,
});

export const artifactsSchema = z.object({
  artifacts: z.array(z.object({
    node: z.string().describe("Id of the stage that made it"),
    stage: z.string(),
    kind: z.string(),
    key: manifestSchema.shape.key.describe("SHA-256 of all that decides its bytes"),
    files: z.array(artifactFileSchema),
  })),
  notes: z.array(z.string()).describe("What could not be read and is left out"),
}).meta({
  id: "Artifacts",
  description: "The files that the run's finished stages wrote, as their manifests say",
});

const verdictSchema = claimSchema.shape.expected.meta({ id: "Verdict" });

export const experimentsSchema = z.object({
  experiments: z.array(z.object({
    name: z.string(),
    title: z.string().nullable().describe("Of its newest run"),
    runs: z.array(z.object({
      name: z.string(),
      scale: z.string().nullable(),
      state: runStateSchema,
      createdAt: time.nullable(),
    })).describe("Newest first"),
    newest: z.object({
      run: z.string(),
      claims: z.array(z.object({
        id: z.string(),
        claim: z.string().describe("The sentence, which stood before the run"),
        expected: verdictSchema,
        verdict: verdictSchema,
        text: z.string().describe("The numbers behind the verdict"),
      })),
    }).nullable().describe(
      "What its newest finished run says of its claims; null where none finished",
    ),
  })),
}).meta({
  id: "Experiments",
  description: "Experiments that runs are of, and what became of their claims",
});

/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedList = z.infer<typeof runListSchema>;
/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedRun = z.infer<typeof runDetailSchema>;

/** One page of runs. */
export type RunList = ParsedList;
/** One run as it stands. */
export type RunDetail = ParsedRun;
/** One run in a list. */
export type ListedRun = RunList["runs"][number];
/** How a run stands. */
export type RunState = ListedRun["state"];
