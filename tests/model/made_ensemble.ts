/** An ensemble that shows in which order windows came, and which had been there before. */
import type { Decision, Ensemble } from "../../lib/ensemble/ensemble.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";

/** What windows were the last ones, newest first. */
export interface Remembered {
  last: number[];
}

/** What a window is, as a number: equal ones have the same. */
export function nameOf({ start, end, lines, events: { templates, counts } }: EventWindow): number {
  const all = [start, end, lines, ...templates, ...counts].map((part) => Number.isNaN(part) ? 7 : part);
  return all.reduce((hash, part) => (Math.imul(hash, 31) + Math.round(part * 4)) | 0, 17);
}

/** Decides on a window by it and by the `memory` windows before it. */
export function madeEnsemble(memory: number): Ensemble<Remembered> {
  return {
    kind: "made",
    notes: [],
    start: () => ({ last: [] }),
    judge(state, window): Decision {
      const hash = [nameOf(window), ...state.last].reduce(
        (sum, name) => Math.imul(sum ^ name, 0x9e3779b1),
        5,
      );
      const score = (hash >>> 8) % 16 / 8;
      state.last = [nameOf(window), ...state.last].slice(0, memory);
      if (!(score > 1)) return { score, opinions: [] };
      const part = { kind: "total", template: -1, detail: "", text: "" } as const;
      const parts = [{ ...part, share: 1, actual: window.lines, expected: hash % 7 }];
      return { score, opinions: [{ detector: "made", evidence: score, parts }] };
    },
    copy: ({ last }) => ({ last: [...last] }),
    save: (state) => state,
    load: (saved) => ({ last: [...(saved as Remembered).last] }),
    toJSON: () => ({ kind: "made", version: 1 }),
  };
}
