/**
 * The logs that are measured on, made in a temporary folder.
 *
 * As a program (`material.ts FOLDER SIZE`) it makes them and prints a {@linkcode Material} as JSON; the bench starts it as a process
 * of its own, so that what it holds in memory counts for nothing.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { generateSample } from "../../data/generate.ts";
import { REAL_LOGS } from "../needs.ts";

/** How much is measured. */
export interface Size {
  /** Lines of the long log at least. */
  lines: number;
  /** Lines of the log that it repeats at most. */
  copyLines: number;
  /** Lines of the log that a fresh process reads. */
  firstLines: number;
  /** Days of the sample. */
  days: number;
}

/** A log and how it is read. */
export interface Log {
  path: string;
  lines: number;
  /** What it is, for the table. */
  title: string;
  format: string;
  /** Session pattern; `null` = time windows. */
  session: string | null;
}

/** Everything that is measured on. */
export interface Material {
  /** The log that the others are made of. */
  copy: Log;
  /** It, repeated: every copy has sessions of its own. */
  long: Log;
  /** The first lines of the copy. */
  first: Log;
  /** Logs of the sample in other formats. */
  others: Log[];
}

/** A log's text and how to give a copy sessions of its own. */
interface Original {
  text: string;
  title: string;
  format: string;
  session: string;
  rename(text: string, copy: number): string;
}

function original(sample: string): Original {
  try {
    const packed = Deno.readFileSync(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
    return {
      text: gunzipSync(packed).toString("latin1"),
      title: "HDFS",
      format: "log4j",
      session: "blk_-?\\d+",
      rename: (text, copy) => text.replace(/blk_(-?)/g, `blk_$1${copy}`),
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return {
      text: Deno.readTextFileSync(`${sample}/shop-checkout.log`),
      title: "the sample's checkout log (no HDFS logs here)",
      format: "iso8601",
      session: "order=(\\d+)",
      rename: (text, copy) => text.replaceAll("order=", `order=${copy}`),
    };
  }
}

const linesOf = (text: string) => text.split("\n").length - 1;

/** The first `count` lines of a text. */
function head(text: string, count: number): string {
  let end = 0;
  for (let line = 0; line < count && end < text.length; line++) {
    end = text.indexOf("\n", end) + 1 || text.length;
  }
  return text.slice(0, end);
}

function write(path: string, parts: Iterable<string>): number {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  let lines = 0;
  for (const part of parts) {
    let bytes = new TextEncoder().encode(part);
    while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
    lines += linesOf(part);
  }
  return lines;
}

/** Makes all logs in `folder`. */
function makeMaterial(folder: string, size: Size): Material {
  const sample = `${folder}/sample`;
  generateSample(sample, { days: size.days });
  const { text, title, format, session, rename } = original(sample);
  const copyText = head(text, size.copyLines), copies = Math.ceil(size.lines / linesOf(copyText));
  const log = (name: string, what: string, parts: Iterable<string>): Log => {
    const path = `${folder}/${name}.log`;
    return { path, lines: write(path, parts), title: what, format, session };
  };
  const long = log("long", `${title}, ${copies} copies`, repeated(copyText, copies, rename));
  return {
    copy: log("copy", title, [copyText]),
    long,
    first: log("first", title, [head(copyText, size.firstLines)]),
    others: [
      ["shop-app.log", "ISO 8601 + level", "iso8601"],
      ["shop-web.access.log", "Apache combined", "combined"],
      ["auth.log", "syslog", "syslog"],
    ].map(([name, what, kind]) => {
      const path = `${sample}/${name}`;
      return { path, lines: linesOf(Deno.readTextFileSync(path)), title: what, format: kind, session: null };
    }),
  };
}

function* repeated(text: string, copies: number, rename: Original["rename"]): Generator<string> {
  for (let copy = 0; copy < copies; copy++) yield copy === 0 ? text : rename(text, copy);
}

if (import.meta.main) {
  const [folder, size] = Deno.args;
  console.log(JSON.stringify(makeMaterial(folder, JSON.parse(size))));
}
