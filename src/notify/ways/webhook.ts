/** Tells it to an address. That is a secret, as is what it answers: neither is kept or told. */
import { UserError } from "../../pipeline/errors.ts";
import type { Outcome } from "../deliver.ts";
import { type FormName, forms } from "./forms.ts";
import type { Way } from "./way.ts";

/** The environment's names for the address and for a token that is sent as `Authorization: Bearer`. */
export const addressVariable = "CLUSTERFIT_NOTIFY_URL";
export const tokenVariable = "CLUSTERFIT_NOTIFY_TOKEN";

/** Milliseconds that an answer may take. */
const longestAnswer = 15_000;

/** Throws a UserError where the environment holds no address that can be used. */
export function webhook(
  form: FormName,
  variables: Readonly<Record<string, string | undefined>>,
  limit = longestAnswer,
): Way {
  const address = checkedAddress(form, variables[addressVariable]);
  const token = checkedToken(variables[tokenVariable]);
  return {
    name: form,
    async tell(news) {
      const { headers, body } = forms[form](news);
      try {
        const response = await fetch(address, {
          ...{ method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(limit) },
          headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
        });
        await response.body?.cancel().catch(() => {});
        return outcomeOf(response);
      } catch (error) {
        // What fetch says may hold the address.
        return { is: "again", why: faultOf(error as Error, limit) };
      }
    },
  };
}

/** What fetch fails with (Deno 2.9.6), in words of ours. */
const faults = [
  [/connection refused/i, "connection refused"],
  [/dns error/i, "its name is not known"],
  [/certificate/i, "its certificate is not accepted"],
] as const;

function faultOf({ name, cause }: Error, limit: number): string {
  const message = cause instanceof Error ? cause.message : "";
  if (name === "TimeoutError") return `no answer within ${limit / 1000} s`;
  const [, fault] = faults.find(([pattern]) => pattern.test(message)) ?? [];
  return `no connection to the address${fault ? `: ${fault}` : ""}`;
}

function outcomeOf({ ok, status, headers }: Response): Outcome {
  if (ok) return { is: "told" };
  const why = `the answer was HTTP ${status}`;
  if (status === 429 || status >= 500) {
    return { is: "again", why, after: retryAfter(headers.get("retry-after")) };
  }
  return {
    is: "refused",
    why: status >= 300 && status < 400
      ? `${why}: it leads elsewhere, which is not followed. Give the address that it leads to`
      : `${why}. Look at the address in ${addressVariable}`,
  };
}

/** Milliseconds; 0 where nothing that can be read is asked for. */
function retryAfter(text: string | null): number {
  if (text === null) return 0;
  const wait = /^\d+(\.\d+)?$/.test(text.trim())
    ? 1000 * Number(text)
    : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}

function checkedAddress(form: FormName, text: string | undefined): string {
  const needed = (found: string, advice: string) =>
    new UserError(
      `Cannot tell of a run by ${form}: it needs the address of a webhook in the environment variable ` +
        `${addressVariable}, found ${found}. ${advice}`,
    );
  if (text === undefined || text.trim() === "") {
    throw needed("none", `Set it: export ${addressVariable}=https://...`);
  }
  const address = URL.parse(text.trim());
  if (!address || !["http:", "https:"].includes(address.protocol)) {
    throw needed("no http address there", "Give one that begins with https://.");
  }
  if (address.username !== "" || address.password !== "") {
    throw needed(
      "a name or a password in it",
      `Leave them out; a token is given in ${tokenVariable}.`,
    );
  }
  return address.href;
}

function checkedToken(text: string | undefined): string | undefined {
  const token = text?.trim();
  if (token === undefined || token === "") return undefined;
  if (/^[!-~]+$/.test(token)) return token;
  throw new UserError(
    `Cannot send the token in ${tokenVariable}: it needs visible ASCII characters, found others. ` +
      "Copy it again.",
  );
}
