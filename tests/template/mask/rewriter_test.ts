import assert from "node:assert/strict";
import { birthText, Form, formText } from "../../../lib/template/form.ts";
import { Masker } from "../../../lib/template/mask/masker.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function mask(line: string): { name: string; shown: string } {
  const bytes = encode(line), tokens = new Masker((text) => text).mask(bytes, 0, bytes.length);
  return { name: birthText(tokens), shown: formText(Form.of(0, tokens)) };
}

Deno.test("Rewriter makes lists of any length one value", () => {
  assert.equal(mask("members [ann, bob, cid] left").name, mask("members [dan, eve] left").name);
  assert.equal(mask("nodes 1, 2, 3 left").name, mask("nodes 4, 5, 6, 7 left").name);
  assert.equal(mask("hosts dn1, dn27 left").name, mask("hosts dn3, dn4 left").name);
});

Deno.test("Rewriter shows a repeat as it was written and names it by one", () => {
  const { name, shown } = mask("took 1 ms 2 ms 3 ms");
  assert.equal(name, "took <*> ms");
  assert.equal(shown, "took <*> ms <*> ms <*> ms");
});

Deno.test("Rewriter takes a missing value for a value", () => {
  assert.equal(mask("user= id=7").name, mask("user=12 id=7").name);
  assert.equal(mask("call() done").name, mask("call(5) done").name);
  assert.equal(mask('name "" given').name, mask('name "x1" given').name);
});

Deno.test("Rewriter takes text that was masked or redacted before for a value", () => {
  assert.equal(mask("token=<secret> for <*>").name, mask("token=1234 for 77").name);
});

Deno.test("Masker redacts what the mask leaves, and only then", () => {
  const masker = new Masker((text) => text.replace("hunter", "<secret>"));
  const line = encode("password is hunter now"), plain = encode("password  is 1234 now");
  masker.mask(line, 0, line.length);
  const redacted = masker.redacted(line, 0, line.length);
  assert.equal(redacted && birthText(redacted), "password is <*> now");
  masker.mask(plain, 0, plain.length);
  assert.equal(masker.redacted(plain, 0, plain.length), null);
});
