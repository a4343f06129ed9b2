export const help = `
Prints the whole reasoning of one verdict.

  deno task deepscan explain KEY [--stream NAME] [--config FILE]

KEY is a window (service@start) or a session, as alerts, the report and --verdicts name it.

  --stream NAME   where several streams know the key
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
`;

import { parseArgs } from "node:util";
import { parametersOf, type State, type Verdict } from "../../lib/mod.ts";
import { formatCount, formatTime, plainLine } from "../alert/plain_text.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";

/** Characters of a line of log that are shown. */
const LINE = 2000;
/** Values of it that are named, and characters of one. */
const VALUES = 12, VALUE = 80;

/** `deno task deepscan explain`. */
export function run(args: string[], context: Context): Promise<number> {
  const { key, stream } = optionsOf(args);
  const state = openEarlier(requirePlan(context), `explain ${plainLine(key, LINE)}`, { readOnly: true });
  try {
    const found = verdictsOn(key, stream, state);
    if (found.length === 0) throw new Error(`Cannot explain ${key}: no verdict has this key`);
    for (const verdict of found) context.stdout(textOf(verdict));
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

function optionsOf(args: string[]): { key: string; stream: string | undefined } {
  try {
    const options = { stream: { type: "string" }, config: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length === 1) return { key: positionals[0], stream: values.stream };
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

function textOf(verdict: Verdict): string {
  const { stream, key, kind, service, start, end, lines, score, threshold, anomalous, reasons } = verdict;
  const span = Number.isNaN(start) ? "no times" : `${formatTime(start)} to ${formatTime(end)}`;
  const text = [
    `${plainLine(key, LINE)}: ${anomalous ? "anomalous" : "normal"}, score ${
      score.toPrecision(3)
    } against ${threshold}`,
    `  ${kind} of stream ${stream}, service ${plainLine(service, LINE)}, ${span}, ${
      lines.toLocaleString("en")
    } records`,
  ];
  for (const { id, share, title, detector, actual, expected, firstSeen, example } of reasons) {
    const seen = firstSeen === null ? "" : `, first seen ${formatTime(firstSeen)}`;
    text.push(
      `  ${(100 * share).toFixed(0).padStart(3)} %  ${plainLine(title, LINE)}`,
      `         ${formatCount(actual)} counted, ${formatCount(expected)} expected, by ${detector}${seen}`,
    );
    if (example !== "") {
      text.push(`         │ ${actual === 0 ? "last seen: " : ""}${plainLine(example, LINE)}`);
      const values = valuesOf(id, title, example);
      if (values !== "") text.push(`           ${values}`);
    }
  }
  return text.join("\n") + "\n";
}

/** The values of a line, by the names that its template gives them; the line is redacted already. */
function valuesOf(id: string, title: string, example: string): string {
  const values = parametersOf({ id, text: title }, example, { anywhere: true, redact: (text) => text });
  return values.slice(0, VALUES).map(({ name, kind, text }) =>
    `${name} = ${plainLine(text, VALUE)} (${kind})`
  ).join(", ");
}
