/** `clusterfit.devices`: what this machine computes with. */

/**
 * What `engine.devices.describe()` says of this machine.
 *
 * @internal
 */
export interface Description {
  readonly versions: Readonly<Record<string, string>>;
  /** CPUs this process may run on. */
  readonly threads: number;
  /** Whether the CPU multiplies bfloat16 in hardware. */
  readonly bf16: boolean;
  readonly cuda: { readonly name: string; readonly count: number; readonly memory: number } | null;
  readonly faissGpu: boolean;
}

export interface DevicesCalls {
  describe(): Promise<Description>;
}
