/**
 * Models as people read about them.
 *
 * @module
 */
import {
  countText,
  decisionLines,
  type Drift,
  type Model,
  numberText,
  type RefitLine,
  type StreamChanges,
  type StreamModel,
  type VersionSummary,
} from "../../lib/mod.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { formatDuration } from "../config/duration.ts";
import { formatSize } from "../config/size.ts";
import { trainedLines } from "../detect/trained_lines.ts";
import { driftLines } from "./stream_drift.ts";

/** Characters of a template's text or of a setting. */
const TEXT = 200;
/** Templates, and decisions, of a list. */
const LISTED = 20;

/** One line of a list of versions. */
export function versionLine(summary: VersionSummary, marks: readonly string[]): string {
  const { version, parent, createdAt, bytes, streams, problem } = summary;
  const head = [
    version,
    timeText(createdAt).padEnd(20),
    (parent ?? "–").padEnd(6),
    formatSize(bytes).padStart(7),
  ];
  const names = streams.map(({ name }) => name).join(", ");
  const rest = problem === "" ? [names, ...marks] : [`cannot be used: ${problem}`, ...marks];
  return [head.join("  "), rest.filter((text) => text !== "").join("; ")].join("  ");
}

/** What a version has learned, and what it decides by. */
export function modelLines(
  model: Model,
  { bytes }: VersionSummary,
  marks: readonly string[],
  drifts: ReadonlyMap<string, Drift> = new Map(),
): string[] {
  const { version, parent, createdAt, seed, streams } = model;
  return [
    `model ${version}, made ${timeText(createdAt)}${
      parent === null ? "" : ` after ${parent}`
    }, seed ${seed}, ${formatSize(bytes)}${marks.length === 0 ? "" : `; ${marks.join("; ")}`}`,
    ...streams.flatMap((stream) => {
      const drift = drifts.get(stream.settings.name);
      return [
        ...streamLines(stream),
        ...(drift === undefined ? [] : driftLines(drift).map((line) => `  ${line}`)),
      ];
    }),
  ];
}

function streamLines(stream: StreamModel): string[] {
  const { session, window, lateness, format, service } = stream.settings;
  const forms = session === null
    ? ""
    : `sessions by ${plainLine(session.pattern, TEXT)}, silent ${formatDuration(session.idle)}; `;
  return [
    ...trainedLines(stream),
    `  windows: ${forms}${formatDuration(window)}, late up to ${
      formatDuration(lateness)
    }; format ${format}, service ${plainLine(service, TEXT)}`,
    ...shortened(decisionLines(stream).map(({ scope, what, said }) => `  ${scope}, ${what}: ${said}`), "  "),
  ];
}

/** What changes from one version to another. */
export function changeLines(changes: readonly StreamChanges[]): string[] {
  return changes.flatMap(({ name, change, settings, sameData, born, gone, decisions }) => {
    if (change === "none") return [`${name}: the same`];
    if (change !== "changed") {
      return [`${name}: ${change === "gone" ? "only the first has it" : "only the second has it"}`];
    }
    return [
      `${name}: ${sameData ? "learned from the same data" : "learned from other data"}, ${
        countText(born.length, "template")
      } born, ${gone.length} gone, ${countText(decisions.length, "decision")} changed`,
      ...settings.map(({ name, before, after }) =>
        `  ${name}: ${plainLine(before, TEXT)} → ${plainLine(after, TEXT)}`
      ),
      ...shortened(
        born.map(({ id, count, text }) => `  + ${id} ${numberText(count)} × ${plainLine(text, TEXT)}`),
        "  ",
      ),
      ...shortened(
        gone.map(({ id, count, text }) => `  − ${id} ${numberText(count)} × ${plainLine(text, TEXT)}`),
        "  ",
      ),
      ...shortened(
        decisions.map(({ scope, what, before, after }) =>
          `  ${scope}, ${what}: ${before || "nothing"} → ${after || "nothing"}`
        ),
        "  ",
      ),
    ];
  });
}

/** What follows from what people said of a detector's alarms. */
export function refitText(line: RefitLine & { stream: string }): string {
  const { stream, scope, detector, factor, alarms, stopped, bound } = line;
  const moved = factor > 1 ? `raised ${numberText(factor, 3)} times` : "stays";
  const why = bound === "" ? "" : `; alert ${bound}, which is true, keeps it from more`;
  return `${stream}, ${scope}, ${detector}: ${moved}, stops ${stopped} of ${
    countText(alarms, "false alarm")
  }${why}`;
}

/** The first lines; what is left out is counted. */
export function shortened(lines: string[], indent = ""): string[] {
  if (lines.length <= LISTED + 1) return lines;
  return [...lines.slice(0, LISTED), `${indent}… and ${lines.length - LISTED} more; --json has all`];
}

/** A time, or that nobody knows it. */
export function timeText(time: number): string {
  return Number.isNaN(time) ? "unknown" : formatTime(time);
}
