import assert from "node:assert/strict";
import { parseInstant, parseTimeSpan } from "../../../runner/config/time_span.ts";

Deno.test("parseInstant() reads times without a zone as UTC wherever the machine is", () => {
  const zone = Deno.env.get("TZ"), ten = Date.UTC(2026, 2, 2, 10);
  Deno.env.set("TZ", "Asia/Tokyo");
  try {
    assert.equal(new Date(0).getTimezoneOffset(), -540, "the zone is not in use");
    const texts = ["2026-03-02T10:00", "2026-03-02 10:00", "2026-03-02T12:00+02:00", "2026-03-02T10:00:00Z"];
    for (const text of texts) assert.equal(parseInstant(text), ten, text);
    assert.equal(parseInstant("2026-03-02"), Date.UTC(2026, 2, 2));
    for (const text of ["3/2/2026", "Mar 2 2026", "soon", ""]) {
      assert.throws(() => parseInstant(text), SyntaxError, text);
    }
  } finally {
    if (zone === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", zone);
  }
});

Deno.test("parseTimeSpan() takes two times, and no span that ends before it begins", () => {
  assert.deepEqual(parseTimeSpan("1970-01-01/1970-01-01 00:01"), { from: 0, to: 60_000 });
  assert.throws(() => parseTimeSpan("1970-01-02/1970-01-01"), RangeError);
  assert.throws(() => parseTimeSpan("1970-01-02"), SyntaxError);
});
