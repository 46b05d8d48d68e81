/** Escaped HTML: what the `html` tag of Hono makes. */
import type { html } from "hono/html";

export type Html = ReturnType<typeof html>;
