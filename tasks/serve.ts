/** `deno task serve`: the command `clusterfit serve`, without set-up, which it does not need. */
import { serveCommand } from "../src/cli/commands/serve.ts";
import { told } from "../src/cli/told.ts";

const install = () => Promise.resolve();

Deno.exit(await told(() => serveCommand.run(Deno.args, { install })));
