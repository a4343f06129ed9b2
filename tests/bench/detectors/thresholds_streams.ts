/**
 * The streams that thresholds are measured on: real logs as counts of templates in windows.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { Miner } from "../../../lib/template/miner.ts";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import { REAL_LOGS } from "../../needs.ts";

/** A log as windows in order of time. */
export interface CountedStream {
  name: string;
  windowsPerDay: number;
  /** Events by template of each window; empty windows are there. */
  windows: ReadonlyMap<number, number>[];
  /** Templates in all. */
  templates: number;
  /** Windows that detectors are fitted on, and that the first line is drawn from. */
  fit: number;
  calibration: number;
  /** 1 = an attack is on: its alerts are no false ones; shape [windows]. */
  attacked: Uint8Array;
}

/** An event: when (ms), and of which template. */
interface Event {
  time: number;
  template: number;
  attack?: boolean;
}

const DAY = 86_400_000;

function linesOf(path: string): string[] {
  const bytes = Deno.readFileSync(new URL(path, REAL_LOGS));
  return gunzipSync(bytes).toString("utf8").split("\n").filter((line) => line !== "");
}

/** Numbers texts in order of first appearance. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** Requests by method, first part of the path, extension and status; times drawn anew over two weeks with a daily rhythm. */
function webEvents(seed: number): Event[] {
  const lines = linesOf("elastic_web/apache_logs.gz"), number = numbering(), random = seededRandom(seed);
  const times: number[] = [];
  while (times.length < lines.length) {
    const time = random() * 14 * DAY, rate = 1 + 0.6 * Math.sin(2 * Math.PI * time / DAY);
    if (random() * 1.6 < rate) times.push(time);
  }
  times.sort((a, b) => a - b);
  return lines.map((line, i) => {
    const [, method, path, status] = /"(\S+) ([^?\s"]*)[^"]*" (\d+)/.exec(line) ?? ["", "", "", ""];
    const [, first = "", extension = ""] = /^\/([^/]*).*?(?:\.(\w+))?$/.exec(path) ?? [];
    return { time: times[i], template: number(`${method} ${first} ${extension} ${status}`) };
  });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Syslog lines without a year: a month that comes before the last one is of the next year. */
function syslogEvents(path: string): Event[] {
  const miner = new Miner(), encoder = new TextEncoder(), events: Event[] = [];
  let year = 2015, last = 0;
  for (const line of linesOf(path)) {
    const match = /^(\w{3}) +(\d+) (\d+):(\d+):(\d+) \S+ (.*)$/.exec(line);
    if (!match) continue;
    const month = MONTHS.indexOf(match[1]), [day, hour, minute, second] = match.slice(2, 6).map(Number);
    if (month < last - 6) year++;
    last = month;
    const content = encoder.encode(match[6]);
    const template = miner.learnLine(content, 0, content.length);
    events.push({ time: Date.UTC(year, month, day, hour, minute, second), template });
  }
  for (const event of events) event.template = miner.resolve(event.template);
  return events.sort((a, b) => a.time - b.time);
}

/** Alerts of intrusion detection by their short name and host. */
function alertEvents(scenario: string): Event[] {
  const number = numbering();
  return linesOf(`ait_ads/${scenario}_alerts.txt.gz`).slice(1).map((line) => {
    const [label, short, host] = line.split(",").reverse().slice(1);
    return {
      time: 1000 * Number(line.slice(0, line.indexOf(","))),
      template: number(`${short} ${host}`),
      attack: label !== "false_positive",
    };
  }).sort((a, b) => a.time - b.time);
}

/** Spans of a stream in days, and the length of its windows in ms. */
interface Spans {
  name: string;
  size: number;
  fit: number;
  calibration: number;
}

function counted(events: Event[], { name, size, fit, calibration }: Spans): CountedStream {
  const first = Math.floor(events[0].time / size), count = Math.floor(events.at(-1)!.time / size) - first + 1;
  const windows = Array.from({ length: count }, () => new Map<number, number>()),
    attacked = new Uint8Array(count);
  for (const { time, template, attack } of events) {
    const window = Math.floor(time / size) - first;
    windows[window].set(template, (windows[window].get(template) ?? 0) + 1);
    if (attack) attacked[window] = 1;
  }
  const windowsPerDay = DAY / size, templates = 1 + Math.max(...events.map(({ template }) => template));
  return {
    name,
    windowsPerDay,
    windows,
    templates,
    fit: Math.round(fit * windowsPerDay),
    calibration: Math.round(calibration * windowsPerDay),
    attacked,
  };
}

/** Every stream, in its configurations of fit and calibration; each is read when it is asked for. */
export function* countedStreams(): Generator<CountedStream> {
  const halfHour = 1_800_000, hour = 3_600_000, fiveMinutes = 300_000;
  for (const [i, [fit, calibration]] of [[7, 3], [6, 3], [8, 3]].entries()) {
    yield counted(webEvents(7 * i), { name: `web ${i + 1}`, size: halfHour, fit, calibration });
  }
  const auth = syslogEvents("elastic_auth/auth.log.gz");
  for (const [i, [fit, calibration]] of [[12, 5], [10, 4], [14, 4]].entries()) {
    yield counted(auth, { name: `auth ${i + 1}`, size: hour, fit, calibration });
  }
  const linux = syslogEvents("linux_raw/Linux.log.gz");
  for (const [i, [fit, calibration]] of [[120, 44], [80, 30], [150, 44]].entries()) {
    yield counted(linux, { name: `linux ${i + 1}`, size: hour, fit, calibration });
  }
  for (const [name, calibration] of [["russellmitchell", 1], ["shaw", 2]] as const) {
    yield counted(alertEvents(name), { name: `ait ${name}`, size: fiveMinutes, fit: 1.5, calibration });
  }
}
