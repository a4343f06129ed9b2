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
const BEHIND_ID = bytesOf('"}}\n{"@timestamp":"');
const BEHIND_ORIGINAL = bytesOf('","sequence":');
const MESSAGE = bytesOf('},"message":"');
const QUOTE = bytesOf('"');
const END = bytesOf("}}\n");
const NEWLINE = 10, RETURN = 13;

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
  readonly #host: Uint8Array;
  #event = new Uint8Array(0);
  #second = NaN;
  #secondText = new Uint8Array(0);
  #day = NaN;
  #action: Uint8Array;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    this.#host = bytesOf(options.host === "" ? "" : `,"host":{"name":${JSON.stringify(options.host)}}`);
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
    body.put(BEHIND_ID);
    body.put(this.#secondText);
    body.putShort(String(time - this.#second * 1000).padStart(3, "0"));
    body.put(this.#event);
    const message = writeOriginal(body, record);
    body.put(BEHIND_ORIGINAL);
    body.putShort(sequence);
    body.put(BEHIND_SEQUENCE[record.severity]);
    body.put(file);
    body.putShort(record.offset);
    body.put(MESSAGE);
    body.repeat(message.contentStart, message.contentEnd);
    body.repeat(message.restStart, message.restEnd);
    body.put(QUOTE);
    if (record.service.length > 0) {
      body.putShort(',"service":{"name":');
      body.put(record.service);
      body.putShort("}");
    }
    body.put(this.#host);
    body.putShort(`,"deepscan":{"parsed":${record.parsed}`);
    if (inferred) body.putShort(',"time_inferred":true');
    if (record.continues) body.putShort(',"continues":true');
    body.put(END);
    this.written++;
    if (inferred) this.untimed++;
    if (!record.parsed) this.unparsed++;
  }

  /** Makes the texts of a time ready that change with the second or the day only. */
  #time(time: number): void {
    const second = Math.floor(time / 1000);
    if (second === this.#second) return;
    this.#second = second;
    const text = new Date(second * 1000).toISOString();
    this.#secondText = bytesOf(text.slice(0, -4)); // without milliseconds and Z, which stand behind it
    const day = Math.floor(second / 86_400), { index, dataStream } = this.#options;
    if (day === this.#day || dataStream) return;
    this.#day = day;
    this.#action = actionOf(`${index}-${text.slice(0, text.indexOf("T")).replaceAll("-", ".")}`);
  }
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
