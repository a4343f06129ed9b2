import assert from "node:assert/strict";
import fc from "fast-check";
import { type Category, CATEGORY_NAMES } from "../../../lib/explain/meaning/category.ts";
import { subjectOf } from "../../../lib/explain/meaning/subject.ts";

Deno.test("subjectOf() finds what a message names", () => {
  const cases: [text: string, category: Category, subject: string][] = [
    ['relation "carts" does not exist', "missing", "table carts"],
    ["Table 'shop.carts' doesn't exist", "missing", "table shop.carts"],
    ["cannot open /etc/shop/app.yaml", "missing", "file /etc/shop/app.yaml"],
    ["connect to db.internal:5432 refused", "network", "address db.internal:5432"],
    ["no route to 10.0.0.7", "network", "address 10.0.0.7"],
    ["Failed password for user anna from host db1", "authentication", "user anna"],
    ["I/O error on device sda, path /srv/data", "disk", "device sda"],
    ["Failed password for user <*> from <*>", "authentication", "a user"],
    ["index <*> is corrupt", "data", "an index"],
    ["the database refused to answer", "dependency", "the database"],
  ];
  for (const [text, category, subject] of cases) assert.equal(subjectOf(text, category)?.text, subject, text);
});

Deno.test("subjectOf() takes no verb for a name, and has none where nothing is named", () => {
  assert.equal(subjectOf("server is down", "network"), null);
  assert.equal(subjectOf("something failed", "crash"), null);
  assert.equal(subjectOf("user authentication failure", "authentication"), null);
  assert.equal(subjectOf("port <*> said no", "authentication"), null);
  assert.equal(subjectOf("", "none"), null);
});

Deno.test("subjectOf() copies names from the message only", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.constantFrom(...CATEGORY_NAMES), (text, category) => {
      const subject = subjectOf(`table ${text}`, category);
      if (subject) assert(`table ${text}`.includes(subject.name));
    }),
  );
});
