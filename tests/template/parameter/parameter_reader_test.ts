import assert from "node:assert/strict";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { Catalogue } from "../../../lib/template/catalogue.ts";
import { Miner } from "../../../lib/template/miner.ts";
import { VALUE_KINDS } from "../../../lib/template/parameter/kind.ts";
import { ParameterReader } from "../../../lib/template/parameter/parameter_reader.ts";
import { parametersOf } from "../../../lib/template/parameter/parameters_of.ts";
import { slotId } from "../../../lib/template/parameter/slot.ts";
import { shopLines } from "../lines.ts";
import { batchOf } from "./batch.ts";

const LINES = shopLines(600, 3).map(({ line }) => line);

function minedBatch(): { batch: LogBatch; catalogue: Catalogue } {
  const batch = batchOf(LINES), miner = new Miner();
  miner.learn(batch);
  const { catalogue } = miner.freeze();
  catalogue.match(batch);
  return { batch, catalogue };
}

Deno.test("ParameterReader reads as columns what parametersOf() reads line by line", () => {
  const { batch, catalogue } = minedBatch(), reader = new ParameterReader(catalogue);
  const columns = reader.read(batch);
  let at = 0;
  LINES.forEach((line, row) => {
    const template = catalogue.template(batch.template[row]);
    for (const parameter of parametersOf(template, line, { redact: (text) => text })) {
      const { slot } = reader.slots[columns.slot[at]];
      assert.equal(columns.row[at], row);
      assert.equal(slotId(template.id, slot.ordinal), parameter.slot);
      assert.equal(VALUE_KINDS[columns.kind[at]], parameter.kind);
      assert.ok(Object.is(columns.value[at], parameter.value ?? NaN));
      assert.equal(batch.text(columns.start[at], columns.end[at]), parameter.text);
      at++;
    }
  });
  assert.equal(columns.length, at);
});

Deno.test("ParameterReader gives the same wherever a batch is cut", () => {
  const { batch, catalogue } = minedBatch();
  const whole = new ParameterReader(catalogue), cut = new ParameterReader(catalogue);
  const { length } = whole.read(batch), values = [...whole.read(batch).value.subarray(0, length)];
  const parts = [0, 1, 57, 300, LINES.length].flatMap((to, i, ends) => {
    if (i === 0) return [];
    const columns = cut.read(batch, ends[i - 1], to);
    return [...columns.value.subarray(0, columns.length)];
  });
  assert.deepEqual(parts, values);
});

Deno.test("ParameterReader reads only templates that are wanted", () => {
  const { batch, catalogue } = minedBatch(), asked: string[] = [];
  const wanted = ({ id, text }: { id: string; text: string }) => {
    asked.push(id);
    return text.startsWith("request");
  };
  const reader = new ParameterReader(catalogue, { wanted }), columns = reader.read(batch);
  assert.equal(new Set(asked).size, asked.length, "each template is asked for once");
  assert.ok(columns.length > 0);
  for (let i = 0; i < columns.length; i++) assert.match(LINES[columns.row[i]], /^request/);
  assert.equal(new ParameterReader(catalogue, { wanted: () => false }).read(batch).length, 0);
});

Deno.test("ParameterReader: slots keep their names when a catalogue is restored and a provisional template adopted", () => {
  const { catalogue } = minedBatch(),
    batch = batchOf(["reindex of shelf 12 took 3 s", "reindex of shelf 9 took 4 s"]);
  const slotsOf = (each: Catalogue) => {
    each.match(batch);
    const reader = new ParameterReader(each), { length } = reader.read(batch);
    return [
      length,
      reader.slots.map(({ template, slot }) => slotId(each.template(template).id, slot.ordinal)),
    ];
  };
  const first = slotsOf(catalogue), restored = Catalogue.fromJSON(JSON.parse(JSON.stringify(catalogue)));
  restored.adopt(JSON.parse(JSON.stringify(catalogue.provisional())));
  assert.deepEqual(slotsOf(restored), first);
  assert.equal(first[0], 4);
});

Deno.test("ParameterReader has a hash for every secret that says nothing", () => {
  const batch = batchOf(["login password=hunter2", "login password=swordfish9"]), miner = new Miner();
  miner.learn(batch);
  const { catalogue } = miner.freeze();
  catalogue.match(batch);
  const columns = new ParameterReader(catalogue).read(batch);
  assert.deepEqual([...columns.hash.subarray(0, columns.length)], [0, 0]);
});
