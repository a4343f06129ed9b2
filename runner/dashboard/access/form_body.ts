/**
 * What a request sends along, read with a limit on size and time.
 *
 * @module
 */

import { pause } from "../../pause.ts";

/** Bytes of a form at the most, and how long it may take to come, ms. */
const BYTES = 16 * 1024, TIME = 10_000;

/** A form that is not read. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  /** @param status Of the answer. */
  constructor(message: string, readonly status: 400 | 408 | 413 | 415, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Fields by name; where one is there twice the last one counts. */
export type Fields = Record<string, string>;

/**
 * The fields of a form, or of a JSON object of texts.
 *
 * @throws {BodyError} if it is too large, too slow, or neither.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readFields } from "./form_body.ts";
 *
 * const request = new Request("http://localhost/", { method: "POST", body: new URLSearchParams({ note: "a & b" }) });
 * assert.deepEqual(await readFields(request), { note: "a & b" });
 * ```
 */
export async function readFields(request: Request, { time = TIME }: { time?: number } = {}): Promise<Fields> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  const isForm = type === "application/x-www-form-urlencoded";
  if (!isForm && type !== "application/json") {
    throw new BodyError("Cannot read the request: expected a form or JSON", 415);
  }
  const text = await readText(request, time);
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : fieldsOf(text);
}

async function readText(request: Request, time: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > BYTES) throw tooLarge();
  if (request.body === null) return "";
  const reader = request.body.getReader(), decoder = new TextDecoder("utf-8", { fatal: true });
  const done = new AbortController();
  const late = pause(time, done.signal).then(() => {
    if (!done.signal.aborted) throw new BodyError("Cannot read the request: it takes too long", 408);
  });
  const next = async () => await Promise.race([reader.read(), late]) ?? { done: true as const };
  try {
    let text = "", bytes = 0;
    for (let part = await next(); !part.done; part = await next()) {
      bytes += part.value.length;
      if (bytes > BYTES) throw tooLarge();
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    reader.cancel().catch(() => {}); // whoever sends it is gone, or is told by the answer
    if (error instanceof Deno.errors.BadResource) {
      throw new BodyError("Cannot read the request: it broke off", 400, { cause: error });
    }
    if (error instanceof TypeError) throw new BodyError("Cannot read the request: it is no text", 400);
    throw error;
  } finally {
    done.abort();
  }
}

function tooLarge(): BodyError {
  return new BodyError(`Cannot read the request: ${BYTES} bytes are the most`, 413);
}

function fieldsOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BodyError(
      `Cannot read the request: it is no JSON: ${(cause as Error).message.slice(0, 100)}`,
      400,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BodyError("Cannot read the request: expected a JSON object", 400);
  }
  const wrong = Object.entries(value).find(([, one]) =>
    !["string", "number", "boolean"].includes(typeof one)
  );
  if (wrong !== undefined) {
    throw new BodyError(`Cannot read the request: ${wrong[0].slice(0, 50)} must be a text`, 400);
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}
