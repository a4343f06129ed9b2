import assert from "node:assert/strict";
import { ServiceNotes } from "../../../lib/model/story/service_notes.ts";
import { storySpan } from "../../../lib/model/story/story_span.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { DAY, HOUR, MINUTE, TODAY } from "./made_incident.ts";

Deno.test("ServiceNotes.silence() expects what came in the spans that the log covers, and in no part of another", () => {
  const from = TODAY + 10 * HOUR, notes = new ServiceNotes(storySpan({ from, to: from + HOUR }));
  const batch = new LogBatch();
  const add = (time: number) => {
    batch.timestamp[0] = time;
    notes.add(batch, 0, { source: 0, previous: -1 });
    notes.keepLast(batch, 0, 0);
  };
  for (let minute = 30; minute < 60; minute++) add(from - DAY + minute * MINUTE); // half of the day before's
  for (let minute = 0; minute < 60; minute += 6) add(from - HOUR + minute * MINUTE);
  assert.equal(notes.silence(15, []), null);
  assert.equal(notes.silence(15, ["before"]), null); // 11 are missing
  assert.equal(notes.silence(10, ["before"])?.after, null);
  assert.notEqual(notes.silence(20, ["before", "dayBefore"]), null);
});
