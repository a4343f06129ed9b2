/**
 * A log with certain truth, made of a package's log calls.
 *
 * @module
 */
import { Random } from "../../../data/shop/random.ts";
import { packageCalls } from "./extract/package_calls.ts";
import type { LogCall } from "./extract/log_call.ts";
import { fetchPackage } from "./fetch.ts";
import type { FieldStyle, Package } from "./packages.ts";
import { recordEvents } from "./values/records.ts";
import type { Draw } from "./values/failure.ts";
import { makeProfile } from "./values/profile.ts";
import { makeWorld, type World } from "./values/world.ts";

/** Lines and the true template of each. */
export interface LabelledLog {
  lines: string[];
  templates: string[];
}

/** An event that a log can hold. */
export interface Event {
  template: string;
  draw: Draw;
}

/** How a labelled log is made. */
export interface LabelledLogOptions {
  name: string;
  language: Package["language"];
  fields?: FieldStyle;
  /** 0: a log that may be read; 1: one whose words and records are others. Default 0. */
  half?: 0 | 1;
  /** Default 4,000. */
  lines?: number;
  /** Events at most. Default 400. */
  events?: number;
  /** Default 1. */
  seed?: number;
}

/** The labelled log of a package: fetched where the cache has none of it. */
export async function packageLog(from: Package, half: 0 | 1, seed = 1): Promise<LabelledLog> {
  return labelledLog(packageCalls(await fetchPackage(from), from.language), { ...from, half, seed });
}

/** The labelled log of calls: each event is one text, its lines come by Zipf's law. */
export function labelledLog(calls: readonly LogCall[], options: LabelledLogOptions): LabelledLog {
  const { name, language, half = 0, lines = 4000, events: most = 400, seed = 1 } = options;
  const world = makeWorld(name, { language, half, seed }),
    random = new Random(seed, `events ${name}`),
    seen = new Map<string, Event>();
  for (const call of calls) {
    const event = eventOf(call, { world, style: options.fields ?? "pairs" });
    if (event && !seen.has(event.template)) seen.set(event.template, event);
  }
  const events = shuffled([...seen.values()], random).slice(0, most);
  for (const event of shuffled(recordEvents(world), random).slice(0, 3)) {
    events.splice(random.integer(Math.min(6, events.length), Math.min(40, events.length)), 0, event);
  }
  const weights = cumulative(events.length), log: LabelledLog = { lines: [], templates: [] };
  while (log.lines.length < lines) {
    const { template, draw } = events[place(weights, random.next())];
    log.lines.push(oneLine(draw()));
    log.templates.push(template);
  }
  return log;
}

/** Text on one line without blanks around. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]\s*/g, " ").trim();
}

/** The event of a call; `null` where its text tells no event, or not for certain. */
export function eventOf(
  { parts, fields }: LogCall,
  { world, style }: { world: World; style: FieldStyle },
): Event | null {
  const texts = parts.map((part) => (typeof part === "string" ? printable(part) : "\0")).join("").replaceAll(
    /\0\0+/g,
    "\0",
  ).split("\0");
  let before = -1;
  const draws: (string | Draw)[] = parts.map((part) => {
    if (typeof part === "string") return printable(part);
    before++;
    return makeProfile({ ...part, before: texts[before] ?? "", after: texts[before + 1] ?? "" }, world).draw;
  });
  let template = draws.map((part) => (typeof part === "string" ? part : "<*>")).join("");
  if (fields.length > 0) {
    const written = style === "json" ? jsonFields(fields, world) : pairFields(fields, world);
    template = `${template.trim()} ${written.template}`;
    trimEnd(draws);
    draws.push(" ", written.draw);
  }
  template = template.trim();
  if (!tellsAnEvent(template)) return null;
  return {
    template: plainTruth(template),
    draw: () => draws.map((part) => (typeof part === "string" ? part : part())).join(""),
  };
}

function trimEnd(draws: (string | Draw)[]): void {
  const last = draws.at(-1);
  if (typeof last === "string") draws[draws.length - 1] = last.trimEnd();
}

/** Without the codes of colours. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- the codes begin with one
  return text.replaceAll(/\x1b\[[\d;]*m/g, "");
}

/** A word at least, no line breaks, and values that don't touch. */
function tellsAnEvent(template: string): boolean {
  const words = template.replaceAll("<*>", " ").match(/[A-Za-z]{3,}/g) ?? [];
  const letters = words.join("").length;
  return letters >= 4 && template.length <= 300 && !template.includes("<*><*>") &&
    !/[\r\n]|[^\x20-\uffff]/.test(template);
}

/**
 * The text of a template as corrected labels have it: values glued by a mark are one (`host:port`, `a/b`), and a number is a value
 * though the source has it.
 *
 * @see Khan et al., "Guidelines for Assessing the Accuracy of Log Message Template Identification Techniques", ICSE 2022
 */
function plainTruth(template: string): string {
  let text = template.replaceAll(/(?<![\w.<*>-])-?\d+(\.\d+)?(?![\w<*>-]|\.\d)/g, "<*>"), last = "";
  while (last !== text) {
    last = text;
    text = text.replaceAll(/<\*>[:./]<\*>/g, "<*>").replaceAll(/ {2,}/g, " ");
  }
  return text;
}

function pairFields(fields: LogCall["fields"], world: World): Event {
  const profiles = fields.map(({ key, hole }) =>
    makeProfile({ ...hole, before: `${key}=`, after: " " }, world)
  );
  const shown = (
    value: string,
  ) => (/[\s"=]/.test(value) || value === "" ? `"${value.replaceAll('"', "'")}"` : value);
  return {
    template: fields.map(({ key }) => `${key}=<*>`).join(" "),
    draw: () => fields.map(({ key }, i) => `${key}=${shown(profiles[i].draw())}`).join(" "),
  };
}

/** Fields as JSON: a place is in quotes always or never, as its truth says. */
function jsonFields(fields: LogCall["fields"], world: World): Event {
  const profiles = fields.map(({ key, hole }) =>
    makeProfile({ ...hole, before: `${key}=`, after: " " }, world)
  );
  const bare = profiles.map(({ kind, optional }) =>
    optional || ["count", "bigCount", "float", "port", "flag", "percent"].includes(kind)
  );
  const shown = (value: string, i: number) => {
    if (!bare[i]) return JSON.stringify(value);
    return /^(-?\d+(\.\d+)?|true|false|null)$/.test(value)
      ? value
      : value === "undefined" || value === "None"
      ? "null"
      : JSON.stringify(value);
  };
  return {
    template: `{${fields.map(({ key }, i) => `"${key}":${bare[i] ? "<*>" : '"<*>"'}`).join(",")}}`,
    draw: () => `{${fields.map(({ key }, i) => `"${key}":${shown(profiles[i].draw(), i)}`).join(",")}}`,
  };
}

function shuffled<T>(values: T[], random: Random): T[] {
  for (let i = values.length - 1; i > 0; i--) {
    const other = random.integer(0, i);
    [values[i], values[other]] = [values[other], values[i]];
  }
  return values;
}

/** Shares of 1, 1/2, 1/3 …, summed up to 1. */
function cumulative(length: number): Float64Array {
  const sums = new Float64Array(length);
  let sum = 0;
  for (let i = 0; i < length; i++) sums[i] = sum += 1 / (i + 1);
  return sums.map((value) => value / sum);
}

/** The first place whose sum is above `share`. */
function place(sums: Float64Array, share: number): number {
  let low = 0, high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > share) high = middle;
    else low = middle + 1;
  }
  return low;
}
