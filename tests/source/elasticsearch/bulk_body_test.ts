import assert from "node:assert/strict";
import fc from "fast-check";
import { BulkBody } from "../../../lib/source/elasticsearch/bulk_body.ts";

const decoder = new TextDecoder();

/** A body with these items. */
function bodyOf(...messages: string[]): BulkBody {
  const body = new BulkBody(1);
  for (const message of messages) {
    body.begin();
    body.putShort('{"create":{}}\n{"message":"');
    const bytes = new TextEncoder().encode(message);
    body.putEscaped(bytes, 0, bytes.length);
    body.putShort('"}\n');
  }
  return body;
}

Deno.test("BulkBody only() holds the named items and no others", () => {
  const part = bodyOf("a", "b\n", "c").only([0, 1]);
  assert.equal(
    decoder.decode(part.text()),
    '{"create":{}}\n{"message":"a"}\n{"create":{}}\n{"message":"b\\n"}\n',
  );
  assert.equal(decoder.decode(part.item(1)), '{"create":{}}\n{"message":"b\\n"}\n');
});

Deno.test("BulkBody of() finds the items of a text again", () => {
  const body = bodyOf(...Array.from({ length: 3000 }, (_, i) => `message ${i}`)),
    again = BulkBody.of(body.text().slice());
  assert.equal(again.items, 3000);
  assert.equal(decoder.decode(again.item(2999)), decoder.decode(body.item(2999)));
  assert.equal(decoder.decode(again.text()), decoder.decode(body.text()));
});

Deno.test("BulkBody of() refuses a text that is cut off", () => {
  const text = bodyOf("a", "b").text().slice();
  assert.throws(() => BulkBody.of(text.subarray(0, text.length - 1)), SyntaxError);
  assert.throws(() => BulkBody.of(text.subarray(0, 14)), SyntaxError);
});

Deno.test("BulkBody repeat() copies what was written, also where the buffer grows", () => {
  const body = new BulkBody(8);
  body.begin();
  body.putShort("12345678");
  body.repeat(2, 6);
  assert.equal(decoder.decode(body.text()), "123456783456");
});

Deno.test("BulkBody putNumber() writes what String() does, with zeros before it", () => {
  const whole = fc.oneof(fc.nat(20_000), fc.maxSafeNat(), fc.constantFrom(0, 9, 10, 99, 100, 2 ** 53 - 1));
  fc.assert(fc.property(whole, fc.integer({ min: 1, max: 8 }), (value, digits) => {
    const body = new BulkBody(1);
    body.putNumber(value, digits);
    assert.equal(decoder.decode(body.text()), String(value).padStart(digits, "0"));
  }));
});
