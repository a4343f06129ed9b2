/**
 * What a training is not to learn from: windows of alerts, spans that people name, windows that are labelled as anomalous.
 *
 * @module
 */
import {
  alertExclusions as exclusionsOfAlerts,
  type Exclusion,
  type Labels,
  type LeftOut,
  type State,
} from "../../lib/mod.ts";
import { parseAlert } from "../alert/alert.ts";
import { formatTime } from "../alert/plain_text.ts";
import { whatOf } from "../alert/wording.ts";
import type { StreamConfig } from "../config.ts";
import type { WrittenSpan } from "../config/time_span.ts";

/** Lines on what was left out. */
const SHOWN = 8;

/** {@linkcode exclusionsOfAlerts} with what each alert is about. */
export function alertExclusions(stream: string, state: State): Exclusion[] {
  return exclusionsOfAlerts(
    stream,
    state,
    (body) => body === null ? "anomalous windows of an alert that is forgotten" : whatOf(parseAlert(body)),
  );
}

/** What no training of a stream learns from: what its settings exclude, and what it was alerted on. */
export function streamExclusions({ name, exclude }: StreamConfig, state: State | null): Exclusion[] {
  return [...askedExclusions(exclude), ...(state === null ? [] : alertExclusions(name, state))];
}

/** Spans of time that someone named. */
export function askedExclusions(spans: readonly WrittenSpan[]): Exclusion[] {
  return spans.map(({ from, to }) => ({
    ...{ why: "asked", name: `${timeText(from)}/${timeText(to)}`, title: "", certain: true },
    windows: [{ kind: null, key: null, service: null, start: from, end: to }],
  }));
}

/** Windows that labels call anomalous, kind by kind. */
export function labelExclusions(labels: Labels): Exclusion[] {
  const always = { kind: null, key: null, service: null, start: NaN, end: NaN };
  const marked = labels.by === "key"
    ? labels.labels.map((label) => ({ ...label, window: { ...always, key: label.key } }))
    : labels.labels.map((label) => {
      const { start, end, service } = label, every = service === "" || service === "*";
      return { ...label, window: { ...always, start, end, service: every ? null : service } };
    });
  const kinds = Map.groupBy(marked.filter(({ anomalous }) => anomalous), ({ kind }) => kind || "anomalous");
  return [...kinds].map(([name, own]) => ({
    ...{ why: "label", name, title: "", certain: true },
    windows: own.map(({ window }) => window),
  }));
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace(/:00\.000Z$|\.000Z$/, "Z");
}

/**
 * What was left out of a training and why, a line each, the most first; nothing where nothing was.
 *
 * @param excluded As the model says it.
 */
export function leftOutLines(excluded: readonly LeftOut[]): string[] {
  const size = ({ windows, sessions, takenIn }: LeftOut) => windows + sessions + takenIn;
  const lines = excluded.toSorted((a, b) => size(b) - size(a)).map(leftOutLine);
  const sum = (of: (one: LeftOut) => number) => excluded.reduce((total, one) => total + of(one), 0);
  const windows = sum(({ windows }) => windows), sessions = sum(({ sessions }) => sessions);
  return [
    ...(windows + sessions > 0 ? [`not learned from: ${countsText(windows, sessions)}`] : []),
    ...lines.slice(0, SHOWN),
    ...(lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more, smaller`] : []),
  ];
}

function leftOutLine({ why, name, title, windows, sessions, takenIn, share, from, to }: LeftOut): string {
  const span = Number.isNaN(from) ? "" : `, ${formatTime(from)} to ${formatTime(to)}`,
    alert = `alert ${name}: ${title}`;
  const what = {
    alert,
    sequel: `with errors that began in ${alert}`,
    asked: "as you asked",
    label: `labelled ${name}`,
  };
  if (takenIn === 0) return `- ${countsText(windows, sessions)}${span}: ${what[why]}`;
  const hint = why === "alert" ? `; \`deno task deepscan feedback ${name} true\` leaves them out` : "";
  const part = `${takenIn.toLocaleString("en")} (${Math.round(100 * share)} %)`;
  return `- learned from, as so many are usual by now: ${part}${span}: ${what[why]}${hint}`;
}

function countsText(windows: number, sessions: number): string {
  const count = (value: number, noun: string) =>
    `${value.toLocaleString("en")} ${noun}${value === 1 ? "" : "s"}`;
  if (sessions === 0) return count(windows, "window");
  return windows === 0
    ? count(sessions, "session")
    : `${count(windows, "window")} and ${count(sessions, "session")}`;
}
