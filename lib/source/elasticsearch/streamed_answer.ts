/**
 * Answers as bytes, for whoever reads them better than the client does.
 *
 * @module
 */
import type { TransportResult } from "@elastic/elasticsearch";
import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ElasticsearchError, failureOf } from "./failure.ts";

const unpack = promisify(gunzip);

/** An answer as the client gives it. */
type Answer = Pick<TransportResult<AsyncIterable<Uint8Array>>, "body" | "headers" | "statusCode">;

/**
 * All bytes of an answer that was asked for with `asStream` and `meta`.
 *
 * @param doing What it is for, in words: `read server-logs-*`.
 * @throws {ElasticsearchError} if it ends early, or is a refusal: the client lets a stream pass, whatever it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { streamedAnswer } from "./streamed_answer.ts";
 *
 * const body = new Blob(['{"took":1}']).stream(), headers = { "x-elastic-product": "Elasticsearch" };
 * const bytes = await streamedAnswer("read logs", { body, headers, statusCode: 200 });
 * assert.equal(bytes.toString(), '{"took":1}');
 * ```
 */
export async function streamedAnswer(
  doing: string,
  { body, headers, statusCode = 0 }: Answer,
): Promise<Buffer> {
  const bytes = await wholeOf(body, headers["content-encoding"] === "gzip").catch((cause: Error) => {
    throw new ElasticsearchError(`Cannot ${doing}: the answer is not whole: ${cause.message}`, "busy", 0, {
      cause,
    });
  });
  if (statusCode < 400) return bytes;
  throw failureOf(doing, { statusCode, body: bytes.toString(), meta: { headers } });
}

async function wholeOf(body: AsyncIterable<Uint8Array>, isPacked: boolean): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  const bytes = Buffer.concat(parts);
  return isPacked ? await unpack(bytes) : bytes;
}
