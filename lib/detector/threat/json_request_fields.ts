/**
 * The fields of a JSON record that tell of a request: who asked for what, and what was answered.
 *
 * @module
 */

/** What is looked for: the columns of {@linkcode JsonRequestFields}. */
export const METHOD = 0,
  TARGET = 1,
  QUERY = 2,
  LINE = 3,
  STATUS = 4,
  SIZE = 5,
  SOURCE = 6,
  AGENT = 7,
  USER = 8;
const COLUMNS = 9;

/**
 * Names of each column, best first, as one word each: letters and digits alone, in lower case, with those of the objects around, so
 * that `http.request.method`, `{"http":{"request":{"method":…}}}` and `http_request_method` are one name.
 *
 * They are those of nginx's and Apache's variables, ECS, Caddy, Traefik, GCP's `httpRequest`, pino-http, morgan, Envoy and the
 * usual names of frameworks.
 */
const NAMES: Readonly<Record<number, string>> = {
  [METHOD]: "httprequestmethod requestmethod method httpmethod httprequestrequestmethod reqmethod verb",
  [TARGET]:
    "requesturi urloriginal httprequestrequesturl requrl requesturl uri url requestpath urlpath path httppath httpurl " +
    "httptarget target reqpath originalurl urlfull",
  [QUERY]: "querystring requestquery urlquery args",
  [LINE]: "requestline request",
  [STATUS]:
    "httpresponsestatuscode downstreamstatus statuscode httprequeststatus resstatuscode responsestatuscode responsecode " +
    "httpstatuscode httpstatus status resstatus responsestatus",
  [SIZE]:
    "bodybytessent httpresponsebodybytes downstreamcontentsize httprequestresponsesize bytessent responsesize bytes size " +
    "contentlength",
  [SOURCE]:
    "clientip requestclientip sourceip httprequestremoteip remoteip requestremoteip remoteaddr requestremoteaddr " +
    "remoteaddress reqremoteaddress requestremoteaddress clienthost clientaddr clientaddress sourceaddress ipaddress ip " +
    "remotehost remote srcip client",
  [AGENT]:
    "useragentoriginal httpuseragent requestheadersuseragent reqheadersuseragent httprequestuseragent requestuseragent " +
    "useragent agent",
  [USER]: "username user login account userid usr",
};

/** Objects whose fields are taken for those of the record. */
const WRAPPERS = "jsonpayload data fields attributes context";

/** What a name means: its column (-1 = an object around) and its rank; `length` guards against equal hashes. */
interface Named {
  column: number;
  rank: number;
  length: number;
}

const SEED = 0x811c9dc5, PRIME = 0x01000193;
/** Objects deeper than this hold nothing that is looked for. */
const DEPTH = 5;
const QUOTE = 34,
  BACKSLASH = 92,
  COMMA = 44,
  COLON = 58,
  OPEN = 123,
  CLOSE = 125,
  OPEN_LIST = 91,
  CLOSE_LIST = 93;

/** A byte of a name in lower case; 0 = it doesn't count. */
const NAMED_BYTE = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const letter = String.fromCharCode(byte).toLowerCase();
  if (/[a-z0-9]/.test(letter)) NAMED_BYTE[byte] = letter.charCodeAt(0);
}

const MEANINGS = new Map<number, Named>();
for (const [column, names] of Object.entries(NAMES)) {
  names.split(" ").forEach((name, rank) =>
    MEANINGS.set(hashOf(name), { column: Number(column), rank, length: name.length })
  );
}
for (const name of WRAPPERS.split(" ")) {
  MEANINGS.set(hashOf(name), { column: -1, rank: 0, length: name.length });
}

function hashOf(name: string): number {
  let hash = SEED;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), PRIME);
  return hash;
}

/**
 * Finds them in one pass over the bytes; allocates nothing. Whether the record is well-formed is not its matter.
 *
 * @see Elastic Common Schema 8, fields `http`, `url`, `source`, `user_agent`; Google Cloud Logging, `HttpRequest`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JsonRequestFields, METHOD, STATUS } from "./json_request_fields.ts";
 *
 * const text = '{"http":{"request":{"method":"GET"},"response":{"status_code":404}}}', bytes = new TextEncoder().encode(text);
 * const fields = new JsonRequestFields();
 * assert(fields.read(bytes, 0, bytes.length));
 * assert.equal(text.slice(fields.start[METHOD], fields.end[METHOD]), "GET");
 * assert.equal(text.slice(fields.start[STATUS], fields.end[STATUS]), "404");
 * ```
 */
