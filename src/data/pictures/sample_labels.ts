/** What is said of the samples of shards: `.cls`, else labels in `.json`, else `.txt`. */
import { UserError } from "../../pipeline/errors.ts";
import { isJsonObject } from "../../pipeline/json.ts";
import { isLabelColumn } from "./columns.ts";
import { type LabelForm, labelForms, type Sample } from "./samples.ts";
import { type Member, readMember } from "./tar.ts";
import { Turn } from "./turn.ts";

/** Of one sample: text, or of JSON what stands under the names of label columns. */
export type Said = { readonly [Form in LabelForm]?: Readonly<Record<string, unknown>> };

/** Of the samples of one shard. */
export async function readSaid(
  shard: string,
  samples: readonly Sample[],
  signal: AbortSignal,
): Promise<Said[]> {
  using file = await Deno.open(shard);
  const read: Said[] = [];
  const turn = new Turn(signal);
  for (const { labels } of samples) {
    if (turn.isOver) await turn.next();
    read.push(Object.fromEntries(
      Object.entries(labels).map(([form, member]) => [
        form,
        parse(form, new TextDecoder().decode(readMember(file, member)), member, shard),
      ]),
    ));
  }
  return read;
}

function parse(form: string, text: string, member: Member, shard: string) {
  if (form !== "json") return { label: text };
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([name]) => isLabelColumn(name)));
  } catch (error) {
    throw new UserError(
      `Cannot open ${shard}: it needs JSON in ${JSON.stringify(member.name)}, found: ` +
        `${(error as Error).message}. Write the shard again.`,
    );
  }
}

/** What is said of all samples, in their order, as the columns of a table: of the first form that any has. */
export function columnsOf(said: readonly Said[]): Map<string, readonly unknown[]> {
  const form = labelForms.find((form) =>
    said.some((one) => one[form] && Object.keys(one[form]).length > 0)
  );
  if (form === undefined) return new Map();
  const names = new Set(said.flatMap((one) => Object.keys(one[form] ?? {})));
  return new Map([...names].map((name) => [name, said.map((one) => one[form]?.[name] ?? null)]));
}
