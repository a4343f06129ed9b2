import assert from "node:assert/strict";
import { KeptRecord } from "../../../lib/model/story/kept_record.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { redact } from "../../../lib/record/redaction.ts";

function kept(text: string): KeptRecord {
  const batch = new LogBatch();
  batch.recordEnd[0] = new TextEncoder().encodeInto(text, batch.bytes).written;
  batch.length = 1;
  return new KeptRecord().take(batch, 0, 0);
}

Deno.test("KeptRecord.text() shows no part of a secret that lies across the edge of what is shown or kept", () => {
  for (const [wide, edge] of [[148, 600], [212, 856]]) { // four bytes each: few characters, many bytes
    const text = kept(`${"𝄞".repeat(wide)} ann.smith@example.org ${"x".repeat(900)}`).text(redact);
    assert.doesNotMatch(text, /ann|a$/, `${edge}`);
    assert.ok([...text].length > 140, text);
  }
});

Deno.test("KeptRecord.text() gives two lines of a record, and cuts after 300 characters", () => {
  assert.equal(
    kept("no stock\n  at sell (shop.ts:7)\n  at main").text(redact),
    "no stock ⏎ at sell (shop.ts:7)",
  );
  assert.equal(kept("x".repeat(2000)).text(redact), `${"x".repeat(299)}…`);
});
