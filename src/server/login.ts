/** Lets those in who may read the runs: browsers by an address that works once, programs by the token. */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import type { Access } from "./access.ts";
import { layout, type Page } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";
import { ticketForm } from "./pages/ticket_form.ts";
import { refuse } from "./refusal.ts";

/** What may be read without: where to log in, and whether the server is there. */
const open = ["/login", "/healthz"];

/** Refuses those that show neither a session nor the token. */
export function accessGuard(access: Access): MiddlewareHandler {
  return async (c, next) => {
    if (open.includes(c.req.path) || mayRead(c, access)) return await next();
    c.header("www-authenticate", 'Bearer realm="clusterfit"');
    return refuse(c, 401, "Log in to see the runs", howTo, ticketForm);
  };
}

const howTo =
  "The terminal in which the server was started shows an address that logs a browser in, once. " +
  "A program sends the token, which is shown there too: “Authorization: Bearer ...”.";

/** `/login`: with a ticket for a browser, or the token of a program, which gets an address with a ticket. `onLogin` is told
 * the next address when one was used. */
export function loginRoutes(access: Access, onLogin: (path: string) => void): Hono {
  const routes = new Hono();
  routes.get("/login", (c) => {
    const ticket = c.req.query("token");
    if (ticket === undefined) {
      if (access.isBearer(c.req.header("authorization") ?? "")) {
        return c.json({ login: loginPath(access) });
      }
      return c.html(layout(messagePage("Log in to see the runs", howTo, ticketForm)));
    }
    // A browser that only looks ahead, or a HEAD, must not use the ticket up.
    if (c.req.method !== "GET" || c.req.header("sec-purpose")?.includes("prefetch")) {
      return refuse(c, 503, "Not yet", "Open this address to log in.");
    }
    const given = access.redeem(ticketOf(ticket));
    if (!given) {
      return refuse(
        c,
        401,
        "This address was used already, or is not one of this server",
        "Each one logs one browser in, once. The terminal of the server shows the next one.",
        ticketForm,
      );
    }
    setCookie(c, access.cookie, given.session, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      maxAge: given.seconds,
    });
    onLogin(loginPath(access));
    // Not a redirect: after one from another site the browser would not send the cookie.
    c.header("refresh", "0; url=/");
    return c.html(layout(loggedIn));
  });
  return routes;
}

/** Of what was pasted: a ticket, or the address that ends with it. */
function ticketOf(text: string): string {
  return text.trim().replace(/^.*[?&]token=/, "");
}

/** A new address that logs a browser in, without the host. */
export function loginPath(access: Access): string {
  return `/login?token=${access.ticket()}`;
}

function mayRead(c: Context, access: Access): boolean {
  const session = getCookie(c, access.cookie);
  if (session !== undefined && access.isSession(session)) return true;
  return access.isBearer(c.req.header("authorization") ?? "");
}

const loggedIn: Page = {
  title: "Logged in",
  live: false,
  body: html`
    <h1>Logged in</h1>
    <p><a href="/">Go on to the runs</a></p>
  `,
};
