/**
 * Windows' events exported as text.
 *
 * @module
 */
import { DateOrder } from "../date_order.ts";
import {
  type Format,
  type FormatOptions,
  type HeaderParser,
  markUnparsed,
  type ParserState,
} from "../format.ts";
import { behindBlanks, behindDigits, nextByte } from "../header_bytes.ts";
import type { LogBatch } from "../log_batch.ts";
import { readWindowsBlock, stepWindows } from "./windows_block.ts";
import { windowsLevel } from "./windows_level.ts";

/** What divides the columns of a line: a tab or a comma. */
const TAB = 9, COMMA = 44;

class WindowsEventParser implements HeaderParser {
  readonly #dates: DateOrder;

  constructor(options?: FormatOptions, state?: ParserState) {
    const lastTime = state?.lastTime;
    this.#dates = new DateOrder(options, typeof lastTime === "number" ? lastTime : NaN);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    const { bytes, start, recordEnd } = batch;
    for (let i = from; i < to; i++) {
      const block = batch.lines[i] > 1 ||
        stepWindows(bytes, start[i], nextByte(bytes, 10, start[i], recordEnd[i]), 0) > 0;
      const digit = start[i] < recordEnd[i] && bytes[start[i]] - 48 >>> 0 < 10;
      const parsed = block
        ? readWindowsBlock(batch, i, this.#dates)
        : digit
        ? this.#dateFirst(batch, i)
        : this.#levelFirst(batch, i);
      if (parsed) this.#dates.lastTime = batch.timestamp[i];
      else markUnparsed(batch, i);
    }
  }

  state(): ParserState {
    const { lastTime } = this.#dates;
    return { lastTime: Number.isNaN(lastTime) ? null : lastTime };
  }

  /** The event viewer's `Level,Date and Time,Source,Event ID,Task Category,message`, with tabs or commas. */
  #levelFirst(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], level = windowsLevel(bytes, batch.start[i], end);
    let p = batch.start[i] + (level >> 8);
    const divider = p < end ? bytes[p] : 0;
    if (level === 0 || divider !== TAB && divider !== COMMA) return false;
    const time = this.#dates.read(bytes, p + 1, end), source = this.#dates.end + 1;
    if (time !== time || source >= end || bytes[source - 1] !== divider) return false;
    const sourceEnd = nextByte(bytes, divider, source, end), number = sourceEnd + 1;
    p = behindDigits(bytes, number, end);
    if (p === number || p >= end || bytes[p] !== divider) return false;
    const category = nextByte(bytes, divider, p + 1, end); // Task Category
    p = category < end ? category + 1 : p + 1;
    const quoted = p < end && bytes[p] === 34 ? 1 : 0;
    begin(batch, i, level, time);
    batch.service[i] = sourceEnd > source ? batch.nameAt(source, sourceEnd) : -1;
    batch.contentStart[i] = p + quoted;
    if (quoted === 1) batch.contentEnd[i] = quoteEnd(bytes, p + 1, end);
    return true;
  }

  /** PowerShell's table, `date id level message`, and CBS.log's `date, level   component   message`. */
  #dateFirst(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, end = batch.recordEnd[i], time = this.#dates.read(bytes, batch.start[i], end);
    let p = this.#dates.end;
    if (time !== time || p + 1 >= end) return false;
    const servicing = bytes[p] === COMMA && bytes[p + 1] === 32;
    if (!servicing) {
      const number = behindBlanks(bytes, p, end);
      p = behindDigits(bytes, number, end);
      if (p === number) return false;
    } else p++;
    const word = behindBlanks(bytes, p, end), level = windowsLevel(bytes, word, end);
    if (level === 0 || word === p) return false;
    const behind = word + (level >> 8);
    p = behindBlanks(bytes, behind, end);
    if (p === behind || servicing && p - behind < 2) return false;
    begin(batch, i, level, time);
    batch.service[i] = -1;
    const name = p, nameEnd = nextByte(bytes, 32, p, end);
    if (servicing && nameEnd > name) {
      batch.service[i] = batch.nameAt(name, nameEnd);
      p = behindBlanks(bytes, nameEnd, end);
    }
    batch.contentStart[i] = p;
    return true;
  }
}

function begin(batch: LogBatch, i: number, level: number, time: number): void {
  batch.parsed[i] = 1;
  batch.timestamp[i] = time;
  batch.severity[i] = level & 255;
  batch.contentEnd[i] = batch.recordEnd[i];
}

/** Offset of the quote that closes a text, doubled ones passed over; `end` where the text goes on in the next line. */
function quoteEnd(bytes: Uint8Array, p: number, end: number): number {
  for (; p < end; p++) {
    if (bytes[p] !== 34) continue;
    if (p + 1 >= end || bytes[p + 1] !== 34) return p;
    p++;
  }
  return end;
}

/**
 * Events of Windows as text: the event viewer's export with tabs or commas, `wevtutil qe /f:text`, PowerShell's `Get-WinEvent` and
 * `Get-EventLog` as a table or a list, and CBS.log.
 *
 * The service is the source. Dates have the order of their region: see {@linkcode DateOrder}.
 *
 * @see Microsoft's documentation of the event viewer, wevtutil and Get-WinEvent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowsEvent } from "./windows_event.ts";
 *
 * assert(windowsEvent.examples.length > 0);
 * ```
 */
export const windowsEvent: Format = {
  name: "windows_event",
  title: "Windows events as text: event viewer, wevtutil, PowerShell",
  examples: [
    "Information\t3/2/2026 10:00:00 AM\tShop Service\t7036\tNone\tThe till service entered the running state.",
    'Error,3/2/2026 10:00:01 AM,disk,7,None,"The device, \\Device\\Harddisk0, has a bad block."',
    "Audit Failure\t3/2/2026 10:00:02 AM\tShop-Security-Auditing\t4625\tLogon\tAn account failed to log on.",
    "3/2/2026 10:00:03 AM           7040 Warning          The start type of the till service was changed.",
    "2026-03-02 10:00:04, Info                  CBS    Session 4711 is opened",
    `Event[0]:
  Log Name: System
  Source: Shop Service
  Date: 2026-03-02T10:00:05.123
  Event ID: 7036
  Level: Information
  Description:
The till service entered the stopped state.`,
    `TimeCreated  : 3/2/2026 10:00:06 AM
ProviderName : Shop Service
Id           : 7031
LevelDisplayName : Error
Message      : The till service ended unexpectedly.
`,
  ],
  multiline: true,
  block: stepWindows,
  open: (options, state) => new WindowsEventParser(options, state),
};
