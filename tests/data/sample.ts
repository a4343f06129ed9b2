/**
 * The sample, made once for a test file, and read back record by record.
 *
 * @module
 */
import assert from "node:assert/strict";
import { FILES, generateSample, type SampleIncident } from "../../data/generate.ts";

/** The project. */
export const root = new URL("../../", import.meta.url).pathname;
/** A folder for this test file, removed at its end. */
export const folder = Deno.makeTempDirSync({ prefix: "deepscan-sample-" });
/** The sample as it is by default, in `folder`. */
export const summary = generateSample(`${folder}/sample`);
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** One record: its first line, when it was written, and all of its lines. */
export interface Seen {
  time: number;
  head: string;
  lines: number;
}

/** The time of a line that begins a record in its file's format; NaN for others. */
export const TIMES: Record<string, (line: string) => number> = {
  [FILES.web]: (line) => {
    const found = line.match(
      /^[0-9a-f.:]+ - - \[(\d\d)\/Mar\/2026:(\d\d):(\d\d):(\d\d) \+0000\] "(?:GET|POST|DELETE) \S+ HTTP\/1\.1" \d{3} \d+ "[^"]*" "[^"]+"$/,
    );
    return found ? Date.UTC(2026, 2, +found[1], +found[2], +found[3], +found[4]) : NaN;
  },
  [FILES.app]: leveled,
  [FILES.checkout]: leveled,
  [FILES.auth]: (line) => {
    const found = line.match(/^Mar ( \d|\d\d) (\d\d):(\d\d):(\d\d) shop1 [a-zA-Z-]+(?:\[\d+\])?: \S/);
    return found ? Date.UTC(2026, 2, +found[1], +found[2], +found[3], +found[4]) : NaN;
  },
  [FILES.db]: (line) => {
    const found = line.match(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}) UTC \[\d+\] [A-Z]+: {2}\S/);
    return found ? Date.parse(`${found[1]}T${found[2]}Z`) : NaN;
  },
};

function leveled(line: string): number {
  const found = line.match(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?:DEBUG|INFO|WARN|ERROR) \S/);
  return found ? Date.parse(found[1]) : NaN;
}

/** What follows a record's first line in its file. */
const CONTINUES: Record<string, RegExp> = {
  [FILES.app]: /^(?: {4}at |[A-Z]\w*Error: |Error: )/,
  [FILES.checkout]: /^(?:\tat |com\.example\.shop\.\S+Exception: |Caused by: |\t\.\.\. \d+ more)/,
  [FILES.db]: /^\t\S/,
};

/** Lines of a file of the sample. */
export function linesOf(name: string, where = `${folder}/sample`): string[] {
  const text = Deno.readTextFileSync(`${where}/${name}`);
  assert.ok(text.endsWith("\n"), name);
  return text.slice(0, -1).split("\n");
}

function recordsOf(name: string): Seen[] {
  const records: Seen[] = [];
  for (const line of linesOf(name)) {
    const time = TIMES[name](line);
    if (!Number.isNaN(time)) records.push({ time, head: line, lines: 1 });
    else {
      assert.match(line, CONTINUES[name] ?? /^$(?!.)./, name);
      records.at(-1)!.lines++;
    }
  }
  return records;
}

/** Records of every file. */
export const records = Object.fromEntries(Object.values(FILES).map((name) => [name, recordsOf(name)]));
/** Incidents and harmless novelties. */
export const all = [...summary.incidents, ...summary.harmless];
/** The file that an incident is in. */
export const fileOf = (incident: SampleIncident) => FILES[incident.stream as keyof typeof FILES];

/** Records of the incident's service in its span. */
export function within(incident: SampleIncident): Seen[] {
  const from = Date.parse(incident.start), to = Date.parse(incident.end);
  const service = incident.stream === "auth" ? new RegExp(` shop1 ${incident.service}(?:\\[|:)`) : /./;
  return records[fileOf(incident)].filter(({ time, head }) =>
    time >= from && time < to && service.test(head)
  );
}
