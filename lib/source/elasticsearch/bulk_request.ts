/**
 * One bulk request, sent until every item is settled or the cluster is given up for now.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { Buffer } from "node:buffer";
import { BULK_PARTS, type BulkAnswer, type ItemRefusal, readBulkAnswer } from "./bulk_answer.ts";
import type { BulkBody } from "./bulk_body.ts";
import { JSON_BODY } from "./connection.ts";
import { ElasticsearchError, failureOf } from "./failure.ts";

/** How a bulk request is sent. */
export interface BulkOptions {
  /** What is being done, for errors; default: `send logs`. */
  doing?: string;
  /** How often what was refused for now is sent again before it is given up; default 6. */
  retries?: number;
  /** Wait before the first of them, ms; it doubles each time. Default 500. */
  firstDelay?: number;
  /** The wait grows no longer than this, ms; default 15,000. */
  longestDelay?: number;
  /** A number in [0, 1): waits are between half and all of their length, so that many shippers don't come at once. */
  random: () => number;
  /** Waits so many ms. */
  pause: (ms: number) => Promise<void>;
  /** When it is set, what was refused for now is not sent again. */
  stop?: AbortSignal;
  /** Told of every failure that another try follows. */
  onRetry?: (failure: ElasticsearchError, items: number) => void;
}

/** What became of the items of a bulk request. */
export interface BulkOutcome {
  created: number;
  existing: number;
  /** Items that will never be taken. */
  dead: ItemRefusal[];
  /** Items that are not settled: by their places in the body. Empty unless {@linkcode failure} says why. */
  left: number[];
  failure: ElasticsearchError | null;
}

/** The media type of lines of JSON. */
const LINES = "application/vnd.elasticsearch+x-ndjson; compatible-with=8";
const USUAL = "send logs";
/** What the client's own errors would lack the headers of. */
const REFUSALS = Array.from({ length: 200 }, (_, i) => 400 + i);
/** A cluster that asks for a longer wait than this (ms) is given up for now. */
const LONGEST_WAIT = 60_000;

/** What came of one request. */
interface Tried extends BulkAnswer {
  failure: ElasticsearchError | null;
  /** How long the cluster asks to be left alone, ms. */
  wait: number;
}

/**
 * Sends a body. Only what was refused for now is sent again, after a wait that grows; a request that is too large is divided.
 * Nothing is thrown for what a cluster can do: what is left is told.
 *
 * @example Nobody is there
 * ```ts
 * import assert from "node:assert/strict";
 * import { BulkBody } from "./bulk_body.ts";
 * import { sendBulk } from "./bulk_request.ts";
 * import { connect } from "./connection.ts";
 *
 * const client = await connect({ nodes: ["http://127.0.0.1:1"] }), body = new BulkBody();
 * body.begin();
 * body.putShort('{"create":{"_index":"logs"}}\n{}\n');
 * const outcome = await sendBulk(client, body, { retries: 0, random: () => 0, pause: () => Promise.resolve() });
 * assert.deepEqual(outcome.left, [0]);
 * await client.close();
 * ```
 */
export async function sendBulk(client: Client, body: BulkBody, options: BulkOptions): Promise<BulkOutcome> {
  const { retries = 6, firstDelay = 500, longestDelay = 15_000, random, pause, onRetry } = options;
  const { doing = USUAL, stop } = options;
  const outcome: BulkOutcome = { created: 0, existing: 0, dead: [], left: [], failure: null };
  let places = Array.from({ length: body.items }, (_, i) => i), part = body;
  for (let attempt = 0;; attempt++) {
    const tried = await sendOnce(client, part, doing);
    const { created, existing, dead, later, kept } = tried;
    outcome.created += created;
    outcome.existing += existing;
    for (const refusal of dead) outcome.dead.push({ ...refusal, item: places[refusal.item] });
    if (later.length + kept.length === 0) return { ...outcome, left: [], failure: null };
    const failure = tried.failure ?? refusalOf(kept[0] ?? later[0], doing);
    const left = [...later, ...kept].map(({ item }) => item).sort((a, b) => a - b);
    places = left.map((item) => places[item]);
    const isGivenUp = kept.length > 0 || attempt === retries || tried.wait > LONGEST_WAIT || stop?.aborted;
    if (isGivenUp) return { ...outcome, left: places, failure };
    onRetry?.(failure, left.length);
    part = part.only(left);
    const delay = Math.min(longestDelay, firstDelay * 2 ** attempt) * (0.5 + random() / 2);
    await pause(Math.max(delay, tried.wait * (1 + random() / 10)));
  }
}

