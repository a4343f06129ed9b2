export const help = `
Prints the whole reasoning of one verdict.

  deno task deepscan explain KEY [--stream NAME] [--config FILE] [--json]

KEY is a window (service@start) or a session, as alerts, the report and --verdicts name it.

  --stream NAME   where several streams know the key
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          the verdicts as JSON on standard output, with what their error messages mean
`;

import { parseArgs } from "node:util";
import { parametersOf, type Reason, reasonTitle, type State, type Verdict } from "../../lib/mod.ts";
import { errorTexts, meaningHeading, meaningLines, readMeanings } from "../alert/meanings.ts";
import { exampleText } from "../alert/message.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { countsText, detectorsText } from "../alert/wording.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";

/** Characters of a line of log that are shown. */
const LINE = 2000;
/** Values of it that are named, and characters of one. */
const VALUES = 12, VALUE = 80;
/** Messages we know that are named as like an error. */
const SIMILAR = 2;

/** `deno task deepscan explain`. */
export async function run(args: string[], context: Context): Promise<number> {
  const { key, stream, json } = optionsOf(args);
  const state = openEarlier(requirePlan(context), `explain ${plainLine(key, LINE)}`, { readOnly: true });
  try {
    const found = verdictsOn(key, stream, state);
    if (found.length === 0) throw new Error(`Cannot explain ${key}: no verdict has this key`);
    for (const verdict of found) context.stdout(await (json ? jsonOf(verdict) : textOf(verdict)));
    return 0;
  } finally {
    state.close();
  }
}

interface Options {
  key: string;
  stream: string | undefined;
  json: boolean;
}

function optionsOf(args: string[]): Options {
  try {
    const options = {
      stream: { type: "string" },
      config: { type: "string" },
      json: { type: "boolean" },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length === 1) {
      return { key: positionals[0], stream: values.stream, json: values.json ?? false };
    }
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
  throw new UsageError("Cannot explain: expected one KEY, as alerts name it");
}

/** The verdicts on a key; a session may be named without the time that it began at. */
function verdictsOn(key: string, stream: string | undefined, state: State): Verdict[] {
  const streams = stream === undefined ? state.streams() : [stream];
  const exact = streams.map((name) => state.verdict(name, key)).filter((verdict) => verdict !== null);
  if (exact.length > 0) return exact;
  return streams.flatMap((name) => state.sessionVerdicts(name, key));
}

/** A verdict on a line of its own; times in ISO 8601, `null` where there are none. */
async function jsonOf(verdict: Verdict): Promise<string> {
  const time = (value: number) => Number.isNaN(value) ? null : new Date(value).toISOString();
  const meanings = await readMeanings(errorTexts(verdict.reasons), { similar: SIMILAR });
  const { start, end } = verdict;
  return JSON.stringify({ ...verdict, start: time(start), end: time(end), meanings }) + "\n";
}

async function textOf(verdict: Verdict): Promise<string> {
  const { stream, key, kind, service, start, end, lines, score, threshold, anomalous, reasons } = verdict;
  const { detectors = [] } = verdict;
  const span = Number.isNaN(start) ? "no times" : `${formatTime(start)} to ${formatTime(end)}`;
  const text = [
    `${plainLine(key, LINE)}: ${anomalous ? "anomalous" : "normal"}, score ${
      score.toPrecision(3)
    } against ${threshold}`,
    `  ${kind} of stream ${stream}, service ${plainLine(service, LINE)}, ${span}, ${
      lines.toLocaleString("en")
    } records`,
  ];
  if (detectors.length > 0) text.push(`  raised by ${detectorsText(detectors)}`);
  for (const reason of reasons) text.push(...reasonLines(reason));
  const meanings = await readMeanings(errorTexts(reasons), { similar: SIMILAR });
  if (meanings.length > 0) text.push(`  ${meaningHeading(meanings)}:`);
  for (const meaning of meanings) {
    text.push(...meaningLines(meaning).map((line, i) => `${i === 0 ? "    " : "      "}${line}`));
  }
  return text.join("\n") + "\n";
}

function reasonLines(reason: Reason): string[] {
  const { id, share, title, detector, firstSeen, example } = reason;
  const seen = firstSeen === null ? "" : `, first seen ${formatTime(firstSeen)}`;
  const lines = [
    `  ${(100 * share).toFixed(0).padStart(3)} %  ${plainLine(reasonTitle(reason), LINE)}`,
    `         ${countsText(reason)}, by ${detector}${seen}`,
  ];
  if (example === "") return lines;
  const values = valuesOf(id.split(" ")[0], title, example);
  lines.push(`         │ ${exampleText(reason, LINE)}`);
  return values === "" ? lines : [...lines, `           ${values}`];
}

/** The values of a line, by the names that its template gives them; the line is redacted already. */
function valuesOf(id: string, title: string, example: string): string {
  const values = parametersOf({ id, text: title }, example, { anywhere: true, redact: (text) => text });
  return values.slice(0, VALUES).map(({ name, kind, text }) =>
    `${name} = ${plainLine(text, VALUE)} (${kind})`
  ).join(", ");
}
