import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { streamedAnswer } from "../../../lib/source/elasticsearch/streamed_answer.ts";

const PRODUCT = { "x-elastic-product": "Elasticsearch" }, GZIP = { ...PRODUCT, "content-encoding": "gzip" };

async function* parts(bytes: Uint8Array, end: Error | null = null): AsyncGenerator<Uint8Array, void, void> {
  for (let i = 0; i < bytes.length; i += 7) yield bytes.subarray(i, i + 7);
  if (end !== null) throw await Promise.resolve(end);
}

Deno.test("streamedAnswer() joins and unpacks what comes in parts", async () => {
  const text = "a text with ümlauts", bytes = new TextEncoder().encode(text);
  const plain = await streamedAnswer("read a", { body: parts(bytes), headers: PRODUCT, statusCode: 200 });
  const packed = await streamedAnswer("read a", {
    body: parts(gzipSync(bytes)),
    headers: GZIP,
    statusCode: 200,
  });
  assert.deepEqual([plain.toString(), packed.toString()], [text, text]);
});

Deno.test("streamedAnswer() tells an answer that ends early as one that may be asked for again", async () => {
  const packed = gzipSync("a text that is long enough");
  const cut = [parts(packed, new Error("aborted")), parts(packed.subarray(0, 20))];
  for (const body of cut) {
    await assert.rejects(streamedAnswer("read a", { body, headers: GZIP, statusCode: 200 }), {
      message: /^Cannot read a: the answer is not whole: (aborted|unexpected end of file)$/,
      temporary: true,
    });
  }
});

Deno.test("streamedAnswer() tells a refusal in words", async () => {
  const error = { error: { type: "index_not_found_exception", reason: "no such index [a]" }, status: 404 };
  const body = parts(new TextEncoder().encode(JSON.stringify(error)));
  await assert.rejects(streamedAnswer("read a", { body, headers: PRODUCT, statusCode: 404 }), {
    message: "Cannot read a: there is no such index: no such index [a]",
  });
});
