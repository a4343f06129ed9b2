/**
 * Reasons, ready to show.
 *
 * @module
 */
import { levelOfSeverity, type Reason, reasonTitle, techniqueText } from "../../../lib/mod.ts";
import { countsText, mostlyText } from "../../alert/wording.ts";
import { shownLine, shownTemplate } from "./texts.ts";

/** A reason, ready to show. */
export interface ReasonView {
  kind: string;
  detector: string;
  /** What it is about: the template's text, or what else. */
  title: string;
  note: string;
  /** Part of the verdict, 0–1. */
  share: number;
  actual: number;
  expected: number;
  /** `5 times, expected 0.2`, or what is said instead of counts. */
  counts: string;
  firstSeen: number | null;
  level: string;
  /** A redacted line; empty where there is none. */
  example: string;
  /** Whether the line is none of these windows', only one like it. */
  exampleElsewhere: boolean;
  /** Id of the template it is about; `null` = none. */
  template: string | null;
  /** Values that its records have far more often than usual, in words. */
  mostly: string[];
  /** Technique of an attack, in words; empty = none. */
  technique: string;
}

/**
 * A reason, ready to show.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reasonView } from "./reason_views.ts";
 *
 * const { counts, template, example } = reasonView({ detector: "record", kind: "template", id: "0a1b", title: "disk <*> full",
 *   share: 1, actual: 5, expected: .2, firstSeen: null, example: "disk \u202e7 full" });
 * assert.deepEqual([counts, template, example], ["5 times, expected 0.2", "0a1b", "disk ⟨U+202E⟩7 full"]);
 * ```
 */
export function reasonView(reason: Reason): ReasonView {
  const { kind, detector, note = "", share, actual, expected, firstSeen, level = 0, example, technique } =
    reason;
  return {
    ...{
      kind,
      detector,
      title: shownTemplate(reasonTitle(reason)),
      note: shownLine(note),
      share,
      actual,
      expected,
    },
    ...{ counts: countsText(reason), firstSeen, level: levelOfSeverity(level), example: shownLine(example) },
    exampleElsewhere: reason.exampleElsewhere === true || actual === 0,
    template: templateOf(reason),
    mostly: (reason.mostly ?? []).map((one) => mostlyText({ mostly: [one] }).replace(/^mostly /, "")),
    technique: technique === undefined ? "" : shownLine(techniqueText(technique)),
  };
}

/** The template that a reason is about: the first word of its id, where it is about one. */
export function templateOf({ kind, id }: Pick<Reason, "kind" | "id">): string | null {
  const isTemplate = kind === "template" || kind === "unseen" || kind === "value" || kind === "order";
  return isTemplate ? id.split(" ", 1)[0] || null : null;
}