export class JsonRequestFields {
  /** Offsets of each value's first byte, strings without their quotes; -1 where the record has none. */
  readonly start: Int32Array = new Int32Array(COLUMNS);
  /** Offsets behind them. */
  readonly end: Int32Array = new Int32Array(COLUMNS);
  readonly #rank = new Uint8Array(COLUMNS);
  #bytes: Uint8Array = new Uint8Array(0);
  #stop = 0;
  // The name read last, with those of the objects around it.
  #hash = SEED;
  #length = 0;

  /** Reads `bytes[start, end)`; `false` where no object begins there. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (start >= end || bytes[start] !== OPEN) return false;
    this.#bytes = bytes;
    this.#stop = end;
    this.start.fill(-1);
    this.#rank.fill(255);
    this.#object(start, SEED, 0, 0);
    return true;
  }

  /** Each of these takes the offset of a value's first byte and returns the one behind it. */
  #object(p: number, hash: number, length: number, depth: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    for (p++; p < stop;) {
      const byte = bytes[p];
      if (byte === CLOSE) return p + 1;
      if (byte !== QUOTE) {
        p++;
        continue;
      }
      p = this.#name(p, hash, length);
      const own = this.#hash, ownLength = this.#length;
      while (p < stop && bytes[p] !== COLON) p++;
      p = this.#value(this.#blanks(p + 1), own, ownLength, depth);
    }
    return p;
  }

  #blanks(p: number): number {
    while (p < this.#stop && this.#bytes[p] <= 32) p++;
    return p;
  }

  #name(p: number, hash: number, length: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    for (p++; p < stop && bytes[p] !== QUOTE; p++) {
      const byte = NAMED_BYTE[bytes[p]];
      if (byte !== 0) {
        hash = Math.imul(hash ^ byte, PRIME);
        length++;
      } else if (bytes[p] === BACKSLASH) p++;
    }
    this.#hash = hash;
    this.#length = length;
    return p + 1;
  }

  #value(p: number, hash: number, length: number, depth: number): number {
    const bytes = this.#bytes;
    if (p >= this.#stop) return p;
    if (bytes[p] === QUOTE) {
      const behind = this.#string(p);
      this.#note(p + 1, behind - 1, hash, length);
      return behind;
    }
    if (bytes[p] === OPEN_LIST) return this.#list(p, hash, length, depth);
    if (bytes[p] !== OPEN) {
      const behind = this.#scalar(p);
      if (bytes[p] >= 48 && bytes[p] <= 57) this.#note(p, behind, hash, length);
      return behind;
    }
    if (depth >= DEPTH) return this.#skip(p);
    const known = MEANINGS.get(hash), wraps = known?.column === -1 && known.length === length;
    return wraps ? this.#object(p, SEED, 0, depth + 1) : this.#object(p, hash, length, depth + 1);
  }

  /** The first of several values stands for all. */
  #list(p: number, hash: number, length: number, depth: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    p = this.#blanks(p + 1);
    if (p < stop && bytes[p] !== CLOSE_LIST) p = this.#value(p, hash, length, Math.min(depth + 1, DEPTH));
    return this.#close(p, 1);
  }

  /** The offset behind the value at `p`, whatever is in it. */
  #skip(p: number): number {
    return this.#close(p + 1, 1);
  }

  /** The offset behind the bracket that closes the outermost of the `open` ones that stand before `p`. */
  #close(p: number, open: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    while (p < stop && open > 0) {
      const byte = bytes[p];
      if (byte === QUOTE) {
        p = this.#string(p);
        continue;
      }
      p++;
      if (byte === OPEN_LIST || byte === OPEN) open++;
      else if (byte === CLOSE_LIST || byte === CLOSE) open--;
    }
    return p;
  }

  #string(p: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    for (p++; p < stop && bytes[p] !== QUOTE; p++) if (bytes[p] === BACKSLASH) p++;
    return Math.min(p + 1, stop);
  }

  #scalar(p: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    while (p < stop && bytes[p] > 32 && bytes[p] !== COMMA && bytes[p] !== CLOSE && bytes[p] !== CLOSE_LIST) {
      p++;
    }
    return p;
  }

  #note(start: number, end: number, hash: number, length: number): void {
    const named = MEANINGS.get(hash);
    if (named === undefined || named.column < 0 || named.length !== length || end <= start) return;
    if (named.rank >= this.#rank[named.column]) return;
    this.#rank[named.column] = named.rank;
    this.start[named.column] = start;
    this.end[named.column] = end;
  }
}
