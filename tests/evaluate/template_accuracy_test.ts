import assert from "node:assert/strict";
import { templateAccuracy, type TemplateRow } from "../../lib/evaluate/template_accuracy.ts";

function rows(...pairs: [id: string, template: string][]): TemplateRow[] {
  return pairs.map(([EventId, EventTemplate]) => ({ EventId, EventTemplate }));
}

const TRUTH = rows(
  ["E1", "open file <*>"],
  ["E1", "open file <*>"],
  ["E2", "close <*>"],
  ["E2", "close <*>"],
  ["E3", "user <*> logged in"],
  ["E3", "user <*> logged in"],
  ["E4", "exit"],
  ["E5", "took <*> ms"],
);

Deno.test("templateAccuracy() equals the reference script", () => {
  const found = rows(
    ["a", "open   file <path>"],
    ["a", "open file <*>"],
    ["b", "close <num>"],
    ["c", "close file"],
    ["d", "user bob logged in"],
    ["d", "user <*> logged in"],
    ["e", "exit"],
    ["e", "took <*> ms"],
  );
  // GA .5, PA .75, FGA .4, FTA .2 are what the reference script prints for these rows
  assert.deepEqual(templateAccuracy(TRUTH, found), {
    lines: 8,
    trueGroups: 5,
    foundGroups: 5,
    groupingAccuracy: .5,
    parsingAccuracy: .75,
    f1Grouping: .4,
    f1Template: .2,
  });
});

Deno.test("templateAccuracy() is 1 throughout for the truth under other names", () => {
  const renamed = TRUTH.map(({ EventId, EventTemplate }) => ({
    EventId: `x${EventId}`,
    EventTemplate: EventTemplate.replace("<*>", "<any>"),
  }));
  const accuracy = templateAccuracy(TRUTH, renamed);
  assert.deepEqual(
    [accuracy.groupingAccuracy, accuracy.parsingAccuracy, accuracy.f1Grouping, accuracy.f1Template],
    [1, 1, 1, 1],
  );
});

Deno.test("templateAccuracy() groups lines without an id by their template", () => {
  const texts = TRUTH.map(({ EventTemplate }) => ({ EventTemplate }));
  assert.equal(templateAccuracy(texts, TRUTH).f1Template, 1);
});

Deno.test("templateAccuracy() refuses files of different lengths, and empty ones", () => {
  assert.throws(() => templateAccuracy(TRUTH, TRUTH.slice(1)), /7 rows were found for 8 lines$/);
  assert.throws(() => templateAccuracy([], []), RangeError);
});
