/**
 * `deepscan init`: a first settings file from looking at logs.
 *
 * @module
 */
import { dirname, resolve } from "node:path";
import { plainLine } from "../alert/plain_text.ts";
import { parseConfig } from "../config.ts";
import { formatDuration } from "../config/duration.ts";
import type { ElasticsearchConfig } from "../config/elasticsearch_schema.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { initOptions } from "../init/options.ts";
import { canBeJudged, type ProposedStream, proposeStreams } from "../init/proposed_streams.ts";
import { seeLogs, type SeenLog } from "../init/seen_logs.ts";
import { placeOf, settingsText } from "../init/settings_text.ts";

/** What `deepscan init --help` prints. */
export const help = `Writes a first deepscan.yaml from looking at logs.

  deno task deepscan init PATH… [--output FILE] [--force]
  deno task deepscan init elasticsearch:INDEX… --nodes URL [--api-key-env NAME]

PATH is a file, a folder (with everything beneath it) or a pattern. Files of one log (rotated, dated, compressed) become one
stream; its format is told from its lines, and a session pattern is proposed where an id comes back on several lines.
INDEX is an index, alias, data stream or pattern: its newest 1,000 documents are looked at, and where fields go by other names
than usual, those are named that look like time, level and message.
Nothing is trained and nothing but the settings file is written.

  --output FILE   the settings file; default deepscan.yaml where you stand
  --force         replace a file that is there

  --nodes URL         a node of the cluster, https://es1.example.com:9200; may be repeated (or --cloud-id ID)
  --ca-file FILE      certificate of a private authority
  --api-key-env NAME  environment variable that holds an API key (or --api-key-file FILE)
  --user NAME         login, with --password-env NAME or --password-file FILE
  --config FILE       settings that say where the cluster is, instead of these; default: deepscan.yaml where you stand
`;

/** Files that were not written to for so long are history, and so are lines of such an age at the beginning of a file. */
const HISTORY_FILES = 2 * 86_400_000, HISTORY_LINES = 60 * 86_400_000;

/**
 * Looks at logs and writes a settings file.
 *
 * @throws {UsageError} if there is no path, or the file is there already.
 * @throws {Error} if there is nothing in the logs to go by.
 */
export async function run(args: string[], context: Context): Promise<number> {
  const { paths, indices, output, force } = initOptions(args, context.cwd);
  if (!force && await exists(output)) {
    throw new UsageError(`Cannot write settings: ${output} is there already; --force replaces it`);
  }
  const streams = paths.length === 0 ? [] : proposeStreams(await look(paths, context));
  const section = indices.length === 0 ? null : requirePlan(context).config.elasticsearch!;
  streams.push(...await lookAtIndices(indices, section, streams, context));
  const live = new Set<ProposedStream>();
  for (const stream of streams) if (await isLive(stream, context.now())) live.add(stream);
  const text = settingsText(streams, {
    ...{ file: output, isLive: (stream: ProposedStream) => live.has(stream) },
    cluster: section === null ? null : described(section),
  });
  await parseConfig(text, output);
  await Deno.writeTextFile(output, text);
  context.stdout(summary(streams, output));
  return 0;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The logs in `paths`; of what is found in a folder, only those in which there is something to judge. */
async function look(paths: readonly string[], context: Context): Promise<SeenLog[]> {
  const kept: SeenLog[] = [];
  for (const path of paths) {
    const folder = await isFolder(path);
    const { logs, notes } = await seeLogs([folder ? `${path}/**` : path]);
    const useless = logs.filter((log) => folder && !canBeJudged(log));
    notes.push(
      ...useless.map((log) =>
        `${log.path} is left out: its lines carry neither times nor ids that come back`
      ),
    );
    for (const note of notes) context.stderr(`${plainLine(note, 500)}\n`);
    kept.push(
      ...logs.filter((log) => !useless.includes(log) && !kept.some((other) => other.path === log.path)),
    );
  }
  if (kept.length === 0) throw new Error(`Cannot propose settings: no logs were found in ${paths.join(" ")}`);
  return kept;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // a pattern, or a note about what is missing
    throw error;
  }
}

/** Whether the logs still grow: written to lately, by lines that are not old. */
async function isLive({ logs, index }: ProposedStream, now: number): Promise<boolean> {
  if (index !== undefined) return index.lastTime !== null && now - index.lastTime < HISTORY_FILES;
  const files = logs.flatMap((log) => log.files), times = logs.flatMap((log) => log.lastTime ?? []);
  const written = await Promise.all(files.map(async (file) => (await Deno.stat(file)).mtime?.getTime() ?? 0));
  const old = times.length > 0 && now - Math.max(...times) > HISTORY_LINES;
  return now - Math.max(...written) < HISTORY_FILES && !old;
}

/** Streams of indices. */
async function lookAtIndices(
  indices: readonly string[],
  section: ElasticsearchConfig | null,
  others: readonly ProposedStream[],
  context: Context,
): Promise<ProposedStream[]> {
  if (section === null) return [];
  const { proposeIndex } = await import("../init/seen_index.ts"),
    taken = new Set(others.map(({ name }) => name));
  const streams: ProposedStream[] = [];
  for (const index of indices) streams.push(await proposeIndex(index, section, taken, context));
  return streams;
}

/** A section as settings say it: with the defaults left out. */
function described(section: ElasticsearchConfig): Record<string, unknown> {
  const { timeout, ...rest } = section, isUsual = timeout === 30_000;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...(isUsual ? {} : { timeout: formatDuration(timeout) }) };
}

function waysOf(session: ProposedStream["session"]): string {
  return session === null ? "windows of 5m" : `sessions by ${session.pattern}`;
}

function summary(streams: readonly ProposedStream[], output: string): string {
  const lines = streams.map(({ name, logs, format, session, index, inputs }) => {
    const files = logs.reduce((sum, log) => sum + log.files.length, 0);
    if (index !== undefined) return `  ${name}: ${inputs[0]}, ${waysOf(session)}\n`;
    return `  ${name}: ${files} ${files === 1 ? "file" : "files"}, ${format}, ${waysOf(session)}\n`;
  });
  const noun = streams.length === 1 ? "stream" : "streams";
  return `Wrote ${output} with ${streams.length} ${noun}:\n${lines.join("")}Models, state and reports go to ${
    resolve(dirname(output), placeOf(output))
  }.\nCheck it, then: deno task detect --config ${output}\n`;
}
