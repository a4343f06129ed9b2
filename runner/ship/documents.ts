/**
 * Records of a log as documents of Elasticsearch.
 *
 * @module
 */
import { type BulkBody, jsonBytes } from "../../lib/mod.ts";

/** The version of the Elastic Common Schema that the fields are from. */
const ECS = "8.17.0";
const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text);

/** Names of OpenTelemetry's `SeverityNumber`s. */
const LEVELS = Array.from({ length: 25 }, (_, number) => {
  if (number === 0) return "";
  const name = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"][number - 1 >> 2],
    grade = (number - 1 & 3) + 1;
  return grade === 1 ? name : `${name}${grade}`;
});

/** From the end of the original to the file: by severity. */
const BEHIND_SEQUENCE = LEVELS.map((level, number) =>
  bytesOf(number === 0 ? '},"log":{' : `,"severity":${number}},"log":{"level":"${level}",`)
);
const BEHIND_ORIGINAL = bytesOf('","sequence":');
const MESSAGE = bytesOf('},"message":"');
const END = bytesOf("}}\n");
const NEWLINE = 10, RETURN = 13, ZERO = 48;

/** A record, or a piece of one, in a buffer. */
export interface RecordText {
  bytes: Uint8Array;
  /** All its lines, the last line's end not among them. */
  start: number;
  end: number;
  contentStart: number;
  contentEnd: number;
  /** Physical lines. */
  lines: number;
  /** Offset in its file. */
  offset: number;
  /** ms since the epoch; NaN = none. */
  timestamp: number;
  /** OpenTelemetry `SeverityNumber`; 0 = none. */
  severity: number;
  /** JSON of the service's name. */
  service: Uint8Array;
  parsed: boolean;
  /** Whether its beginning was shipped as another document already. */
  continues: boolean;
}

/** What is not in the record. */
export interface DocumentContext {
  /** The document's name. */
  id: Uint8Array;
  /** Order within the log. */
  sequence: number;
  /** For a record without a time, ms since the epoch. */
  fallbackTime: number;
  /** `"file":{"path":…},"offset":`, see {@linkcode fileFragment}. */
  file: Uint8Array;
}

/** Where documents go, and what all of them have in common. */
export interface DocumentsOptions {
  index: string;
  dataStream: boolean;
  /** Name of this machine; empty = it isn't known. */
  host: string;
}

/** What all documents of a file have in common. */
export function fileFragment(path: string): Uint8Array {
  return bytesOf(`"file":{"path":${JSON.stringify(path)}},"offset":`);
}

