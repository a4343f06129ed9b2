/**
 * Labelled sessions of real logs, as windows that detectors are given: templates are mined on the training sessions' lines,
 * then frozen; what else occurs is provisional.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { seededPermutation, seededRandom } from "../../../lib/detector/seeded_random.ts";
import type { EventWindow, TemplateNames } from "../../../lib/feature/event_window.ts";
import { severityOfName } from "../../../lib/record/severity.ts";
import { Miner } from "../../../lib/template/miner.ts";
import { REAL_LOGS } from "../../needs.ts";

/** Sessions to train on, and sessions to judge with their labels. */
export interface SessionSet {
  /** In order of completion. */
  train: EventWindow[];
  /** In order of completion. */
  test: EventWindow[];
  /** 1 = anomalous, shape [test.length]. */
  labels: Uint8Array;
  names: TemplateNames;
}

/** Lines by session, before templates. */
export interface SessionLog {
  /** Messages, without their headers. */
  lines: Uint8Array[];
  /** OpenTelemetry `SeverityNumber`, shape [lines.length]. */
  severity: Uint8Array;
  /** Milliseconds, or NaN, shape [lines.length]. */
  times: Float64Array;
  /** Lines of each session, in order; sessions in order of their first line. */
  sessions: Int32Array[];
  /** 1 = anomalous, shape [sessions.length]. */
  labels: Uint8Array;
}

/** Which sessions train and which are judged, by their numbers, both in order of completion. */
export interface Split {
  train: number[];
  test: number[];
}

const encoder = new TextEncoder();

/** The text of a file of the real logs, unpacked. */
function realText(path: string): string {
  const bytes = Deno.readFileSync(new URL(path, REAL_LOGS));
  return new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** HDFS, the sample of 2 % of the blocks. */
export function hdfsLog(): SessionLog {
  const lines = realText("hdfs_loglead_2pct/HDFS_2pct.log.gz").trimEnd().split("\n");
  const labelled = realText("hdfs_loglead_2pct/HDFS_2pct_labels.csv").trimEnd().split("\n").slice(1);
  const labels = new Map(labelled.map((line) => line.split(",") as [string, string]));
  const header = /^(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d) \d+ (\w+) [^:]*: (.*)$/;
  const parsed = lines.map((line) => {
    const [, year, month, day, hour, minute, second, level, message] = header.exec(line) ?? [];
    if (message === undefined) throw new SyntaxError(`Cannot read HDFS: line ${line}`);
    const time = Date.UTC(2000 + Number(year), Number(month) - 1, +day, +hour, +minute, +second);
    return { keys: message.match(/blk_-?\d+/g) ?? [], message, time, severity: severityOfName(level) };
  });
  return sessionLog(parsed, (key) => labels.get(key) === "Anomaly");
}

/** A log's lines by their keys; `isAnomalous` tells the label of a key. */
function sessionLog(
  parsed: readonly { keys: readonly string[]; message: string; time: number; severity: number }[],
  isAnomalous: (key: string) => boolean,
): SessionLog {
  const sessions = new Map<string, number[]>();
  parsed.forEach(({ keys }, line) => {
    for (const key of new Set(keys)) sessions.get(key)?.push(line) ?? sessions.set(key, [line]);
  });
  return {
    lines: parsed.map(({ message }) => encoder.encode(message)),
    severity: Uint8Array.from(parsed, ({ severity }) => severity),
    times: Float64Array.from(parsed, ({ time }) => time),
    sessions: [...sessions.values()].map((lines) => Int32Array.from(lines)),
    labels: Uint8Array.from(sessions.keys(), (key) => isAnomalous(key) ? 1 : 0),
  };
}

/**
 * How the sessions of a log are divided: `random` = a share of the normal ones; `chronological` = the normal ones of the first
 * share by first line; `completed` = of the first share by last line. Unlabelled: anomalous ones train, too.
 */
export function splitSessions(
  { sessions, labels }: SessionLog,
  { protocol, share, unlabelled = false, seed = 0 }: {
    protocol: "random" | "chronological" | "completed";
    share: number;
    unlabelled?: boolean;
    seed?: number;
  },
): Split {
  const completed = sessions.map((_, i) => i).sort((a, b) => sessions[a].at(-1)! - sessions[b].at(-1)!);
  const train = new Set<number>(), seen = new Set<number>();
  if (protocol === "random") {
    const drawn = [...seededPermutation(sessions.length, seededRandom(seed))].filter((i) =>
      unlabelled || labels[i] === 0
    );
    for (const i of drawn.slice(0, Math.round(drawn.length * share))) train.add(i), seen.add(i);
  } else {
    const order = protocol === "completed" ? completed : sessions.map((_, i) => i);
    for (const i of order.slice(0, Math.floor(order.length * share))) {
      seen.add(i);
      if (unlabelled || labels[i] === 0) train.add(i);
    }
  }
  return { train: completed.filter((i) => train.has(i)), test: completed.filter((i) => !seen.has(i)) };
}

/** Mines templates on the training sessions' lines and makes windows of all. */
export function sessionSet(log: SessionLog, { train, test }: Split): SessionSet {
  const miner = new Miner(), training = new Set<number>();
  for (const i of train) for (const line of log.sessions[i]) training.add(line);
  for (const line of [...training].sort((a, b) => a - b)) {
    miner.learnLine(log.lines[line], 0, log.lines[line].length, log.severity[line]);
  }
  const { catalogue } = miner.freeze(), templates = new Int32Array(log.lines.length).fill(-1);
  const templateOf = (line: number) => {
    if (templates[line] < 0) {
      templates[line] = catalogue.matchLine(log.lines[line], 0, log.lines[line].length, log.severity[line]);
    }
    return templates[line];
  };
  const build = new WindowBuilder(),
    windowOf = (i: number) => {
      const lines = log.sessions[i], times = [...lines].map((line) => log.times[line]);
      const levels = lines.map((line) => levelClass(log.severity[line]));
      return build.window(lines.map(templateOf), levels, [Math.min(...times), Math.max(...times)]);
    };
  return {
    train: train.map(windowOf),
    test: test.map(windowOf),
    labels: Uint8Array.from(test, (i) => log.labels[i]),
    names: {
      id: (index) => catalogue.template(index).id,
      text: (index) => catalogue.template(index).text,
      severity: (index) => catalogue.template(index).severity,
      indexOf: (id) => catalogue.indexOf(id),
    },
  };
}

/** None, debug, info, warn, error, fatal. */
function levelClass(severity: number): number {
  return severity === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.max(0, severity - 5) / 4));
}

