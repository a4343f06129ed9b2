export const help = `
Shows how logs are understood: formats, what could not be read, templates, and the values in them.

  deno task deepscan parse FILE… [--templates N] [--json | --csv] [--output FILE]

FILE is a file, a folder, a pattern (plain or gzip), elasticsearch:INDEX, or - for standard input. Everything is read once, nothing is kept.
Exit code 1 says that a file could not be found or not be read to its end; all others are shown.
Values are told by their kind (durations in ms, amounts of data in bytes), with how many different ones there are, the most
frequent ones, and the least, greatest, median and 99th percentile of quantities. Secrets are redacted.

  --format NAME    log format; auto (default) looks at each file; content: each line is the message itself
  --templates N    templates to show, the most frequent first; default 20 in the table, all in JSON and CSV
  --json, --csv    everything as JSON; templates and their values as CSV
  --config FILE    settings that say where the cluster of an index is; default: deepscan.yaml in this folder
  --output FILE    where that goes, .json or .csv says which; default: standard output
`;

import { countText } from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { csvText, jsonText } from "../parse/machine_text.ts";
import { type ParseOptions, parseOptions } from "../parse/options.ts";
import { type ParsedLogs, parseLogs } from "../parse/parsed_logs.ts";
import { tableText } from "../parse/table_text.ts";
import { openResult, writeText } from "../result_file.ts";

/** `deno task deepscan parse`; fails where a file could not be found, or not be read to its end. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseOptions(args, context.cwd), logs = await parseLogs(options, context);
  const text = textOf(logs, options, context);
  if (options.output === null) context.stdout(text);
  else {
    const file = openResult(options.output);
    writeText(file, text);
    file.close();
    const { quality: { records }, templates } = logs;
    context.stdout(
      `${countText(records, "record")}, ${countText(templates.length, "template")}: ${options.output}\n`,
    );
  }
  for (const { name, error } of logs.files) if (error !== "") context.stderr(`${name}: ${error}\n`);
  return logs.unread > 0 || logs.files.some(({ error }) => error !== "") ? 1 : 0;
}

function textOf(logs: ParsedLogs, { as, output, templates }: ParseOptions, context: Context): string {
  if (as === "json") return jsonText(logs, templates);
  if (as === "csv") return csvText(logs, templates);
  const columns = output === null ? context.columns ?? null : null;
  const colours = columns !== null && !context.env("NO_COLOR");
  return tableText(logs, { columns, colours, templates });
}
