/**
 * `deepscan init`: a first settings file from looking at logs.
 *
 * @module
 */
import { dirname, isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { plainLine } from "../alert/plain_text.ts";
import { parseConfig } from "../config.ts";
import { type Context, UsageError } from "../context.ts";
import { canBeJudged, type ProposedStream, proposeStreams } from "../init/proposed_streams.ts";
import { seeLogs, type SeenLog } from "../init/seen_logs.ts";
import { placeOf, settingsText } from "../init/settings_text.ts";

/** What `deepscan init --help` prints. */
export const help = `Writes a first deepscan.yaml from looking at logs.

  deno task deepscan init PATH… [--output FILE] [--force]

PATH is a file, a folder (with everything beneath it) or a pattern. Files of one log (rotated, dated, compressed) become one
stream; its format is told from its lines, and a session pattern is proposed where an id comes back on several lines.
Nothing is trained and nothing but the settings file is written.

  --output FILE   the settings file; default deepscan.yaml where you stand
  --force         replace a file that is there
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
  const { paths, output, force } = readArguments(args, context);
  if (!force && await exists(output)) {
    throw new UsageError(`Cannot write settings: ${output} is there already; --force replaces it`);
  }
  const logs = await look(paths, context);
  const streams = proposeStreams(logs);
  const live = new Set<ProposedStream>();
  for (const stream of streams) if (await isLive(stream, context.now())) live.add(stream);
  const text = settingsText(streams, { file: output, isLive: (stream) => live.has(stream) });
  await parseConfig(text, output);
  await Deno.writeTextFile(output, text);
  context.stdout(summary(streams, output));
  return 0;
}

function readArguments(args: string[], context: Context) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: "string", default: "deepscan.yaml" },
        force: { type: "boolean", default: false },
      },
    });
    if (positionals.length === 0) throw new UsageError("Cannot propose settings: name the logs to look at");
    const from = (path: string) => isAbsolute(path) ? path : resolve(context.cwd, path);
    return { paths: positionals.map(from), output: from(values.output), force: values.force };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot read the command line: ${(error as Error).message}`, { cause: error });
  }
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
async function isLive({ logs }: ProposedStream, now: number): Promise<boolean> {
  const files = logs.flatMap((log) => log.files), times = logs.flatMap((log) => log.lastTime ?? []);
  const written = await Promise.all(files.map(async (file) => (await Deno.stat(file)).mtime?.getTime() ?? 0));
  const old = times.length > 0 && now - Math.max(...times) > HISTORY_LINES;
  return now - Math.max(...written) < HISTORY_FILES && !old;
}

function summary(streams: readonly ProposedStream[], output: string): string {
  const lines = streams.map(({ name, logs, format, session }) => {
    const files = logs.reduce((sum, log) => sum + log.files.length, 0);
    const by = session === null ? "windows of 5m" : `sessions by ${session.pattern}`;
    return `  ${name}: ${files} ${files === 1 ? "file" : "files"}, ${format}, ${by}\n`;
  });
  const noun = streams.length === 1 ? "stream" : "streams";
  return `Wrote ${output} with ${streams.length} ${noun}:\n${lines.join("")}Models, state and reports go to ${
    resolve(dirname(output), placeOf(output))
  }.\nCheck it, then: deno task detect --config ${output}\n`;
}
