/** Processes beside a run (`--serve`, `--notify`, `--tensorboard`) keep their logs and notes in a folder of it. */

/** In the run's folder. */
export const companionsFolder = "companions";
