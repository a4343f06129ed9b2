import assert from "node:assert/strict";
import fc from "fast-check";
import { NameRegister } from "../../lib/template/name_register.ts";
import { templateId } from "../../lib/template/template.ts";

Deno.test("templateId() keeps its names: a change would orphan every saved model", () => {
  assert.equal(templateId("took <*> ms"), "d2211becd1");
  assert.equal(templateId("took <*> ms", true), "d2211becd10fbb92");
  assert.equal(templateId(""), "d807daf31e");
});

Deno.test("templateId() gives 20,000 numbered texts different names", () => {
  const ids = new Set(Array.from({ length: 20_000 }, (_, i) => templateId(`event ${i} <*>`)));
  assert.equal(ids.size, 20_000);
});

Deno.test("templateId() is hexadecimal, and short is the beginning of long", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    assert.match(templateId(text), /^[0-9a-f]{10}$/);
    assert.equal(templateId(text, true).slice(0, 10), templateId(text));
    assert.match(templateId(text, true), /^[0-9a-f]{16}$/);
  }));
});

Deno.test("NameRegister.give() writes a name in full where the short one is taken", () => {
  const register = new NameRegister(), hash = templateId("a line", true);
  register.restore({ id: hash.slice(0, 10), hash: `${hash.slice(0, 10)}ffffff` }, 0);
  assert.equal(register.find("a line"), -1);
  assert.deepEqual(register.give("a line", 1), { id: hash, hash });
  assert.equal(register.find("a line"), 1);
  assert.equal(register.indexOf(hash.slice(0, 10)), 0);
});
