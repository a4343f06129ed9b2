/**
 * Tables that evaluation reads.
 *
 * @module
 */
import { parse } from "@std/csv";
import { type Labels, readLabels } from "../../lib/mod.ts";

/** The rows of a CSV file by the names in its header. */
export async function csvTable(path: string): Promise<Record<string, string>[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new Error(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  return parse(text, { skipFirstRow: true }) as Record<string, string>[];
}

/** The labels of a file. */
export async function labelsFrom(path: string): Promise<Labels> {
  return readLabels(await csvTable(path));
}
