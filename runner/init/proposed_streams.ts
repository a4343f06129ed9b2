/**
 * Logs → streams: which belong to one kind, and how to name their files.
 *
 * @module
 */
import { logName } from "../../lib/mod.ts";
import { baseNameOf, type SeenLog } from "./seen_logs.ts";
import { proposeSession, type SessionProposal } from "./session_proposal.ts";

/** A stream as `deepscan init` proposes it. */
export interface ProposedStream {
  name: string;
  /** Patterns that match its files and none of another stream's; absolute. */
  inputs: string[];
  logs: SeenLog[];
  format: string;
  /** As in the settings; absent = the stream's name. */
  service: "field" | "file" | undefined;
  session: SessionProposal | null;
  /** What was seen of an index; absent = the stream is one of files. */
  index?: ProposedIndex;
}

/** An index as a stream. */
export interface ProposedIndex {
  /** What was seen, for people, a line each. */
  seen: string[];
  /** Further lines of the stream's settings. */
  settings: string[];
  services: string[];
  /** Latest time, ms since the epoch; `null` = there is none. */
  lastTime: number | null;
}

/** Whether there is something to judge in a log: times for windows, or ids for sessions. */
export function canBeJudged(log: SeenLog): boolean {
  return log.timed >= 0.5 || proposeSession(log.lines) !== null;
}

/**
 * Puts logs together that are of one format, lie in one folder and whose names differ by numbers only.
 *
 * @param logs In any order.
 */
export function proposeStreams(logs: readonly SeenLog[]): ProposedStream[] {
  const groups = new Map<string, SeenLog[]>();
  for (const log of logs) {
    const key = `${log.format} ${log.path.replace(/\d+/g, "#")}`;
    groups.set(key, [...groups.get(key) ?? [], log]);
  }
  const names = new Set<string>();
  const every = logs.flatMap((log) => log.files);
  return [...groups.values()].map((group) => ({
    name: freeName(group[0], names),
    inputs: patternsOf(group, every),
    logs: group,
    format: group[0].format,
    service: serviceOf(group),
    session: proposeSession(group.flatMap((log) => log.lines)),
  }));
}

/** The log's own name, with its folder's before it where that is taken, then with a number. */
function freeName(log: SeenLog, taken: Set<string>): string {
  const base = baseNameOf(log);
  const folder = log.path.split("/").at(-2)?.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[._-]+/, "") ?? "";
  const candidates = [base, ...(folder === "" ? [] : [`${folder}-${base}`])];
  for (let n = 2; candidates.every((name) => taken.has(name)); n++) candidates.push(`${base}-${n}`);
  const name = candidates.find((candidate) => !taken.has(candidate))!;
  taken.add(name);
  return name;
}

/** Formats whose own field names a program, not a class within one. */
const NAMING = new Set(["syslog", "json"]);

function serviceOf(logs: readonly SeenLog[]): "field" | "file" | undefined {
  const services = new Set(logs.flatMap((log) => log.services));
  if (NAMING.has(logs[0].format) && services.size > 1) return "field";
  return new Set(logs.map((log) => logName(log.path))).size > 1 ? "file" : undefined;
}

/**
 * Patterns that match the logs' files and none of the others: one for all if there is such, else one for each log, else
 * the files themselves.
 *
 * @param logs Logs of one stream.
 * @param every All files that were seen.
 */
export function patternsOf(
  logs: readonly Pick<SeenLog, "path" | "files">[],
  every: readonly string[],
): string[] {
  const files = logs.flatMap((log) => log.files);
  const [{ path }] = logs;
  const slash = path.lastIndexOf("/") + 1, dot = path.lastIndexOf(".");
  const extension = dot > slash ? path.slice(dot) : "";
  const start = commonStart(files);
  const candidates = [
    `${escaped(path)}*`,
    `${withoutDifferingNumbers(logs.map((log) => log.path))}*`,
    `${escaped(start)}*${escaped(extension)}*`,
    `${escaped(start)}*`,
  ];
  const fitting = candidates.find((pattern) => fits(pattern, files, every));
  if (fitting !== undefined) return [fitting];
  return logs.length === 1 ? files.map(escaped) : logs.flatMap((log) => patternsOf([log], every));
}

function fits(pattern: string, files: readonly string[], every: readonly string[]): boolean {
  const expression = expressionOf(pattern);
  return every.every((file) => expression.test(file) === files.includes(file));
}

/** The paths as one pattern: `*` for each number that is not the same in all. */
function withoutDifferingNumbers(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split(/(\d+)/)); // every second part is a number
  return first.map((part, i) => others.every((other) => other[i] === part) ? escaped(part) : "*").join("");
}

/** What all names begin with, without a number at its end. */
function commonStart(names: readonly string[]): string {
  let start = names[0];
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1);
  const slash = start.lastIndexOf("/") + 1;
  return start.slice(0, slash) + start.slice(slash).replace(/\d+$/, "");
}

/** A path as a pattern that matches it alone. */
function escaped(path: string): string {
  return path.replace(/[*?[\]{}\\]/g, "\\$&");
}

/** A pattern of {@linkcode escaped} parts and `*` as a regular expression. */
function expressionOf(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\*|[^\\*]/g, (part, character) => {
    if (part === "*") return "[^/]*";
    return (character ?? part).replace(/[.+^${}()|[\]\\*?/-]/g, "\\$&");
  });
  return new RegExp(`^${source}$`);
}