/** Makes windows, equal counts and equal orders once. */
export class WindowBuilder {
  readonly #events = new Map<string, EventWindow["events"]>();
  readonly #sequences = new Map<string, Int32Array>();

  window(sequence: Int32Array, levels: ArrayLike<number>, [start, end] = [NaN, NaN]): EventWindow {
    const count = new Map<number, number>(), level = new Map<number, number>();
    sequence.forEach((template, i) => {
      count.set(template, (count.get(template) ?? 0) + 1);
      level.set(template, Math.max(level.get(template) ?? 0, levels[i] ?? 0));
    });
    const templates = Int32Array.from(count.keys()).sort();
    const events = {
      templates,
      counts: templates.map((template) => count.get(template)!),
      levels: Uint8Array.from(templates, (template) => level.get(template)!),
    };
    const key = `${templates} ${events.counts} ${events.levels}`, order = sequence.join();
    const sharedEvents = this.#events.get(key) ?? events, shared = this.#sequences.get(order) ?? sequence;
    this.#events.set(key, sharedEvents);
    this.#sequences.set(order, shared);
    return { start, end, lines: sequence.length, events: sharedEvents, sequence: shared };
  }
}

/** The windows of named events: for sessions whose lines are event names already. */
export function namedSet(
  { train, test, labels }: { train: string[][]; test: string[][]; labels: ArrayLike<number> },
): SessionSet {
  const names: string[] = [], index = new Map<string, number>(), build = new WindowBuilder();
  const numberOf = (name: string) => {
    const known = index.get(name);
    if (known !== undefined) return known;
    index.set(name, names.length);
    return names.push(name) - 1;
  };
  const windowOf = (events: string[]) => build.window(Int32Array.from(events, numberOf), []);
  return {
    train: train.map(windowOf),
    test: test.map(windowOf),
    labels: Uint8Array.from(labels),
    names: {
      id: (i) => names[i],
      text: (i) => names[i],
      severity: () => 0,
      indexOf: (id) => index.get(id) ?? -1,
    },
  };
}

/** ADFA-LD: system-call traces, its own division. */
export function adfaSet(): SessionSet {
  const read = (name: string) => {
    const traces = new Map<string, string[]>();
    for (const line of realText(`adfa_ld_sessions/${name}.log.gz`).trimEnd().split("\n")) {
      const [, key, event] = /trace=(\S+) (.*)/.exec(line)!;
      traces.get(key)?.push(event) ?? traces.set(key, [event]);
    }
    return traces;
  };
  const labels = new Map(
    realText("adfa_ld_sessions/labels.csv").trimEnd().split("\n").slice(1).map((line) =>
      line.split(",") as [string, string]
    ),
  );
  const train = read("train"), test = read("test");
  return namedSet({
    train: [...train.values()],
    test: [...test.values()],
    labels: Uint8Array.from(test.keys(), (key) => Number(labels.get(key))),
  });
}

/** HDFS's first 100,000 lines by session, its own division: normal sessions train. */
export function hdfs100kSet(): SessionSet {
  const read = (name: string) =>
    realText(`hdfs_100k_sessions/hdfs_0.0_tar_session_${name}.jsonl.gz`).trimEnd().split("\n")
      .map((line) => JSON.parse(line) as { label: number; templates: string[] });
  const train = read("train").filter(({ label }) => label === 0), test = read("test");
  return namedSet({
    train: train.map(({ templates }) => templates),
    test: test.map(({ templates }) => templates),
    labels: Uint8Array.from(test, ({ label }) => label),
  });
}
