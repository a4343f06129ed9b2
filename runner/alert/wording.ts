/**
 * Reasons in words that can be read at night.
 *
 * @module
 */
import {
  type DetectorShare,
  isAboutInput,
  isLengthOfTime,
  lengthText,
  type Reason,
  reasonTitle,
  techniqueText,
} from "../../lib/mod.ts";
import { type Alert, headlineOf } from "./alert.ts";
import { quantityText } from "../parse/quantity_text.ts";
import { formatCount, formatTime, plainLine } from "./plain_text.ts";

/** Characters of a title that a heading shows; an order names two templates. */
const TITLE = 80, ORDER = 170;
/** Characters of what is said of a reason beside its counts. */
const NOTE = 300;
/** How sessions end their word about an order. */
const NEVER = "never so in training";
/** Part of the evidence below which a detector is not named. */
const SEEN = 0.005;

/**
 * What is the matter, in a few words: what leads the worst window, that it stays away or comes less often where it does, and
 * `silent` where nothing came at all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { raiseAlerts } from "./raise_alerts.ts";
 * import { whatOf } from "./wording.ts";
 *
 * const reason = { detector: "total", kind: "total" as const, id: "", title: "all events", share: 1, actual: 0, expected: 130,
 *   firstSeen: null, example: "" };
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 0, score: 4, threshold: 1, anomalous: true, reasons: [reason] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const [alert] = raiseAlerts([verdict], [], context).opened;
 * assert.equal(whatOf(alert), "silent: no records, 130 expected");
 * ```
 */
export function whatOf(alert: Alert): string {
  const leading = headlineOf(alert);
  if (leading === undefined) return "anomalous";
  const { kind, actual, expected } = leading;
  const title = plainLine(reasonTitle(leading), kind === "order" ? ORDER : TITLE);
  if (kind === "source") return threatText(leading);
  if (kind === "input") return plainLine(leading.title, ORDER);
  if (kind === "order") return `unusual order: ${title}`;
  if (kind === "value") return valueText(leading, title);
  if (kind === "total") return totalText(alert, leading);
  if (kind === "level" || kind === "other") {
    return `${title}: ${formatCount(actual)} instead of ${formatCount(expected)}`;
  }
  if (actual < expected) return lackText(alert, leading, title);
  return kind === "unseen" ? `new: ${title}` : title;
}

/** What an alert is about one or more of. */
export function nounOf({ kind, cause }: Pick<Alert, "kind" | "cause">): "session" | "window" | "input" {
  return isAboutInput(cause) ? "input" : kind;
}

/** A value in a few words; of a length of time that it is slow. */
function valueText(reason: Reason, title: string): string {
  const { note = "" } = reason, said = note === "" ? "" : `: ${plainLine(note, TITLE)}`;
  if (!isLengthOfTime(reason)) return `unusual value: ${title}${said}`;
  return `slow: ${title.charAt(0).toLowerCase()}${title.slice(1)}${said}`;
}

function threatText({ title, note = "", technique }: Reason): string {
  const said = plainLine(note === "" ? title : note, ORDER);
  return technique === undefined ? said : `${said} (${techniqueText(technique)})`;
}

function totalText({ records }: Alert, reason: Reason): string {
  const { actual, expected, note = "" } = reason, isLess = actual < expected;
  if (records === 0 && note.startsWith("last seen")) return `silent: no records, ${note}`;
  const instead = `${formatCount(actual)} instead of ${formatCount(expected)}${spanText(reason)}`;
  if (records === 0 && isLess) {
    return `silent: no records, ${
      actual > 0 ? instead : `${formatCount(expected)} expected${spanText(reason)}`
    }`;
  }
  return `far ${isLess ? "fewer" : "more"} records than usual: ${instead}`;
}

/** What time counts are of, where it is more than the window. */
function spanText({ span }: Reason): string {
  return span === undefined ? "" : ` in the last ${lengthText(span)}`;
}

/** What is said of a template that stays away or comes less often. */
function lackText({ records }: Alert, reason: Reason, title: string): string {
  const { actual, expected, note = "" } = reason;
  if (note.startsWith("last seen")) return `overdue: ${title}, ${plainLine(note, TITLE)}`;
  const how = records === 0 ? "silent" : actual === 0 ? "missing" : "fewer";
  return `${how}: ${title} (${formatCount(actual)} instead of ${formatCount(expected)}${spanText(reason)})`;
}

