import assert from "node:assert/strict";
import { Form } from "../../../lib/template/form.ts";
import { Masker } from "../../../lib/template/mask/masker.ts";
import { beginsClause, isVerbPlace, messageStart } from "../../../lib/template/rule/cues.ts";
import { learn } from "../lines.ts";
import { Miner } from "../../../lib/template/miner.ts";

function formOf(line: string): Form {
  const bytes = new TextEncoder().encode(line);
  return Form.of(0, new Masker().mask(bytes, 0, bytes.length));
}

/** Templates of the lines, settled. */
function templates(lines: readonly string[]): number {
  const miner = new Miner(), indices = lines.map((line) => learn(miner, line));
  miner.settle();
  return new Set(indices.map((index) => miner.resolve(index))).size;
}

Deno.test("isVerbPlace() knows an infinitive from a destination", () => {
  assert.ok(isVerbPlace(formOf("unable to commit session"), 2));
  assert.ok(isVerbPlace(formOf("Failed to open it"), 2));
  assert.ok(isVerbPlace(formOf("server cannot reach it"), 2));
  assert.ok(!isVerbPlace(formOf("message sent to alice now"), 3));
});

Deno.test("beginsClause() knows conjunctions, prepositions and actions", () => {
  for (const word of ["while", "During", "in", "fetching", "Closed"]) assert.ok(beginsClause(word), word);
  for (const word of ["disk", "ring", "red", "timeout"]) assert.ok(!beginsClause(word), word);
});

Deno.test("messageStart() is behind what a line has in brackets at its beginning", () => {
  assert.equal(messageStart(formOf("[Group manager 7]: loaded")), 6);
  assert.equal(messageStart(formOf("(main) loaded")), 3);
  assert.equal(messageStart(formOf("loaded [main]")), 0);
  assert.equal(messageStart(formOf("[never closed")), 0);
});

Deno.test("Miner keeps events apart that differ in what was done", () => {
  const verbs = ["add", "move", "rename", "compact", "flush"];
  assert.equal(templates(verbs.map((verb) => `unable to ${verb} the session of tenant blue`)), 5);
  const actions = ["adding", "moving", "renaming", "compacting", "flushing"];
  assert.equal(templates(actions.map((action) => `server 7 starts ${action} the session of tenant blue`)), 5);
  const clauses = [
    "in sender loop",
    "during start of the thread",
    "while fetching data",
    "from the group sync",
  ];
  assert.equal(templates(clauses.map((clause) => `unexpected error ${clause}`)), 4);
});
