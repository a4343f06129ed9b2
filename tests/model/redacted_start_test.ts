import assert from "node:assert/strict";
import { BEYOND, redactedStart } from "../../lib/model/redacted_start.ts";
import { redact } from "../../lib/record/redaction.ts";

Deno.test("redactedStart() shows no part of a secret at the end of what was kept, where others before it made room", () => {
  const options = { limit: 600, goesOn: true, redact };
  const kept = `password=${"a".repeat(700)} word ${"b".repeat(100)} ann.smi`;
  assert.equal(redactedStart(kept, options), "password=<secret>");
  assert.equal(redactedStart(kept, { ...options, goesOn: false }).slice(-8), " ann.smi");
});

Deno.test("redactedStart() shows what is left of a text that is one long secret", () => {
  const kept = `token of a session: eyJ${"a".repeat(300)}.${"b".repeat(500)}`;
  assert.match(redactedStart(kept, { limit: 600, goesOn: true, redact }), /<\w+>$/);
});

Deno.test("redactedStart() cuts between characters, and counts bytes", () => {
  const kept = "語".repeat(300), options = { limit: 100, goesOn: true, redact };
  assert.equal(redactedStart(kept, options), "語".repeat(33));
  assert.equal(redactedStart(kept, { ...options, limit: 900 }), "語".repeat(Math.floor((900 - BEYOND) / 3)));
});