/**
 * What was counted and what was expected, or what is said instead where counts alone don't tell: `5 times, expected 0.2`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { countsText } from "./wording.ts";
 *
 * const reason = { detector: "d", kind: "template" as const, id: "T1", title: "", share: 1, actual: 5, expected: .2,
 *   firstSeen: null, example: "" };
 * assert.equal(countsText(reason), "5 times, expected 0.2");
 * const mostly = [{ name: "host", value: "db2", share: .9, usual: .1 }];
 * assert.equal(countsText({ ...reason, mostly }), "5 times, expected 0.2, mostly host=db2 (90 %, usually 10 %)");
 * assert.equal(countsText({ ...reason, kind: "value", note: "4.1 s, usually at most 0.3 s" }), "4.1 s, usually at most 0.3 s");
 * ```
 */
export function countsText(reason: Reason): string {
  const { kind, actual, expected } = reason, note = noteText(reason);
  if (kind === "value" && note !== "") {
    return [note, mostlyText(reason)].filter((part) => part !== "").join(", ");
  }
  if (!isCounted(reason) && note !== "") return note;
  const noun = kind === "total" || kind === "level" ? "record" : "time";
  const counts = `${formatCount(actual)} ${noun}${actual === 1 ? "" : "s"}${spanText(reason)}`;
  if (kind === "order" && note !== "") return `${counts}, ${note}`;
  const mostly = mostlyText(reason);
  return [`${counts}, expected ${formatCount(expected)}`, note, mostly].filter((part) => part !== "").join(
    ", ",
  );
}

/**
 * Values that stand out: `mostly host=db2 (90 %, usually 10 %)`; empty = none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mostlyText } from "./wording.ts";
 *
 * const slow = { name: "duration", value: "800", above: "ms", share: .5, usual: .01 };
 * assert.equal(mostlyText({ mostly: [slow] }), "mostly duration above 800 ms (50 %, usually 1 %)");
 * const client = { name: "source", value: "203.0.113.9", share: .85, usual: .05, atMost: true };
 * assert.equal(mostlyText({ mostly: [client] }), "mostly source=203.0.113.9 (85 %, usually at most 5 %)");
 * ```
 */
export function mostlyText({ mostly = [] }: Pick<Reason, "mostly">): string {
  const percent = (share: number) => share < 0.005 ? "under 1 %" : `${Math.round(100 * share)} %`;
  const values = mostly.map(({ name, value, share, usual, above, atMost }) => {
    const what = above === undefined
      ? `=${plainLine(value, 60)}`
      : ` above ${quantityText(Number(value), above)}`;
    const before = usual === 0 ? "never before" : `usually ${atMost ? "at most " : ""}${percent(usual)}`;
    return `${plainLine(name, 30)}${what} (${percent(share)}, ${before})`;
  });
  return values.length === 0 ? "" : `mostly ${values.join(", ")}`;
}

/** Whether a reason's numbers are counts of events. */
export function isCounted({ kind }: Reason): boolean {
  return kind !== "value" && kind !== "source" && kind !== "input";
}

/** What counts alone don't tell, and the title doesn't either; empty = nothing. */
export function noteText(reason: Reason): string {
  const { kind, note = "" } = reason;
  if (kind === "source") return sourceText(reason);
  if (kind === "order") return note.endsWith(NEVER) ? NEVER : "";
  return note.endsWith("is missing") ? "" : plainLine(note, NOTE);
}

function sourceText({ actual, expected, note = "", technique, severity, since }: Reason): string {
  const counts = `${formatCount(actual)} times, expected ${formatCount(expected)}`;
  const parts = [note === "" ? counts : plainLine(note, NOTE)];
  if (technique !== undefined) parts.push(techniqueText(technique));
  if (severity !== undefined) parts.push(`severity ${severity}`);
  if (since !== undefined) parts.push(`since ${formatTime(since)}`);
  return parts.join(", ");
}

/**
 * The detectors that raised something, most first: `record 62 %, order 38 %`; empty without any.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectorsText } from "./wording.ts";
 *
 * assert.equal(detectorsText([{ detector: "record", share: .62 }, { detector: "order", share: .38 }]), "record 62 %, order 38 %");
 * ```
 */
export function detectorsText(detectors: readonly DetectorShare[]): string {
  return detectors.filter(({ share }, i) => i === 0 || share >= SEEN)
    .map(({ detector, share }) => `${detector} ${Math.round(100 * share)} %`).join(", ");
}

/** What the threats among reasons are called, each once. */
export function techniquesText(reasons: readonly Reason[]): string {
  return [
    ...new Set(reasons.flatMap(({ technique }) => technique === undefined ? [] : [techniqueText(technique)])),
  ]
    .join(", ");
}
