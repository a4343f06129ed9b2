/**
 * A log with anomalies in it, on disk, to be looked at.
 *
 * @module
 */
import { type RecordedLog, type Round } from "../../lib/mod.ts";
import { stringify } from "@std/csv";

/** Writes the whole log with the anomalies of a round, and their labels, into a folder. */
export async function keepRound(log: RecordedLog, { edit, planted }: Round, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [i, name] of fileNames(log).entries()) await Deno.writeFile(`${folder}/${name}`, edit.bytes(i));
  const rows = planted.map(({ key, start, end, ...rest }) => ({
    ...rest,
    ...{ key, label: "1", start: isoOf(start), end: isoOf(end) },
  }));
  for (const [file, columns] of [["key_labels.csv", KEY_COLUMNS], ["labels.csv", SPAN_COLUMNS]] as const) {
    const own = rows.filter((row) => (row.key === null) === (file === "labels.csv"));
    if (own.length > 0) {
      await Deno.writeTextFile(`${folder}/${file}`, stringify(own, { columns: [...columns] }));
    }
  }
}

const KEY_COLUMNS = ["key", "label", "kind", "what"];
const SPAN_COLUMNS = ["start", "end", "service", "label", "kind", "what"];

/** Names of the log's files without folder and compression, each once. */
function fileNames({ inputs }: RecordedLog): string[] {
  const used = new Set<string>();
  return inputs.map(({ name }, i) => {
    const plain = name.slice(name.lastIndexOf("/") + 1).replace(/\.gz$/, "") || "log";
    const own = plain === "-" ? "standard-input.log" : plain,
      unique = used.has(own) ? `${i + 1}-${own}` : own;
    used.add(unique);
    return unique;
  });
}

function isoOf(time: number): string {
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}
