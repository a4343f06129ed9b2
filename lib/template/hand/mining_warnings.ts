/**
 * Signs that mining goes badly, and what to do about each.
 *
 * @module
 */
import type { LineageEvent } from "../lineage.ts";
import type { MiningQuality } from "../miner.ts";
import { WILDCARD } from "../mask/token.ts";
import type { Template } from "../template.ts";

/** What can be wrong. */
export type MiningWarningKind =
  | "too many templates"
  | "one template for most lines"
  | "new templates do not stop"
  | "too many templates of one line"
  | "nothing repeats"
  | "lines over the limit";

/** A sign that mining goes badly. */
export interface MiningWarning {
  kind: MiningWarningKind;
  /** What was seen, as a sentence without a full stop. */
  text: string;
  /** What to do about it, likewise. */
  advice: string;
  /** The numbers in the text, by name. */
  figures: Record<string, number>;
}

/** What {@linkcode miningWarnings} looks at: a `Miner` gives the first three. */
export interface MiningFigures {
  quality: Pick<MiningQuality, "lines" | "outlined">;
  /** The templates as they are now. */
  templates: Iterable<Template>;
  /** What happened to them, in order; only births count. Default none: whether new ones stop is not looked at. */
  lineage?: Iterable<LineageEvent>;
  /** Lines that were cut because they were over the limit; default 0. */
  cutLines?: number;
}

/** Fewer lines say nothing about how mining goes. */
const LEAST_LINES = 1000;
/**
 * Templates that are too many: this × √lines. Templates grow about as vocabulary does (Heaps' law, exponent near ½): in public
 * collections of logs the richest 2,000 lines have some 340 templates (7.6 × √2,000), and longer ones have fewer for their length.
 */
const TEMPLATES_PER_ROOT = 8;
/** Share of the lines that one template of hardly any words has to take. A busy event of many words may take nearly all. */
const SWALLOWED = 0.3, VALUES_PER_WORD = 3;
/**
 * Births in the later half of the lines: this × √lines at least (as for {@linkcode TEMPLATES_PER_ROOT}: a syslog of 2,000 lines
 * with dozens of daemons has 95, 2.1 × √2,000), and this many times those before.
 */
const BIRTHS_PER_ROOT = 3, STEADY = 0.7;
/**
 * Share of the templates that stand for one line each; rare events are a third of the templates even in well-mined logs. And
 * this × √lines at least.
 */
const ONE_LINE = 0.6, ONE_LINE_PER_ROOT = 3;
/** New templates while scanning: at least so many, on at least this share of the records. */
const BIRTHS = 50, BIRTH_SHARE = 0.01;
/** Share of lines of which something must be wrong, for lines over the limit and lines that were not learned from. */
const SOME = 0.001;

/** What helps where values are taken for words. */
const MASK =
  "see what varies in `deno task deepscan parse`; name it under `templates: masks:` in deepscan.yaml, and train anew";

/**
 * Signs that mining goes badly; none where all is well. Cheap: it looks at the templates, not at lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Miner } from "../miner.ts";
 * import { miningWarnings } from "./mining_warnings.ts";
 *
 * const miner = new Miner();
 * for (let i = 0; i < 2000; i++) {
 *   const bytes = new TextEncoder().encode(`${Math.sin(i)} ${i} ${Math.cos(i)}`);
 *   miner.learnLine(bytes, 0, bytes.length);
 * }
 * const { quality, lineage } = miner;
 * const [warning] = miningWarnings({ quality, lineage, templates: miner.templates().values() });
 * assert.equal(warning.kind, "one template for most lines");
 * assert.equal(warning.figures.lines, 2000);
 * ```
 */
export function miningWarnings(figures: MiningFigures): MiningWarning[] {
  const { quality: { lines }, cutLines = 0 } = figures, templates = [...figures.templates];
  const found = lines < LEAST_LINES ? [] : [
    nothingRepeats(figures),
    tooMany(templates, lines),
    swallowing(templates, lines),
    restless([...figures.lineage ?? []], lines),
    oneLine(templates, lines),
  ];
  return [...found, overLimit(cutLines, lines)].filter((warning) => warning !== null);
}

/** What a scan met, for {@linkcode scanWarnings}. */
export interface ScanFigures {
  /** Records that were read. */
  records: number;
  /** Templates that were born from them. */
  births: number;
}

/**
 * Signs that a model's templates don't fit the lines any more: where scanning goes on to meet new ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scanWarnings } from "./mining_warnings.ts";
 *
 * assert.deepEqual(scanWarnings({ records: 100_000, births: 20 }), []);
 * assert.equal(scanWarnings({ records: 10_000, births: 400 })[0].kind, "new templates do not stop");
 * ```
 */
