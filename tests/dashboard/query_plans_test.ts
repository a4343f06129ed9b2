import assert from "node:assert/strict";
import { State } from "../../lib/mod.ts";
import { VIEW_SQL } from "./view_sql.ts";

/** Tables that grow with what is read: nobody may read all of one. */
const LARGE = /SCAN (?:verdict|record_count|window_count|template_count|alert|incident|notice|delivery)\b/;

for (const [group, queries] of Object.entries(VIEW_SQL)) {
  for (const [name, query] of Object.entries(queries)) {
    Deno.test(`${group}.${name} reads no large table as a whole`, () => {
      const state = State.open(":memory:");
      const plan = state.database.prepare(`explain query plan ${query}`).all().map(({ detail }) =>
        String(detail)
      );
      assert.ok(plan.length > 0);
      assert.doesNotMatch(plan.join("\n"), LARGE, plan.join("\n"));
      state.close();
    });
  }
}
