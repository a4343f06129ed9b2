import assert from "node:assert/strict";
import fc from "fast-check";
import { eventText } from "../../lib/template/event_text.ts";

Deno.test("eventText() takes flags, missing values and account names for values", () => {
  assert.equal(eventText("set light on(true)"), "set light on(<*>)");
  assert.equal(eventText("open tag= null, owner=nil"), "open tag= <*>, owner=<*>");
  assert.equal(
    eventText("session opened for user root by (uid=<*>)"),
    "session opened for user <*> by (uid=<*>)",
  );
  assert.equal(eventText("login user=admin"), "login user=<*>");
});

Deno.test("eventText() leaves words alone that only look like one", () => {
  for (
    const text of [
      "mounted the root file system",
      "false-positive in falsehood",
      "none of the above",
      "true north",
    ]
  ) assert.equal(eventText(text), text);
});

Deno.test("eventText() takes a glued value with its prefix, but not at the beginning", () => {
  assert.equal(eventText("Deleting block blk_<*> file <*>"), "Deleting block <*> file <*>");
  assert.equal(eventText("blk_<*> deleted"), "blk_<*> deleted");
  assert.equal(eventText("up on node-<*>"), "up on node-<*>");
});

Deno.test("eventText() of its own result is the same", () => {
  const part = fc.constantFrom(
    "true",
    "null",
    "=",
    ":",
    " ",
    "user",
    "root",
    "blk_",
    "<*>",
    "(",
    ")",
    "a",
    ",",
  );
  fc.assert(fc.property(fc.array(part), (parts) => {
    const once = eventText(parts.join(""));
    assert.equal(eventText(once), once);
  }));
});
