/**
 * Every log format. A new one is one file and one line here.
 *
 * @module
 */
import type { Format } from "../format.ts";
import { apacheError } from "./apache_error.ts";
import { combined } from "./combined.ts";
import { commonLog } from "./common_log.ts";
import { cri } from "./cri.ts";
import { docker } from "./docker.ts";
import { document } from "./document.ts";
import { gc } from "./gc.ts";
import { golang } from "./golang.ts";
import { iso8601 } from "./iso8601.ts";
import { journaldExport } from "./journald_export.ts";
import { json } from "./json.ts";
import { learned } from "./learned_header.ts";
import { log4j } from "./log4j.ts";
import { logfmt } from "./logfmt.ts";
import { mixtureByName } from "./mixed.ts";
import { mysqlError } from "./mysql_error.ts";
import { mysqlSlow } from "./mysql_slow.ts";
import { nginxError } from "./nginx_error.ts";
import { content, plain } from "./plain.ts";
import { postgresql } from "./postgresql.ts";
import { postgresqlCsv } from "./postgresql_csv.ts";
import { python } from "./python.ts";
import { syslog } from "./syslog.ts";
import { syslog5424 } from "./syslog5424.ts";
import { syslogIso } from "./syslog_iso.ts";
import { windowsEvent } from "./windows_event.ts";

/**
 * The formats in the order in which detection prefers them where two read a file equally well.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FORMATS } from "./mod.ts";
 *
 * assert(FORMATS.some((format) => format.name === "syslog"));
 * ```
 */
export const FORMATS: readonly Format[] = [
  ...[document, docker, cri, json, logfmt, commonLog, combined, apacheError, nginxError],
  ...[syslog, syslog5424, syslogIso, journaldExport],
  ...[postgresql, postgresqlCsv, mysqlError, mysqlSlow, windowsEvent, gc, golang, python, iso8601, log4j],
  ...[learned, plain, content],
];

/**
 * The format with this name; `mixed:json+golang` means lines of either, see {@linkcode mixedFormat}.
 *
 * @param name As `--format` takes it.
 * @throws {RangeError} when there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatByName } from "./mod.ts";
 *
 * assert(formatByName("json").multiline === false);
 * ```
 */
export function formatByName(name: string): Format {
  const found = FORMATS.find((format) => format.name === name) ?? mixtureByName(name, formatByName);
  if (found !== null) return found;
  const names = FORMATS.map((format) => format.name).join(", ");
  throw new RangeError(
    `Cannot find a log format: the name must be one of ${names}, current value is ${JSON.stringify(name)}`,
  );
}
