/**
 * Makes the sample: six days of a small shop's logs, the first three clean, with what was planted in labels.
 *
 * From the command line: `deno run --allow-read=data --allow-write=data data/generate.ts [FOLDER] [--seed N] [--days N]`.
 *
 * @module
 */
import { DAY } from "./shop/calendar.ts";
import { type SampleIncident, toIncident, writeLabels } from "./shop/labels.ts";
import { writeLogs } from "./shop/log_file.ts";
import { CYCLE_DAYS, samplePlan } from "./shop/plan.ts";
import { Shop } from "./shop/shop.ts";

export { PLANTED_SECRETS } from "./shop/secrets.ts";
export { FILES } from "./shop/shop.ts";
export type { SampleIncident } from "./shop/labels.ts";
export type { HarmlessKind, IncidentKind } from "./shop/plan.ts";

/** What {@linkcode generateSample} may be told. */
export interface SampleOptions {
  /** Seed of everything random; default 1. */
  seed?: number;
  /** Days, the clean ones included; at least 1, default 6. After the sixth day the planted days begin anew. */
  days?: number;
  /** How many visitors, orders and operators there are; 1 by default. What runs by the clock stays as it is. */
  scale?: number;
  /** Whether anything is planted; default true. Without it every other line is the same, byte for byte. */
  planted?: boolean;
}

/** What is in the sample; `sample.json` holds the same. */
export interface SampleSummary {
  /** Changes with every change of what is generated. */
  version: number;
  seed: number;
  days: number;
  scale: number;
  planted: boolean;
  files: { name: string; lines: number; bytes: number }[];
  lines: number;
  bytes: number;
  /** First moment of the sample, milliseconds since the epoch. */
  start: number;
  /** Until here nothing is planted, milliseconds since the epoch. */
  cleanUntil: number;
  /** Just after the last moment, milliseconds since the epoch. */
  end: number;
  incidents: SampleIncident[];
  harmless: SampleIncident[];
}

/** Number of {@linkcode SampleSummary.version}. */
const VERSION = 1;

/** A Sunday, so that the clean days hold a weekend day as well as working days. */
const START = Date.UTC(2026, 2, 1);

function checked(options: SampleOptions): Required<SampleOptions> {
  const { seed = 1, days = 2 * CYCLE_DAYS, scale = 1, planted = true } = options;
  if (!Number.isInteger(seed) || seed < 0) {
    throw new RangeError(
      `Cannot generate sample: seed must be a whole number from 0, current value is ${seed}`,
    );
  }
  if (!Number.isInteger(days) || days < 1 || days > 366) {
    throw new RangeError(
      `Cannot generate sample: days must be a whole number from 1 to 366, current value is ${days}`,
    );
  }
  if (!(scale > 0) || scale > 10) {
    throw new RangeError(
      `Cannot generate sample: scale must be above 0 and at most 10, current value is ${scale}`,
    );
  }
  return { seed, days, scale, planted };
}

