/** Cards with a long list of texts, the name of each of a million pictures, written and read an entry at a time: the
 * bytes are those of `writeCard`. */
import { join } from "node:path";
import { writeFileAtomic } from "./files.ts";
import type { Artifact } from "./stage.ts";

/** Writes `name` into `dir`, whole or not at all; gives `name` back. `list`: the member that is long. */
export async function writeLongCard<List extends string>(
  dir: string,
  name: string,
  list: List,
  card: Readonly<Record<List, readonly string[]>>,
): Promise<string> {
  await writeFileAtomic(join(dir, name), textOf(list, card));
  return name;
}

function* textOf<List extends string>(
  list: List,
  card: Readonly<Record<List, readonly string[]>>,
): Generator<string> {
  const [before, behind] = JSON.stringify({ ...card, [list]: [] }).split(`${opening(list)}]`);
  yield `${before}${opening(list)}`;
  for (const [at, text] of card[list].entries()) {
    yield `${at > 0 ? "," : ""}${JSON.stringify(text)}`;
  }
  yield `]${behind}\n`;
}

/** Gives each entry of the list to `each`, and the card with none in it back. Rejects with a SyntaxError where the
 * file is no JSON, or the list holds more than texts. */
export async function readLongCard(
  artifact: Artifact,
  name: string,
  list: string,
  each: (text: string) => void,
): Promise<unknown> {
  const entry = /,?("(?:[^"\\]|\\.)*")/y;
  const file = await Deno.open(artifact.file(name));
  let head = "";
  let text = "";
  for await (const more of file.readable.pipeThrough(new TextDecoderStream())) {
    text += more;
    if (head === "") {
      const end = text.indexOf(opening(list)) + opening(list).length;
      if (end < opening(list).length) continue;
      [head, text] = [text.slice(0, end), text.slice(end)];
    }
    let taken = 0;
    for (let found; (found = entry.exec(text)) !== null; taken = entry.lastIndex) {
      each(JSON.parse(found[1]!));
    }
    text = text.slice(taken);
  }
  if (head !== "" && !text.startsWith("]")) {
    throw new SyntaxError(`"${list}" holds more than texts`);
  }
  return JSON.parse(head + text);
}

/** How a list begins. It stands in no text of the card, where quotes have a backslash in front. */
function opening(list: string): string {
  return `"${list}":[`;
}
