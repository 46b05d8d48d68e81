/** Every command beside the run itself. A new one has its own file and a line here. */
import type { Subcommand } from "./command.ts";
import { chooseK } from "./choose_k.ts";
import { cluster } from "./cluster.ts";
import { compare } from "./compare.ts";
import { curves } from "./curves.ts";
import { datasets } from "./datasets.ts";
import { doctor } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { features } from "./features.ts";
import { fit } from "./fit.ts";
import { gc } from "./gc.ts";
import { importCheckpoint } from "./import_checkpoint.ts";
import { index } from "./index.ts";
import { init } from "./init.ts";
import { layers } from "./layers.ts";
import { ls } from "./ls.ts";
import { notify } from "./notify.ts";
import { packCommand } from "./pack.ts";
import { plan } from "./plan.ts";
import { probe } from "./probe.ts";
import { query } from "./query.ts";
import { report } from "./report.ts";
import { rm } from "./rm.ts";
import { schema } from "./schema.ts";
import { serveCommand } from "./serve.ts";
import { showCommand } from "./show.ts";
import { tensorboard } from "./tensorboard.ts";
import { unpack } from "./unpack.ts";
import { verify } from "./verify.ts";

export const subcommands: readonly Subcommand[] = [
  index,
  datasets,
  features,
  cluster,
  chooseK,
  fit,
  probe,
  ls,
  query,
  showCommand,
  report,
  compare,
  curves,
  exportCommand,
  verify,
  rm,
  gc,
  packCommand,
  unpack,
  init,
  plan,
  doctor,
  schema,
  serveCommand,
  layers,
  notify,
  tensorboard,
  importCheckpoint,
];
