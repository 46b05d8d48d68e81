/** Another figure from numbers that are kept: Figure 3 along K, as an SVG on stdout. */
import { drawFigure, summarySchema } from "clusterfit";

const kept = JSON.parse(await Deno.readTextFile("docs/reproduction/figure3.json"));
const summary = summarySchema.parse(kept.summary);
// or any other: each number is in summary.measurements, with its arm, target, seed and point
console.log(await drawFigure({ name: "along", arms: {}, axes: { axis: "k" } }, summary));