/** The answer to one request; one that didn't get any leaves all items for later. */
async function sendOnce(client: Client, body: BulkBody, doing: string): Promise<Tried> {
  try {
    return { ...readBulkAnswer(await post(client, body), body.items), failure: null, wait: 0 };
  } catch (error) {
    const failure = error instanceof RangeError // it is about other items: something else answered
      ? new ElasticsearchError(`Cannot ${doing}: ${error.message}`, "busy", 0, { cause: error })
      : failureOf(doing, error);
    if (failure.status === 413) return await divided(client, body, { failure, doing });
    const { status, message: reason } = failure, type = failure.kind;
    const all = Array.from({ length: body.items }, (_, item) => ({ item, status, type, reason }));
    const later = failure.temporary || failure.kind === "read-only";
    const sorted = { created: 0, existing: 0, dead: [], later: later ? all : [], kept: later ? [] : all };
    return { ...sorted, failure, wait: waitOf(error) };
  }
}

/**
 * How long an answer asks to wait, ms.
 *
 * @see RFC 9110, section 10.2.3: seconds, or a time, which counts from the answer's own.
 */
function waitOf(error: unknown): number {
  const { headers = {} } = (error as { meta?: { headers?: Record<string, string> } }).meta ?? {};
  const told = headers["retry-after"];
  if (told === undefined) return 0;
  const wait = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.parse(headers.date);
  return wait > 0 ? wait : 0;
}

async function post(client: Client, body: BulkBody): Promise<unknown> {
  const text = body.text();
  const { statusCode = 0, headers, body: answer } = await client.transport.request(
    {
      ...{ method: "POST", path: "/_bulk", querystring: { filter_path: BULK_PARTS } },
      bulkBody: Buffer.from(text.buffer, text.byteOffset, text.length),
    },
    {
      headers: { ...JSON_BODY, "content-type": LINES },
      ...{ maxRetries: 0, meta: true, ignore: REFUSALS },
      redaction: { type: "remove" }, // an error would hold a copy of the body otherwise, made byte by byte
    },
  );
  if (statusCode < 400) return answer;
  throw Object.assign(new Error(), { statusCode, body: answer, meta: { statusCode, headers } });
}

/** Both halves of a body that is too large; an item that is too large alone is dead. */
async function divided(
  client: Client,
  body: BulkBody,
  { failure, doing }: { failure: ElasticsearchError; doing: string },
): Promise<Tried> {
  const { items } = body, half = items >> 1;
  if (items === 1) {
    const dead = [{ item: 0, status: 413, type: "too_large", reason: failure.message }];
    return { created: 0, existing: 0, later: [], kept: [], dead, failure: null, wait: 0 };
  }
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const first = await sendOnce(client, body.only(range(0, half)), doing);
  const second = await sendOnce(client, body.only(range(half, items)), doing);
  const moved = (refusals: ItemRefusal[]) => refusals.map((one) => ({ ...one, item: one.item + half }));
  return {
    created: first.created + second.created,
    existing: first.existing + second.existing,
    later: [...first.later, ...moved(second.later)],
    kept: [...first.kept, ...moved(second.kept)],
    dead: [...first.dead, ...moved(second.dead)],
    failure: first.failure ?? second.failure,
    wait: Math.max(first.wait, second.wait),
  };
}

/** What stands for the refusals of items, in the words for a whole request. */
function refusalOf({ status, type, reason }: ItemRefusal, doing: string): ElasticsearchError {
  const error = Object.assign(new Error(reason), { statusCode: status, body: { error: { type, reason } } });
  return failureOf(doing, error);
}
