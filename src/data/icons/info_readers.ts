/** `info.json` of each icon set's npm package, with its licence. The imports are written out because a
 * package that `deno pack` makes depends on what its modules import by name. */

type Reader = () => Promise<{ readonly default: unknown }>;

/** Icon set -> what reads its `info.json`. */
export const infoReaders: Readonly<Record<string, Reader>> = {
  bi: () => import("@iconify-json/bi/info.json", { with: { type: "json" } }),
  carbon: () => import("@iconify-json/carbon/info.json", { with: { type: "json" } }),
  fluent: () => import("@iconify-json/fluent/info.json", { with: { type: "json" } }),
  "fluent-emoji-flat": () =>
    import("@iconify-json/fluent-emoji-flat/info.json", { with: { type: "json" } }),
  hugeicons: () => import("@iconify-json/hugeicons/info.json", { with: { type: "json" } }),
  "icon-park-outline": () =>
    import("@iconify-json/icon-park-outline/info.json", { with: { type: "json" } }),
  iconoir: () => import("@iconify-json/iconoir/info.json", { with: { type: "json" } }),
  ion: () => import("@iconify-json/ion/info.json", { with: { type: "json" } }),
  lucide: () => import("@iconify-json/lucide/info.json", { with: { type: "json" } }),
  mdi: () => import("@iconify-json/mdi/info.json", { with: { type: "json" } }),
  mingcute: () => import("@iconify-json/mingcute/info.json", { with: { type: "json" } }),
  noto: () => import("@iconify-json/noto/info.json", { with: { type: "json" } }),
  openmoji: () => import("@iconify-json/openmoji/info.json", { with: { type: "json" } }),
  ph: () => import("@iconify-json/ph/info.json", { with: { type: "json" } }),
  solar: () => import("@iconify-json/solar/info.json", { with: { type: "json" } }),
  tabler: () => import("@iconify-json/tabler/info.json", { with: { type: "json" } }),
  tdesign: () => import("@iconify-json/tdesign/info.json", { with: { type: "json" } }),
  twemoji: () => import("@iconify-json/twemoji/info.json", { with: { type: "json" } }),
  uil: () => import("@iconify-json/uil/info.json", { with: { type: "json" } }),
};
