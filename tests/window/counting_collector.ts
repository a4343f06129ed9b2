/** A collector that notes what windows count anyway, so that nothing it notes can be wrong unseen. */
import type { Collector } from "../../lib/window/collector.ts";

/** Records by template; those of template 0 are noted nowhere. */
export const counting: Collector<Map<number, number>> = {
  name: "counting",
  inSessions: true,
  add(fact, { template }, row) {
    if (template[row] === 0) return fact;
    fact ??= new Map();
    return fact.set(template[row], (fact.get(template[row]) ?? 0) + 1);
  },
  merge(a, b) {
    for (const [template, count] of b) a.set(template, (a.get(template) ?? 0) + count);
    return a;
  },
  save: (fact) => [...fact].sort((a, b) => a[0] - b[0]),
  load(saved, renamed) {
    const fact = new Map<number, number>();
    for (const [template, count] of saved as [number, number][]) {
      const name = renamed?.[template] ?? template;
      fact.set(name, (fact.get(name) ?? 0) + count);
    }
    return fact;
  },
};
