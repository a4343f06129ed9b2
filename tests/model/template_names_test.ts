import assert from "node:assert/strict";
import { templateNames } from "../../lib/model/template_names.ts";
import { Miner } from "../../lib/template/miner.ts";

Deno.test("templateNames() names templates, those that are born later too", () => {
  const miner = new Miner(), bytes = (text: string) => new TextEncoder().encode(text);
  const learned = bytes("took 5 ms");
  miner.learnLine(learned, 0, learned.length, 13);
  const { catalogue } = miner.freeze(), names = templateNames(catalogue);
  assert.deepEqual([names.text(0), names.severity(0), names.indexOf(names.id(0))], ["took <*> ms", 13, 0]);
  assert.equal(names.indexOf("no such id"), -1);
  const born = bytes("something else altogether"), index = catalogue.matchLine(born, 0, born.length, 17);
  assert.equal(names.text(index), "something else altogether");
  assert.equal(names.indexOf(names.id(index)), index);
  assert.equal(names.severity(index), 0); // it may have been read ahead of the window that is judged
});
