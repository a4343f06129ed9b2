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
  for (const text of ["roots of falsehood", "none of the above", "nullable administrator", "UTF8 and eth0"]) {
    assert.equal(eventText(text), text);
  }
});

Deno.test("eventText() takes a value with what is glued to it", () => {
  assert.equal(eventText("Deleting block blk_<*> file <*>"), "Deleting block <*> file <*>");
  assert.equal(eventText("took <*>ms on worker<*>"), "took <*> on <*>");
  assert.equal(eventText("up on node-<*>"), "up on node-<*>");
  assert.equal(eventText("<*>.<*>.<*> and <*><*>, <*>"), "<*> and <*>, <*>");
  assert.equal(eventText("slot 7 of 12, UTF-8"), "slot <*> of <*>, UTF-<*>");
});

Deno.test("eventText() takes what is assigned for one value where a part of it is", () => {
  assert.equal(eventText("ack=worker-<*> by=node-7.<*>, z"), "ack=<*> by=<*>, z");
  assert.equal(eventText("class=org.example.Main state=RUNNING"), "class=<*> state=RUNNING");
  assert.equal(eventText("a b-<*> = c.d"), "a b-<*> = c.d");
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
