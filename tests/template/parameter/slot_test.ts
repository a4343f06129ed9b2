import assert from "node:assert/strict";
import { createRedactor, redact } from "../../../lib/record/redaction.ts";
import { shownValue, slotsOf } from "../../../lib/template/parameter/slot.ts";
import { SECRET_ROLE } from "../../../lib/template/parameter/role.ts";

const namesOf = (text: string) => slotsOf(text, redact).map(({ name }) => name);

Deno.test("slotsOf() calls slots what the text calls them", () => {
  assert.deepEqual(namesOf("size=<*> user: <*> from <*>"), ["size", "user", "from"]);
  assert.deepEqual(namesOf("took <*> ms"), ["took"]);
  assert.deepEqual(namesOf('{"path":"<*>","count":<*>}'), ["path", "count"]);
  assert.deepEqual(namesOf("blk_<*> is added to node<*>"), ["blk", "node"]);
  assert.deepEqual(namesOf("closed after <*> attempts"), ["attempts"]);
  assert.deepEqual(namesOf("<*> used, <*> MB free"), ["used", "free"]);
  assert.deepEqual(namesOf("retry #<*>"), ["retry"]);
  assert.deepEqual(namesOf("closed by <*> port <*>"), ["by", "port"]);
  assert.deepEqual(namesOf("Failed password for <*> from <*>"), ["for", "from"]);
});

Deno.test("slotsOf() gives no two slots of a template the same name", () => {
  assert.deepEqual(namesOf("from <*> <*> from <*>"), ["from", "from_2", "from_3"]);
  assert.deepEqual(namesOf("<*> <*>"), ["value", "value2"]);
  assert.deepEqual(namesOf("nothing varies"), []);
});

Deno.test("slotsOf() reads a unit from a name", () => {
  const [elapsed, least, bytes] = slotsOf("elapsed_ms=<*> min=<*> sentBytes=<*>", redact);
  assert.deepEqual([elapsed.unit?.factor, least.unit, bytes.unit?.factor], [1, null, 1]);
});

Deno.test("slotsOf() knows by the redactor which slots hold secrets", () => {
  const secrets = (text: string, redactor = redact) =>
    slotsOf(text, redactor).filter(({ role }) => role === SECRET_ROLE).map(({ name }) => name);
  assert.deepEqual(secrets("login user=<*> password=<*> from <*>"), ["password"]);
  assert.deepEqual(secrets("Authorization: Bearer <*>"), ["Bearer"]);
  assert.deepEqual(secrets("paid by customer <*> today"), []);
  assert.deepEqual(secrets("paid by customer <*> today", createRedactor(["customer \\w+ today"])), [
    "customer",
  ]);
});

Deno.test("shownValue() lets no secret out that stands in an innocent slot", () => {
  const [slot] = slotsOf("contact <*> soon", redact);
  assert.equal(shownValue("ann", slot, redact), "ann");
  assert.equal(shownValue("ann@shop.example", slot, redact), "<email>");
  assert.equal(shownValue("4111 1111 1111 1111", slot, redact), "<card>");
});
