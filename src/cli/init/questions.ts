/** What `clusterfit init` asks, one after the other. */
import { UserError } from "../../pipeline/errors.ts";
import { chooseExperiment } from "../asked_job.ts";
import { isJsonObject, type JsonObject } from "../../pipeline/json.ts";

export interface Question {
  /** Key of the config. */
  readonly key: string;
  readonly text: string;
  /** What an empty answer means, as one would type it; `settings`: the answers so far. */
  preset(settings: JsonObject): string;
  /** The settings that an answer makes. Throws a UserError where it makes none. */
  read(answer: string): JsonObject;
}

const icons = { data: "icons", teacher: "rotnet" };

/** What a key is unless it is set. */
function presetOf(key: "arch" | "k" | "epochs", settings: JsonObject): string {
  const presets = chooseExperiment(settings).schema.parse({}) as unknown as JsonObject;
  return String(presets[key]);
}

const text = (key: string) => (answer: string): JsonObject => ({ [key]: answer });

/** A number; anything else stays a text, which the config refuses in its own words. */
const number = (key: string) => (answer: string): JsonObject => ({
  [key]: Number.isNaN(Number(answer)) ? answer : Number(answer),
});

export const questions: readonly Question[] = [
  {
    key: "data",
    text: "Pictures to learn from: icons, or a folder, a table ... of your own (docs/DATA.md)",
    preset: () => icons.data,
    read: text("data"),
  },
  {
    key: "teacher",
    text: "Teacher: rotnet or jigsaw (trained here, no labels), hashtags (icons only), or a " +
      "pre-trained network (docs/NETWORKS.md)",
    preset: () => icons.teacher,
    read: text("teacher"),
  },
  {
    key: "arch",
    text: "Student: the network that is trained on the clusters",
    preset: (settings) => presetOf("arch", settings),
    read: text("arch"),
  },
  {
    key: "k",
    text: "Clusters",
    preset: (settings) => presetOf("k", settings),
    read: number("k"),
  },
  {
    key: "target",
    text: "Labelled pictures to measure on, as name=folder, several with commas; - for none",
    preset: () => "-",
    read: (answer) => answer === "-" ? {} : { target: targetsOf(answer) },
  },
  {
    key: "epochs",
    text: "Epochs",
    preset: (settings) => presetOf("epochs", settings),
    read: number("epochs"),
  },
];

/** Icons have targets of their own: the question about them is left out. */
export function isAsked({ key }: Question, { data }: JsonObject): boolean {
  return key !== "target" || data !== icons.data;
}

/** `plants=labelled/plants,birds=labelled/birds`. */
function targetsOf(answer: string): JsonObject {
  return Object.fromEntries(
    answer.split(",").map((one) => {
      const [name = "", ...place] = one.split("=");
      if (place.length > 0) return [name.trim(), place.join("=").trim()];
      throw new UserError(
        `Cannot read the target "${one.trim()}": it needs a name and pictures, as in plants=labelled/plants.`,
      );
    }),
  );
}

/** The paths among the settings: of the pictures, and of the labelled ones. */
export function pathsOf({ data, target }: JsonObject): string[] {
  const targets = isJsonObject(target) ? Object.values(target) : [];
  return [data, ...targets].filter((given): given is string =>
    typeof given === "string" && given !== icons.data
  );
}
