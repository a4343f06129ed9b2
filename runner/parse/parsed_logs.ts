/**
 * Logs as a first look finds them: formats, parse quality, templates, values.
 *
 * @module
 */
import {
  Dictionary,
  type Input,
  InputError,
  Miner,
  type MiningWarning,
  miningWarnings,
  ParameterCollector,
  ParseQuality,
  RecordReader,
  type TemplateParameters,
} from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { knownFormat } from "../detect/settings.ts";
import { openOnce } from "../inputs.ts";
import { Progress } from "../progress.ts";
import { refuseInput } from "../result_file.ts";
import type { ParseOptions } from "./options.ts";

/** One file. */
export interface ParsedFile {
  /** As seen from where the user stands. */
  name: string;
  /** `null` where there is no line. */
  format: string | null;
  /** What was wrong with it; empty = nothing. */
  error: string;
  quality: ParseQuality;
}

/** All that was found. */
export interface ParsedLogs {
  files: ParsedFile[];
  /** Of all files together. */
  quality: ParseQuality;
  /** The most frequent first. */
  templates: TemplateParameters[];
  /** Signs that mining goes badly. */
  warnings: MiningWarning[];
  /** Records whose values were not kept. */
  unkept: number;
  /** Inputs that were named and could not be found or not be opened. */
  unread: number;
}

/**
 * Reads the logs once, from the start. A damaged file stops none of the others.
 *
 * @throws {Error} if there is no input at all.
 */
export async function parseLogs(options: ParseOptions, context: Context): Promise<ParsedLogs> {
  const { inputs, notes } = await openOnce(options.inputs, { context });
  for (const { text } of notes) context.stderr(`note: ${text}\n`);
  if (inputs.length === 0) throw new Error(`Cannot parse ${options.inputs.join(" ")}: there is no input`);
  refuseInput(options.output, inputs);
  const miner = new Miner(), collector = new ParameterCollector(miner), progress = new Progress(context);
  const work = { miner, collector, progress, format: knownFormat(options.format) };
  const files: ParsedFile[] = [], quality = new ParseQuality();
  for (const input of inputs) {
    const file = await parseFile(input, seenFrom(context.cwd, input.name), work);
    files.push(file);
    quality.merge(file.quality);
  }
  progress.clear();
  const templates = collector.finish();
  const cutLines = quality.rows().filter(({ reason }) => reason === "cut").reduce(
    (sum, { count }) => sum + count,
    0,
  );
  const figures = { quality: miner.quality, lineage: miner.lineage, cutLines };
  const warnings = miningWarnings({ ...figures, templates: templates.map(({ template }) => template) });
  const unread = notes.filter(({ kind }) => kind === "missing" || kind === "unreadable").length;
  return { files, quality, templates, warnings, unkept: collector.unkept, unread };
}

/** What all files are read with. */
interface Work {
  miner: Miner;
  collector: ParameterCollector;
  progress: Progress;
  format: string;
}

function seenFrom(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

async function parseFile(input: Input, name: string, work: Work): Promise<ParsedFile> {
  const { miner, collector, progress, format } = work;
  const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "", format });
  let error = "";
  try {
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      miner.learn(batch);
      collector.add(batch);
      progress.show(() => `${name}: ${reader.quality.lines.toLocaleString("en")} lines`);
    }
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    error = cause.message;
  } finally {
    reader.close();
  }
  return { name, format: reader.format?.name ?? null, error, quality: reader.quality };
}
