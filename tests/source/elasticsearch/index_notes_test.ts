import assert from "node:assert/strict";
import { Page } from "../../../lib/source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../../lib/source/elasticsearch/wanted_fields.ts";
import { missingNote, refuseMute, shortenedNote } from "../../../lib/source/elasticsearch/index_notes.ts";

Deno.test("missingNote() and shortenedNote() name the input and say what is the matter", () => {
  assert.deepEqual(missingNote("elasticsearch:logs", "there is no such index"), {
    ...{ kind: "missing", name: "elasticsearch:logs" },
    text: "Nothing to read matches elasticsearch:logs: there is no such index",
  });
  assert.match(shortenedNote("elasticsearch:logs", 12_400, 3_600_000).text, /12 s only, not 3,600 s/);
});

Deno.test("refuseMute() names the fields that there are instead of a message, or says that there are none", () => {
  const page = new Page(wantedFields(USUAL_FIELDS));
  const read = (...sources: unknown[]) => {
    const hits = sources.map((_source) => ({
      _id: "a",
      ...(_source === null ? {} : { _source }),
      sort: [1],
    }));
    page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits } })));
    return page;
  };
  refuseMute(read({ text: "x" }, { message: "y" }), "logs");
  const other = read({ when: 1, text: "x" }, { text: "y" });
  assert.throws(
    () => refuseMute(other, "logs"),
    /^ElasticsearchError: Cannot read logs: .*there are: text, when$/,
  );
  assert.throws(() => refuseMute(read(null), "logs"), /_source is disabled/); // nor what another page had there
});
