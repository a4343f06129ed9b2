/**
 * Events of Windows as lists of their fields.
 *
 * @module
 */
import type { DateOrder } from "../date_order.ts";
import { behindBlanks, nextByte, standsAt } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { windowsLevel } from "./windows_level.ts";

/** Where a block stands: in the fields of `wevtutil`, behind its `Description:`, in the fields of PowerShell. */
const FIELDS = 1, DESCRIBED = 2, LIST = 3;

/** Fields with which PowerShell's lists begin: `Get-WinEvent`'s and `Get-EventLog`'s. */
const FIRST_FIELDS = ["TimeCreated", "Message", "Index", "ProviderName", "EntryType", "LogName"];

/**
 * Where a block stands behind a line, see `BlockStep`: `Event[7]:` to the line behind `Description:`, or `TimeCreated : …` to an
 * empty line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepWindows } from "./windows_block.ts";
 *
 * const line = new TextEncoder().encode("Event[7]:");
 * assert(stepWindows(line, 0, line.length, 0) > 0);
 * ```
 */
export function stepWindows(bytes: Uint8Array, start: number, end: number, state: number): number {
  if (end > start && bytes[end - 1] === 13) end--;
  if (state === DESCRIBED) return -1;
  if (state === LIST) return end === start ? -1 : LIST;
  if (state === FIELDS) {
    if (start === end || bytes[start] !== 32) return 0;
    return standsAt(bytes, "Description:", behindBlanks(bytes, start, end), end) ? DESCRIBED : FIELDS;
  }
  if (standsAt(bytes, "Event[", start, end)) return FIELDS;
  const colon = colonOfField(bytes, start, end);
  return colon > 0 && FIRST_FIELDS.some((name) => standsAt(bytes, name, start, colon)) ? LIST : 0;
}

/** Offset of the colon of `Name   : value`, the name at the line's beginning; -1 where there is none. */
function colonOfField(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  for (; p < end && (bytes[p] | 32) >= 97 && (bytes[p] | 32) <= 122; p++);
  const name = p;
  p = behindBlanks(bytes, p, end);
  return name > start && p > name && p < end && bytes[p] === 58 ? p : -1;
}

/**
 * Reads the block of row `i` into the batch: whether it is one, with a time and a message.
 *
 * @param dates Reads its date.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DateOrder } from "../date_order.ts";
 * import { LogBatch } from "../log_batch.ts";
 * import { readWindowsBlock } from "./windows_block.ts";
 *
 * const batch = new LogBatch();
 * const text = "TimeCreated : 3/2/2026 10:00:00 AM\nMessage     : Disk is full\n";
 * batch.recordEnd[0] = new TextEncoder().encodeInto(text, batch.bytes).written;
 * assert(readWindowsBlock(batch, 0, new DateOrder()));
 * assert(batch.text(batch.contentStart[0], batch.contentEnd[0]) === "Disk is full");
 * ```
 */
export function readWindowsBlock(batch: LogBatch, i: number, dates: DateOrder): boolean {
  const { bytes } = batch, end = batch.recordEnd[i];
  let time = NaN, severity = 0, source = -1, sourceEnd = -1, message = -1, messageEnd = -1;
  for (let line = batch.start[i], lineEnd = line; line < end; line = lineEnd + 1) {
    lineEnd = nextByte(bytes, 10, line, end);
    const last = lineEnd > line && bytes[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    const name = behindBlanks(bytes, line, last), colon = nextByte(bytes, 58, name, last);
    if (colon === last) continue;
    const value = behindBlanks(bytes, colon + 1, last);
    if (isField(bytes, name, colon, ["TimeCreated", "Date", "TimeGenerated"])) {
      time = dates.read(bytes, value, last);
    } else if (isField(bytes, name, colon, ["LevelDisplayName", "Level", "EntryType"])) {
      severity = windowsLevel(bytes, value, last) & 255 || severity;
    } else if (isField(bytes, name, colon, ["ProviderName", "Source"])) [source, sourceEnd] = [value, last];
    else if (isField(bytes, name, colon, ["Message"])) [message, messageEnd] = [value, last];
    else if (isField(bytes, name, colon, ["Description"])) {
      message = Math.min(end, lineEnd + 1);
      messageEnd = nextByte(bytes, 10, message, end);
      if (messageEnd > message && bytes[messageEnd - 1] === 13) messageEnd--;
      break;
    }
  }
  if (time !== time || message < 0) return false;
  batch.parsed[i] = 1;
  batch.timestamp[i] = time;
  batch.severity[i] = severity;
  batch.service[i] = source < 0 || source === sourceEnd ? -1 : batch.nameAt(source, sourceEnd);
  batch.contentStart[i] = message;
  batch.contentEnd[i] = messageEnd;
  return true;
}

/** Whether one of the names stands at `start` with nothing but blanks between it and the colon. */
function isField(bytes: Uint8Array, start: number, colon: number, names: string[]): boolean {
  return names.some((name) =>
    standsAt(bytes, name, start, colon) && behindBlanks(bytes, start + name.length, colon) === colon
  );
}
