export const help = `
Finds the template of every line.

  deno task templates --input GLOB… --output FILE.csv

  --input GLOB|-     files, folders or patterns, plain or gzip; - is standard input; elasticsearch:INDEX is an index, a
                     row for every line of its documents' messages; may be repeated
  --config FILE      settings that say where its cluster is; default: deepscan.yaml in this folder
  --format NAME      log format; auto (default) looks at each file; content: each line is the message itself
  --output FILE.csv  LineId,EventId,EventTemplate: one row for every physical line, in order; a line that continues
                     a record has its record's id
`;

import {
  countText,
  Dictionary,
  eventText,
  type Input,
  type LogBatch,
  Miner,
  miningWarnings,
  RecordReader,
} from "../../lib/mod.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { type Context, UsageError } from "../context.ts";
import { inputsOf } from "../detect/one_off.ts";
import { knownFormat } from "../detect/settings.ts";
import { parseRunOptions, TEMPLATES_OPTIONS } from "../options.ts";
import { Progress } from "../progress.ts";
import { openResult, refuseInput, writeText } from "../result_file.ts";

/** `deno task templates`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseRunOptions(args, context.cwd, TEMPLATES_OPTIONS);
  if (options.output === null) throw new UsageError("Cannot write templates: --output FILE.csv is missing");
  if (options.inputs.length === 0) throw new UsageError("Cannot find templates: --input is missing");
  const { inputs, notes } = await inputsOf(options, context), miner = new Miner(), rows = new LineTemplates();
  refuseInput(options.output, inputs);
  for (const { text } of notes) context.stderr(`note: ${text}\n`);
  for (const input of inputs) await learnInput(input, { miner, rows, format: options.format }, context);
  miner.settle();
  writeTable(options.output, rows, miner);
  const { templates, lines } = miner.quality, { quality, lineage } = miner;
  for (const warning of miningWarnings({ quality, lineage, templates: miner.templates().values() })) {
    context.stderr(`${warningText(warning)}\n`);
  }
  context.stdout(
    `${countText(rows.length, "line")}, ${countText(lines, "record")}, ${
      countText(templates, "template")
    }: ${options.output}\n`,
  );
  return 0;
}

/** The template of every physical line, as the miner numbered it at the time. */
class LineTemplates {
  length = 0;
  #templates = new Int32Array(1 << 16);

  /** Adds `count` lines with one template; -1 = lines before any record. */
  add(template: number, count: number): void {
    if (this.length + count > this.#templates.length) {
      const grown = new Int32Array(Math.max(this.#templates.length * 2, this.length + count));
      grown.set(this.#templates);
      this.#templates = grown;
    }
    this.#templates.fill(template, this.length, this.length += count);
  }

  /** The template of line `i`. */
  at(i: number): number {
    return this.#templates[i];
  }

  /** The template of the last line; -1 where there is none. */
  get last(): number {
    return this.length === 0 ? -1 : this.#templates[this.length - 1];
  }
}

async function learnInput(
  input: Input,
  work: { miner: Miner; rows: LineTemplates; format: string },
  context: Context,
): Promise<void> {
  const { miner, rows, format } = work, progress = new Progress(context);
  const reader = new RecordReader(input, {
    ...{ services: new Dictionary(), fallbackService: "", format: knownFormat(format) },
  });
  for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
    miner.learn(batch);
    addLines(batch, rows);
    progress.show(() => `${input.name}: ${rows.length.toLocaleString("en")} lines`);
  }
  reader.close();
  progress.clear();
  const share = `${(100 * reader.quality.share).toFixed(1)} % parsed`;
  context.stderr(`${input.name}: ${reader.format?.name ?? "empty"}, ${share}\n`);
}

function addLines(batch: LogBatch, rows: LineTemplates): void {
  rows.add(rows.last, batch.continued);
  for (let i = 0; i < batch.length; i++) rows.add(batch.template[i], batch.lines[i]);
}

/** Ids and texts as they are now that everything has been learned. */
function writeTable(path: string, rows: LineTemplates, miner: Miner): void {
  const file = openResult(path);
  const cells = new Map<number, string>();
  let text = "LineId,EventId,EventTemplate\n";
  const flush = () => {
    writeText(file, text);
    text = "";
  };
  for (let i = 0; i < rows.length; i++) {
    const index = rows.at(i);
    let cell = cells.get(index);
    if (cell === undefined) cells.set(index, cell = cellOf(index, miner));
    text += `${i + 1},${cell}\n`;
    if (text.length > 1 << 18) flush();
  }
  flush();
  file.close();
}

function cellOf(index: number, miner: Miner): string {
  if (index < 0) return ",";
  const { id } = miner.template(index), text = eventText(miner.template(index).text);
  return `${id},${/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text}`;
}