export function scanWarnings({ records, births }: ScanFigures): MiningWarning[] {
  if (records < LEAST_LINES || births < Math.max(BIRTHS, BIRTH_SHARE * records)) return [];
  return [{
    kind: "new templates do not stop",
    text: `${count(births)} new templates in ${count(records)} records that the model was not trained on`,
    advice:
      `if these lines are normal, learn from them by \`deno task train\`; if values are taken for words: ${MASK}`,
    figures: { records, births },
  }];
}

function nothingRepeats({ quality: { lines, outlined } }: MiningFigures): MiningWarning | null {
  if (outlined < lines * SOME) return null;
  return {
    kind: "nothing repeats",
    text: `${count(outlined)} of ${count(lines)} lines are told apart by length and punctuation only, ` +
      "because nearly every line was new",
    advice:
      `look whether the format was told rightly (\`--format\`), and whether this is a log of events at all; ${MASK}`,
    figures: { lines, outlined },
  };
}

function tooMany(templates: readonly Template[], lines: number): MiningWarning | null {
  const most = Math.round(TEMPLATES_PER_ROOT * Math.sqrt(lines));
  if (templates.length <= most) return null;
  return {
    kind: "too many templates",
    text: `${count(templates.length)} templates for ${count(lines)} lines; up to ${
      count(most)
    } would be usual`,
    advice: `values are taken for words: ${MASK}`,
    figures: { lines, templates: templates.length, usual: most },
  };
}

/** One template that has many lines and hardly a word of its own. */
function swallowing(templates: readonly Template[], lines: number): MiningWarning | null {
  const poor = templates.filter(({ count, text }) => count >= lines * SWALLOWED && isMostlyValues(text));
  const worst = poor.sort((a, b) => b.count - a.count)[0];
  if (worst === undefined) return null;
  return {
    kind: "one template for most lines",
    text: `${percent(worst.count / lines)} of the lines are one template that is mostly values: ${
      shown(worst.text)
    }`,
    advice:
      "look at its lines; if they are several events, pin those under `templates: pins:` in deepscan.yaml, or name the format (`--format`)",
    figures: { lines, swallowed: worst.count },
  };
}

function restless(lineage: readonly LineageEvent[], lines: number): MiningWarning | null {
  const births = lineage.filter(({ kind }) => kind === "birth").map(({ line }) => line);
  const later = births.filter((line) => line > lines / 2).length;
  const before = births.filter((line) => line > lines / 4 && line <= lines / 2).length * 2; // as if as long
  if (later < Math.max(BIRTHS_PER_ROOT * Math.sqrt(lines), STEADY * before)) return null;
  return {
    kind: "new templates do not stop",
    text: `${count(later)} new kinds of line in the last ${count(Math.floor(lines / 2))} lines, ` +
      `${count(before / 2)} in the ${count(Math.floor(lines / 4))} before`,
    advice:
      `either the training is too short for what the log can say, or values are taken for words: ${MASK}`,
    figures: { lines, later, before: before / 2 },
  };
}

function oneLine(templates: readonly Template[], lines: number): MiningWarning | null {
  const single = templates.filter((template) => template.count === 1);
  const least = Math.max(ONE_LINE_PER_ROOT * Math.sqrt(lines), ONE_LINE * templates.length);
  if (single.length < least) return null;
  return {
    kind: "too many templates of one line",
    text: `${count(single.length)} of ${count(templates.length)} templates stand for one line each, such as ${
      shown(single[0].text)
    }`,
    advice: `learn from more lines; if it stays, values are taken for words: ${MASK}`,
    figures: { templates: templates.length, single: single.length },
  };
}

function overLimit(cut: number, lines: number): MiningWarning | null {
  if (cut === 0 || cut < lines * SOME) return null;
  return {
    kind: "lines over the limit",
    text: cut === 1
      ? "one line is longer than a line may be and was cut: its end is not looked at"
      : `${count(cut)} lines are longer than a line may be and were cut: their ends are not looked at`,
    advice:
      "look whether lines end as they should; data that is dumped into a log belongs into a file of its own",
    figures: { lines, cut },
  };
}

/**
 * Whether a text has hardly a word beside its values. Where it begins with a word, lines say first what happened, and the rest
 * are its values, however many: `"GET <*> <*>" <*> <*>` is one event. A label (`sshd:`, `[app]`, `id=`) says who or what, not that.
 */
function isMostlyValues(text: string): boolean {
  if (VERB.test(text)) return false;
  const values = text.split(WILDCARD).length - 1;
  return values > VALUES_PER_WORD * (text.replaceAll(WILDCARD, " ").match(/[\p{L}]{2,}/gu) ?? []).length;
}

const VERB = /^\s*["'`]?\p{L}[\p{L}\p{N}_-]+(?=[\s(])/u;

/** A template's text on one line, not too long. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return `\`${line.length > 80 ? `${line.slice(0, 80)}…` : line}\``;
}

const count = (value: number) => value.toLocaleString("en");
const percent = (share: number) => `${Math.round(100 * share)} %`;
