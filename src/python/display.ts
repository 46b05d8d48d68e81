/** What a Jupyter notebook shows of a Python object. */
import { callHelper } from "./helper.ts";
import { withGil } from "./gil.ts";
import { c } from "./library.ts";
import type { Ref } from "./ref.ts";
import { textToJs } from "./scalars.ts";

/** Data by its MIME type, as Jupyter's messages have it: text, base64 of bytes, or JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** See bridge/display.py; no display method of the object that raises gets here. */
export function mimeBundle(object: Ref): MimeBundle {
  return withGil(() => {
    const text = callHelper("display_data", object);
    try {
      return JSON.parse(textToJs(text));
    } finally {
      c.Py_DecRef(text);
    }
  });
}
