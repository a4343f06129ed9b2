import assert from "node:assert/strict";
import { isErrorWorded } from "../../../lib/detector/series/error_words.ts";
import type { TemplateNames } from "../../../lib/feature/event_window.ts";

const namesOf = (text: string, severity = 9): TemplateNames => ({
  id: () => "t0",
  text: () => text,
  severity: () => severity,
  indexOf: () => 0,
});

Deno.test("isErrorWorded() knows failures by their words, in any case and inside longer words", () => {
  for (
    const text of [
      "java.io.IOException: broken pipe",
      "Connection REFUSED by <*>",
      "request timed out after <*> ms",
      "Out of memory: Killed process <*> (java)",
      "kernel panic - not syncing",
      "2 of 3 tasks failed",
      "read timeout",
    ]
  ) assert(isErrorWorded(0, namesOf(text)), text);
});

Deno.test("isErrorWorded() takes the level's word for it, and leaves harmless lines alone", () => {
  assert(isErrorWorded(0, namesOf("disk <*> is full", 17)));
  assert(!isErrorWorded(0, namesOf("disk <*> is full", 13)));
  for (const text of ["listening on <*>", "session opened for user <*>", "cache refreshed in <*> ms"]) {
    assert(!isErrorWorded(0, namesOf(text)), text);
  }
});
