/** Targets of the icon world as nodes: rows, their labels and their parts. */
import { type Node, node } from "../../../pipeline/graph.ts";
import type { DataServices } from "../../services.ts";
import type { Target } from "../../target.ts";
import type { WorldOptions } from "../../world.ts";
import { packageVersions } from "../packages.ts";
import { labelTarget } from "./labels_stage.ts";
import { partTarget } from "./parts_stage.ts";
import { renderTarget } from "./rows_stage.ts";
import type { IconTarget, TargetIcons } from "./target.ts";

/** The nodes of `targets`, by their names; those that share their icons share rows and parts. */
export function targetNodes(
  targets: readonly IconTarget[],
  { pretraining, dataSeed, options: { targetSize, versions } }: {
    readonly pretraining: Node<"dataset", DataServices>;
    readonly dataSeed: number;
    readonly options: WorldOptions;
  },
): Readonly<Record<string, Target>> {
  const rendered = new Map<TargetIcons, Pick<Target, "data" | "parts">>();
  const rowsOf = (icons: TargetIcons) => {
    const known = rendered.get(icons);
    if (known) return known;
    const { name, title, sets, size } = icons;
    const data = node(renderTarget, {
      id: `target.${name}`,
      title: `Render target: ${title}`,
      config: {
        ...{ icons: name, title, size: targetSize ?? size, dataSeed },
        versions: { ...packageVersions(sets), ...versions },
      },
      inputs: { pretraining },
    });
    const parts = node(partTarget, {
      id: `target.${name}.parts`,
      title: `Split target: ${title}`,
      config: { versions },
      inputs: { data },
    });
    rendered.set(icons, { data, parts });
    return { data, parts };
  };
  return Object.fromEntries(targets.map((target) => {
    const { name, title, icons, metric, probe } = target;
    const { data, parts } = rowsOf(icons);
    const labels = node(labelTarget(target), {
      id: `target.${name}.labels`,
      title: `Label target: ${title}`,
      config: { target: name, title, versions },
      inputs: { data, pretraining },
    });
    return [name, { name, title, metric, probe, data, labels, parts }];
  }));
}