/** Writes records as items of a bulk request: each creates a document, unless there is one of its name. */
export class Documents {
  /** Documents that were written. */
  written = 0;
  /** Of them, those whose record has no time or no header that could be read. */
  untimed = 0;
  unparsed = 0;
  readonly #options: DocumentsOptions;
  readonly #host: string;
  /** What comes behind a message: by service, not parsed and parsed. */
  readonly #tails = new WeakMap<Uint8Array, [Uint8Array, Uint8Array]>();
  #event = new Uint8Array(0);
  #second = NaN;
  #day = NaN;
  /** From the document's name to its second. */
  #head = new Uint8Array(0);
  #action: Uint8Array;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    this.#host = options.host === "" ? "" : `,"host":{"name":${JSON.stringify(options.host)}}`;
    this.#action = actionOf(options.index);
    this.ingestedAt(0);
  }

  /** When the documents that follow are shipped, ms since the epoch. */
  ingestedAt(time: number): void {
    const ingested = new Date(time).toISOString();
    this.#event = bytesOf(`Z","ecs":{"version":"${ECS}"},"event":{"ingested":"${ingested}","original":"`);
  }

  /** Writes a record. */
  write(body: BulkBody, record: RecordText, { id, sequence, fallbackTime, file }: DocumentContext): void {
    const inferred = Number.isNaN(record.timestamp),
      time = inferred ? fallbackTime : Math.floor(record.timestamp);
    body.begin();
    this.#time(time);
    body.put(this.#action);
    body.put(id);
    body.put(this.#head);
    body.putNumber(time - this.#second * 1000, 3);
    body.put(this.#event);
    const message = writeOriginal(body, record);
    body.put(BEHIND_ORIGINAL);
    body.putNumber(sequence);
    body.put(BEHIND_SEQUENCE[record.severity]);
    body.put(file);
    body.putNumber(record.offset);
    body.put(MESSAGE);
    body.repeat(message.contentStart, message.contentEnd);
    body.repeat(message.restStart, message.restEnd);
    body.put(this.#tailOf(record));
    if (inferred) body.putShort(',"time_inferred":true');
    if (record.continues) body.putShort(',"continues":true');
    body.put(END);
    this.written++;
    if (inferred) this.untimed++;
    if (!record.parsed) this.unparsed++;
  }

  #tailOf({ service, parsed }: RecordText): Uint8Array {
    let tails = this.#tails.get(service);
    if (tails === undefined) {
      const name = service.length === 0 ? "" : `,"service":{"name":${new TextDecoder().decode(service)}}`;
      const tail = (parsed: boolean) => bytesOf(`"${name}${this.#host},"deepscan":{"parsed":${parsed}`);
      this.#tails.set(service, tails = [tail(false), tail(true)]);
    }
    return tails[parsed ? 1 : 0];
  }

  /** Makes the texts of a time ready that change with the second or the day only. */
  #time(time: number): void {
    const second = Math.floor(time / 1000);
    if (second === this.#second) return;
    this.#second = second;
    const day = Math.floor(second / 86_400), inDay = second - day * 86_400;
    if (day !== this.#day) this.#begin(day);
    const head = this.#head, at = head.length - CLOCK.length;
    twoDigits(head, at, Math.floor(inDay / 3600));
    twoDigits(head, at + 3, Math.floor(inDay / 60) % 60);
    twoDigits(head, at + 6, inDay % 60);
  }

  #begin(day: number): void {
    const { index, dataStream } = this.#options, text = new Date(day * 86_400_000).toISOString();
    const date = text.slice(0, text.indexOf("T"));
    this.#day = day;
    this.#head = bytesOf(`"}}\n{"@timestamp":"${date}T${CLOCK}`);
    if (!dataStream) this.#action = actionOf(`${index}-${date.replaceAll("-", ".")}`);
  }
}

/** A time of day as far as the milliseconds. */
const CLOCK = "00:00:00.";

function twoDigits(target: Uint8Array, at: number, value: number): void {
  target[at] = ZERO + Math.floor(value / 10);
  target[at + 1] = ZERO + value % 10;
}

function actionOf(index: string): Uint8Array {
  return bytesOf(`{"create":{"_index":${JSON.stringify(index)},"_id":"`);
}

/** Writes the whole record; where in the body its message lies: the content, and the lines behind the content's line. */
function writeOriginal(body: BulkBody, { bytes, start, end, contentStart, contentEnd, lines }: RecordText) {
  const next = lines > 1 ? bytes.indexOf(NEWLINE, contentEnd) : -1,
    rest = next < 0 || next > end ? end : next;
  body.putEscaped(bytes, start, contentStart);
  const from = body.length;
  body.putEscaped(bytes, contentStart, contentEnd);
  const to = body.length;
  body.putEscaped(bytes, contentEnd, rest);
  const restStart = body.length;
  body.putEscaped(bytes, rest, end);
  return { contentStart: from, contentEnd: to, restStart, restEnd: body.length };
}

/** Where the text `bytes[start, end)` ends without its last line's end. */
export function withoutLineEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || bytes[end - 1] !== NEWLINE) return end;
  return end - 1 > start && bytes[end - 2] === RETURN ? end - 2 : end - 1;
}

/** JSON of names, each made once. */
export class NameTexts {
  readonly #texts: Uint8Array[] = [];

  /** @param textOf The name of a number. */
  constructor(readonly textOf: (number: number) => string) {}

  of(number: number): Uint8Array {
    return this.#texts[number] ??= jsonBytes(this.textOf(number));
  }
}
