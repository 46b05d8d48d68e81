/** The forms of webhooks: what is sent to each. */
import { headlineOf, type News, textOf } from "../news.ts";

/** What is sent. */
export interface Form {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type FormName = "json" | "slack" | "discord" | "ntfy";

export const forms: Readonly<Record<FormName, (news: News) => Form>> = {
  json: (news) => json(news),
  // What Slack reads as markup, and would take for a mention, is escaped as it asks for.
  slack: (news) => {
    const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
    return json({ text: textOf(news, 10_000).replace(/[&<>]/g, (sign) => escapes[sign]!) });
  },
  discord: (news) => json({ content: textOf(news, 2000), allowed_mentions: { parse: [] } }),
  ntfy: (news) => ({
    headers: {
      "content-type": "text/plain; charset=utf-8",
      Title: headerText(headlineOf(news)),
      Priority: news.event === "finished" || news.event === "test" ? "default" : "high",
      Tags: tags[news.event],
    },
    // ntfy makes a file of more than 4,096 bytes; a UTF-16 unit takes up to three of them
    body: textOf(news, 1300),
  }),
};

/** Names of emoji. */
const tags: Readonly<Record<News["event"], string>> = {
  finished: "white_check_mark",
  failed: "x",
  diverged: "chart_with_upwards_trend",
  interrupted: "skull",
  "stands-still": "hourglass",
  test: "bell",
};

function json(value: unknown): Form {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** Headers hold ASCII: anything else as RFC 2047 has it. */
function headerText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return `=?UTF-8?B?${new TextEncoder().encode(text).toBase64()}?=`;
}
