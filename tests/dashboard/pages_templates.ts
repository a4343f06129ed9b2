/**
 * Made-up templates: of every state, and one by itself.
 *
 * @module
 */
import type { TemplateDetail } from "../../runner/dashboard/data/template.ts";
import type { TemplateRow } from "../../runner/dashboard/data/templates.ts";
import * as sample from "./pages_sample.ts";

/** A template. */
export function sampleTemplate(other: Partial<TemplateRow> = {}): TemplateRow {
  return {
    stream: "shop",
    id: "a1b2c3d4",
    text: "Payment gateway <*> refused connection after <*> ms",
    state: "new",
    count: 431,
    errors: 431,
    share: .0011,
    firstSeen: sample.TIMES[250],
    lastSeen: sample.TIMES[261],
    level: "error",
    isBorn: true,
    counts: sample.sampleVolume().levels.error,
    meaning: "A service that this one needs can't be reached",
    ...other,
  };
}

/** Templates of every state. */
export function sampleTemplates(): TemplateRow[] {
  return [
    sampleTemplate(),
    sampleTemplate({
      id: "d4",
      text: "request <*> served in <*> ms",
      state: "usual",
      count: 390_000,
      share: .94,
      firstSeen: null,
      level: "info",
      isBorn: false,
      meaning: "",
      counts: sample.sampleVolume().levels.info,
    }),
    sampleTemplate({
      id: "e5",
      text: "cache warmed with <*> entries",
      state: "rare",
      count: 3,
      share: .00001,
      level: "info",
      isBorn: false,
      meaning: "",
    }),
    sampleTemplate({
      id: "f6",
      text: "nightly report written to <*>",
      state: "vanished",
      count: 0,
      share: 0,
      lastSeen: sample.TIMES[0] - 86_400_000,
      level: "",
      isBorn: false,
      meaning: "",
      counts: [],
    }),
  ];
}

/** One template. */
export function sampleTemplateDetail(): TemplateDetail {
  const { times, levels } = sample.sampleVolume();
  return {
    span: sample.SPAN,
    row: sampleTemplate(),
    series: { times, counts: levels.error },
    meaning: {
      ...{
        category: "Connection",
        confidence: .93,
        known: true,
        title: "A service that this one needs can't be reached",
      },
      cause: "It is down, restarts, or a firewall is between them",
      check: "Whether the payment gateway runs and its port answers from this machine",
      similar: [{ source: "nginx", text: "connect() failed (111: Connection refused)", similarity: .58 }],
    },
    lineage: [{ what: "was", id: "p-77", text: "Payment gateway eu-1 refused connection after <*> ms" }],
    examples: ["2026-03-06 08:50:12,044 ERROR Payment gateway eu-1 refused connection after 3000 ms"],
    slots: [{ id: "s1", name: "gateway", kind: "word", text: "eu-1 92 %, eu-2 8 %" }, {
      id: "s2",
      name: "ms",
      kind: "number",
      text: "3000 in all",
    }],
    incidents: sample.sampleIncidents().slice(0, 1),
    similar: [{ id: "d4", text: "Payment gateway <*> timed out", similarity: .8 }],
  };
}
