/**
 * What a count detector's score of a window comes from.
 *
 * @module
 */
import type { Detector } from "../detector/detector.ts";
import type { Part } from "../detector/part.ts";
import type { EventCounts, TemplateNames } from "../feature/event_window.ts";
import { type FeatureMatrix, rowOf } from "../feature/feature_matrix.ts";
import type { FeatureSpace } from "../feature/feature_space.ts";

/** A window, and what its row stands for. */
export interface CountedWindow {
  events: EventCounts;
  /** Whose columns the row has. */
  space: FeatureSpace;
  names: TemplateNames;
  /** Templates that were counted nowhere; default none. */
  ignored?: readonly number[];
}

/**
 * The detector's contributions as parts, most telling first; what training didn't know is a part for each template.
 *
 * @param matrix The window's row as the only one.
 */
export function countParts(detector: Detector, matrix: FeatureMatrix, window: CountedWindow): Part[] {
  const shares = detector.contributions(matrix, 0), actual = rowOf(matrix, 0);
  if (!shares.some((share) => share > 0)) return [];
  const expected = detector.expected(matrix, 0);
  return matrix.columns.flatMap(({ kind, id }, column): Part[] => {
    const share = shares[column];
    if (!(share > 0)) return [];
    const part = { detail: "", text: "", share, actual: actual[column], expected: expected[column] };
    switch (kind) {
      case "template":
        return [{ ...part, kind, template: window.names.indexOf(id) }];
      case "level":
      case "other":
        return [{ ...part, kind, template: -1, detail: id }];
      case "unseen":
        return unseenParts(part, window);
    }
  }).sort((a, b) => b.share - a.share);
}

/** A part for each template that training didn't know, by the logarithm of its count, as detectors count novelty. */
function unseenParts(
  part: Omit<Part, "kind" | "template">,
  { events: { templates, counts }, space, ignored = [] }: CountedWindow,
): Part[] {
  const unseen = [...templates.keys()].filter((i) =>
    !space.knows(templates[i]) && !ignored.includes(templates[i])
  );
  const weight = unseen.reduce((sum, i) => sum + Math.log2(1 + counts[i]), 0);
  const events = unseen.reduce((sum, i) => sum + counts[i], 0);
  return unseen.map((i) => ({
    ...part,
    kind: "unseen",
    template: templates[i],
    share: part.share * Math.log2(1 + counts[i]) / weight,
    actual: counts[i],
    expected: part.expected * counts[i] / events,
  }));
}
