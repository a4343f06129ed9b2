import assert from "node:assert/strict";
import { SlotValues } from "../../../lib/window/collectors/slot_values.ts";
import { mined } from "./mined.ts";

const { batch, catalogue } = mined("opened /srv/a.txt in 5 ms", "opened /srv/b.txt in 70 ms");
const redact = (text: string) => text.replace("/srv", "<redacted>");

Deno.test("SlotValues.read() reads a record once, however many ask", () => {
  const values = new SlotValues(catalogue, { watched: null, redact }), first = values.read(batch, 0);
  assert.equal(first.length, 2);
  assert.equal(values.read(batch, 0), first);
  assert.equal(values.columns, first);
  const place = Array.from({ length: 2 }, (_, i) => i).find((i) => values.isQuantity(i))!;
  assert.equal(values.text(batch, place), "5");
  values.read(batch, 1);
  const second = Array.from({ length: values.columns.length }, (_, i) => values.text(batch, i));
  assert(second.includes("<redacted>/b.txt"), second.join());
});

Deno.test("SlotValues tells numbers from words", () => {
  const values = new SlotValues(catalogue, { watched: null, redact }), { length } = values.read(batch, 0);
  const places = Array.from({ length }, (_, i) => i);
  const quantities = places.filter((i) => values.isQuantity(i)),
    words = places.filter((i) => values.isValue(i));
  assert.deepEqual([quantities.length, words.length], [1, 1]);
  assert.equal(values.columns.value[quantities[0]], 5);
  assert.equal(values.text(batch, words[0]), "<redacted>/a.txt");
});

Deno.test("SlotValues reads only what is watched", () => {
  const all = new SlotValues(catalogue, { watched: null, redact }), { length } = all.read(batch, 0);
  const place = Array.from({ length }, (_, i) => i).find((i) => all.isQuantity(i))!;
  const { slot: { name } } = all.slot(all.columns.slot[place]),
    { id } = catalogue.template(batch.template[0]);
  const one = new SlotValues(catalogue, { watched: { quantities: { [id]: [name] }, values: {} }, redact });
  const { length: seen } = one.read(batch, 0), places = Array.from({ length: seen }, (_, i) => i);
  assert.equal(places.filter((i) => one.isQuantity(i)).length, 1);
  assert.equal(places.filter((i) => one.isValue(i)).length, 0);
  const none = new SlotValues(catalogue, { watched: { quantities: {}, values: {} }, redact });
  assert.equal(none.read(batch, 0).length, 0);
});
