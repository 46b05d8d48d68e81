/** A way to tell people: a webhook, or a command. */
import type { Outcome } from "../deliver.ts";
import type { News } from "../news.ts";

export interface Way {
  /** For the names of files: letters, digits and "-". It tells no secret. */
  readonly name: string;
  /** Tells it once. Throws nothing. */
  tell(news: News): Promise<Outcome>;
}
