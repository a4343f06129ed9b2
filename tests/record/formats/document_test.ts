import assert from "node:assert/strict";
import fc from "fast-check";
import { document } from "../../../lib/record/formats/document.ts";
import { DocumentLines } from "../../../lib/source/elasticsearch/document_lines.ts";
import { Page } from "../../../lib/source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../../lib/source/elasticsearch/wanted_fields.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.123Z";

Deno.test("document reads time, level, service and message", async () => {
  await checkGolden(document, [
    [`${T} ERROR shop\x1fcannot pay`, [T, 17, "shop", "cannot pay"]],
    [`${T} ? sshd\x1eMar  2 10:00:00 shop sshd[42]: \x1faccepted`, [T, 0, "sshd", "accepted"]],
    [`${T} error2 shop\x1fcannot pay`, [T, 18, "shop", "cannot pay"]],
    [`${T} FATAL4 -\x1fx`, [T, 24, null, "x"]],
    [`${T} ? shop\x1fERROR: x`, [T, 0, "shop", "ERROR: x"]],
    [`${T} nonsense shop\x1fx`, [T, 0, "shop", "x"]],
    [`2026-03-02T11:00:00.123+01:00 INFO shop\x1f`, [T, 9, "shop", ""]],
    [`${T} ERROR shop cannot pay`, null],
    [`${T} ERROR`, null],
    ["yesterday ERROR shop\x1fx", null],
  ]);
});

Deno.test("document reads the program's own header where the document has no level", async () => {
  await checkGolden(document, [
    [`${T} - shop\x1f2026-03-02 09:59:59,000 WARN [main] o.a.App: short`, [T, 13, "shop", "short"]],
    [`${T} - shop\x1f{"level":"error","service":"s","msg":"x"}`, [T, 17, "shop", "x"]],
    [`${T} - -\x1f{"level":"error","service":"s","msg":"x"}`, [T, 17, "s", "x"]],
    [`${T} INFO shop\x1fERROR: x`, [T, 9, "shop", "ERROR: x"]],
  ]);
});

Deno.test("document has no time where the document has none", async () => {
  const { records: [record] } = await recordsOf("- ? -\x1fno more space\n", { format: document });
  assert.equal(record.timestamp, null);
  assert.equal(record.content, "no more space");
});

Deno.test("document gives back the messages of documents, whatever is in them", async () => {
  const message = fc.string({ unit: "binary", minLength: 1 }).map((text) =>
    `m${text.replaceAll("\x1f", "")}`
  );
  const fields = wantedFields(USUAL_FIELDS);
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 5 }), async (messages) => {
      const hits = messages.map((message, i) => ({
        _id: String(i),
        _source: { "@timestamp": T, "log.level": "INFO", message },
        sort: [Date.parse(T)],
      }));
      const page = new Page(fields), lines = new DocumentLines();
      page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits } })));
      lines.write(page, 0, page.length);
      const { records } = await recordsOf(lines.text().slice(), { format: document });
      const firstLines = messages.map((message) => message.toWellFormed().split("\n")[0].replace(/\r$/, ""));
      assert.deepEqual(records.map(({ content }) => content), firstLines);
    }),
    { numRuns: 300 },
  );
});
