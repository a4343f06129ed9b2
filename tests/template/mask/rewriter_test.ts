import assert from "node:assert/strict";
import { birthText, Form, formText } from "../../../lib/template/form.ts";
import { LITERAL, MARK, PLACEHOLDER } from "../../../lib/template/mask/token.ts";
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

Deno.test("Rewriter takes an address in brackets with its port for one value", () => {
  assert.equal(mask("node=[2001:db8::7]:80 up").name, mask("node=10.0.0.7:80 up").name);
  assert.equal(mask("slot [7]:12 free").shown, "slot [<*>]:<*> free");
});

Deno.test("Rewriter lets what is assigned go on over colons", () => {
  assert.equal(mask("peer=cache:80, ok").shown, "peer=<*>, ok");
  const tokens = mask("topic=orders:retry lag=7");
  assert.equal(tokens.shown, "topic=orders:retry lag=<*>");
  assert.equal(mask("to node-7a:443 sent").shown, "to <*> sent");
  assert.equal(mask("x1:20 y1:30").shown, "x1:<*> y1:<*>");
});

Deno.test("Rewriter knows a missing value in brackets and at a line's beginning", () => {
  const kindsOf = (line: string) => {
    const bytes = encode(line), tokens = new Masker((text) => text).mask(bytes, 0, bytes.length);
    return Array.from({ length: tokens.length }, (_, i) => [tokens.kinds[i], tokens.word(i)]);
  };
  assert.deepEqual(kindsOf("free (null)")[1], [PLACEHOLDER, "(null)"]);
  assert.deepEqual(kindsOf("class [?] found")[2], [PLACEHOLDER, "?"]);
  assert.deepEqual(kindsOf("worker ?.")[1], [PLACEHOLDER, "?"]);
  assert.deepEqual(kindsOf("- sent")[0], [PLACEHOLDER, "-"]);
  assert.deepEqual(kindsOf("None sent")[0], [LITERAL, "None"]);
  assert.deepEqual(kindsOf("really?")[1], [MARK, "?"]);
});

Deno.test("Rewriter takes one quoted word for a value unless it has an opposite", () => {
  assert.equal(mask("device 'alpha' removed").shown, "device '<*>' removed");
  assert.notEqual(mask("switched to 'on' now").name, mask("switched to 'off' now").name);
  assert.notEqual(mask('link is "up" now').name, mask('link is "down" now').name);
});

Deno.test("Rewriter makes lists of structured elements, and lists in lists, one", () => {
  const element = (n: number) => `Part(id=${n}, at=[${n}-x, ${n}-y])`;
  const list = (n: number) => Array.from({ length: n }, (_, i) => element(i)).join(",");
  assert.equal(mask(`moved ${list(1)} now`).name, mask(`moved ${list(4)} now`).name);
  assert.equal(mask("Map([1] -> List(1, 2), [2] -> List(3))").name, mask("Map([1] -> List(1))").name);
  assert.equal(mask(`moved ${list(2)} now`).shown, mask(`moved ${list(2)} now`).shown.replaceAll(/\d/g, ""));
  assert.equal(mask("f(1), f(2)").shown, "f(<*>), f(<*>)");
});