/** Writes everything into `folder`, `sample.json` last. */
function writeSample(folder: string, options: Required<SampleOptions>): SampleSummary {
  const { seed, days, scale, planted } = options;
  const start = START, end = START + days * DAY, cleanUntil = Math.min(end, START + CYCLE_DAYS * DAY);
  const shop = new Shop(seed, scale, start, planted ? samplePlan(cleanUntil, end) : []);
  const { files, seen } = writeLogs(shop, { from: start, to: end }, folder);
  const incidents = shop.plan.map((entry, i) => toIncident(entry, i, shop, seen[i]))
    .filter(({ records, missing }) => records + missing > 0);
  incidents.sort((a, b) => a.start < b.start ? -1 : a.start > b.start ? 1 : 0);
  writeLabels(shop, incidents, end, folder);
  const summary: SampleSummary = {
    version: VERSION,
    ...options,
    files: files.map(({ name, lines, bytes }) => ({ name, lines, bytes })),
    lines: files.reduce((sum, file) => sum + file.lines, 0),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    ...{ start, cleanUntil, end },
    incidents: incidents.filter((incident) => !incident.harmless),
    harmless: incidents.filter((incident) => incident.harmless),
  };
  Deno.writeTextFileSync(`${folder}/sample.json`, `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** The summary of the sample in `folder`; null where there is none. */
function readSummary(folder: string): SampleSummary | null {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/sample.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new Error(`Cannot read sample: ${folder}/sample.json is damaged`, { cause: error });
  }
}

/** Removes an earlier sample, and nothing that is not one. */
function makeRoom(folder: string): void {
  try {
    if (readSummary(folder) === null && [...Deno.readDirSync(folder)].length > 0) {
      throw new Error(`Cannot generate sample: folder holds something else, ${folder}`);
    }
    Deno.removeSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * Makes the sample anew: in `FOLDER.partial`, which becomes `folder` when everything is written. So a folder is either
 * a whole sample or not there, and what an interruption left is thrown away by the next call.
 *
 * The same options give the same bytes. An earlier sample is replaced; a folder with anything else in it is left alone.
 *
 * @param folder Where to; its parent is made if it is absent.
 * @param options Seed, days, scale, and whether anything is planted.
 * @throws {RangeError} if an option is out of its range.
 * @throws {Error} if `folder` holds something that is not a sample.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { generateSample } from "./generate.ts";
 *
 * const folder = Deno.makeTempDirSync();
 * const { lines, incidents } = generateSample(`${folder}/sample`, { days: 1, scale: .2 });
 * assert(lines > 5_000 && incidents.length === 0);
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function generateSample(folder: string, options: SampleOptions = {}): SampleSummary {
  const settings = checked(options);
  const target = folder.replace(/\/+$/, ""), partial = `${target}.partial`;
  makeRoom(target);
  try {
    Deno.removeSync(partial, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  Deno.mkdirSync(partial, { recursive: true });
  const summary = writeSample(partial, settings);
  Deno.renameSync(partial, target);
  return summary;
}

/**
 * The sample in `folder`, made only if it is absent or was made by other options or an earlier version.
 *
 * @param folder Where it is or shall be.
 * @param options As for {@linkcode generateSample}.
 * @throws As {@linkcode generateSample}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ensureSample } from "./generate.ts";
 *
 * const folder = Deno.makeTempDirSync();
 * const first = ensureSample(`${folder}/sample`, { days: 1, scale: .2 });
 * const second = ensureSample(`${folder}/sample`, { days: 1, scale: .2 });
 * assert(first.made && !second.made);
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function ensureSample(
  folder: string,
  options: SampleOptions = {},
): { summary: SampleSummary; made: boolean } {
  const settings = checked(options), present = readSummary(folder);
  const same = present !== null && present.version === VERSION &&
    (Object.keys(settings) as (keyof SampleOptions)[]).every((name) => present[name] === settings[name]);
  return same ? { summary: present, made: false } : { summary: generateSample(folder, settings), made: true };
}

const USAGE = `Makes the sample: six days of a small shop's logs, with labels.

  deno run --allow-read=data --allow-write=data data/generate.ts [FOLDER] [--seed N] [--days N]

FOLDER is data/sample unless told. An earlier sample in it is replaced.`;

/** Options of the command line; a text is what was wrong with them. */
function parseArguments(words: readonly string[]): { folder: string; options: SampleOptions } | string {
  const options: SampleOptions = {}, folders: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const name = words[i].slice(2);
    if (name === "seed" && words[i].startsWith("--") || words[i] === "--days") {
      const value = words[++i] ?? "";
      if (!/^\d+$/.test(value)) return `Cannot read --${name}: expected a whole number, got "${value}"`;
      options[name as "seed" | "days"] = Number(value);
    } else if (words[i].startsWith("-")) return `Cannot read arguments: unknown option ${words[i]}`;
    else folders.push(words[i]);
  }
  if (folders.length > 1) return `Cannot read arguments: expected one folder, got ${folders.join(" ")}`;
  return { folder: folders[0] ?? `${import.meta.dirname}/sample`, options };
}

if (import.meta.main) {
  const wanted = parseArguments(Deno.args);
  if (Deno.args.includes("--help")) console.log(USAGE);
  else if (typeof wanted === "string") {
    console.error(`${wanted}\n\n${USAGE}`);
    Deno.exit(2);
  } else {
    const { lines, bytes, incidents, harmless } = generateSample(wanted.folder, wanted.options);
    const size = (bytes / 1_000_000).toFixed(1);
    console.log(
      `${wanted.folder}: ${lines} lines, ${size} MB, ${incidents.length} incidents, ${harmless.length} harmless`,
    );
  }
}
