import assert from "node:assert/strict";
import { missingNote, shortenedNote } from "../../../lib/source/elasticsearch/index_notes.ts";

Deno.test("missingNote() and shortenedNote() name the input and say what is the matter", () => {
  assert.deepEqual(missingNote("elasticsearch:logs", "there is no such index"), {
    ...{ kind: "missing", name: "elasticsearch:logs" },
    text: "Nothing to read matches elasticsearch:logs: there is no such index",
  });
  assert.match(shortenedNote("elasticsearch:logs", 12_400, 3_600_000).text, /12 s only, not 3,600 s/);
});
