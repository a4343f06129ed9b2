/**
 * The eight labelled logs that the miner was developed with, read where they lie.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { parse } from "../../../lib/csv/parse.ts";
import type { TemplateRow } from "../../../lib/evaluate/template_accuracy.ts";
import { REAL_LOGS } from "../../needs.ts";

/** A labelled log. */
export interface System {
  name: string;
  /** Path of the raw log, headers and all. */
  raw: string;
  /** The messages. */
  contents: string[];
  /** Labels as first published, and as corrected since. */
  labels: { original: TemplateRow[]; corrected: TemplateRow[] };
}

/** A file or its gzip. */
export function readEither(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return gunzipSync(Deno.readFileSync(`${path}.gz`));
  }
}

function tableAt(path: string): Record<string, string>[] {
  return parse(new TextDecoder().decode(readEither(path)), { skipFirstRow: true });
}

const labelsOf = (rows: Record<string, string>[]): TemplateRow[] =>
  rows.map(({ EventId, EventTemplate }) => ({ EventId, EventTemplate }));

/** The labelled logs; none where they aren't on this machine. */
export function developmentSystems(): System[] {
  const first = new URL("loghub_2k/", REAL_LOGS).pathname,
    corrected = new URL("loghub_2k_corrected/", REAL_LOGS).pathname;
  let names: string[];
  try {
    names = [...Deno.readDirSync(first)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return names.map((name) => {
    const rows = tableAt(`${first}${name}/${name}_2k.log_structured.csv`);
    return {
      name,
      raw: `${first}${name}/${name}_2k.log`,
      contents: rows.map(({ Content }) => Content.replaceAll(/[\r\n]+/g, " ")),
      labels: {
        original: labelsOf(rows),
        corrected: labelsOf(tableAt(`${corrected}${name}/${name}_2k.log_structured_corrected.csv`)),
      },
    };
  });
}
