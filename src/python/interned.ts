/** Attribute and keyword names: made once, interned, kept. */
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { textToPython } from "./scalars.ts";

const names = new Map<string, bigint>();
const slot = new BigUint64Array(new ArrayBuffer(8));
const slotAddress = addressOfView(slot);

/** A borrowed reference to the interned str of a name, which is never freed. */
export function interned(name: string): bigint {
  return names.get(name) ?? intern(name);
}

function intern(name: string): bigint {
  slot[0] = textToPython(name);
  c.PyUnicode_InternInPlace(slotAddress);
  const address = slot[0];
  names.set(name, address);
  return address;
}
