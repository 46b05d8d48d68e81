/** Whether what a user names as a network is there, as far as a look at the disk tells. */
import { UserError } from "../pipeline/errors.ts";
import { isThere } from "../pipeline/files.ts";
import { type NetworkSpec, parseNetworkSpec, pathOfNetwork } from "./spec.ts";

/** As `parseNetworkSpec`; rejects with a UserError too where a file or folder that is named is not there. */
export async function findNetwork(text: string, folder: string): Promise<NetworkSpec> {
  const path = pathOfNetwork(text, folder);
  if (path !== null && !await isThere(path)) {
    throw new UserError(
      `Cannot take the network ${text}: it needs a file or a folder, found nothing at ${path}. ` +
        "Check the path.",
    );
  }
  return parseNetworkSpec(text, folder);
}
