import assert from "node:assert/strict";

const door = await Deno.readTextFile(new URL("../lib/mod.ts", import.meta.url));

Deno.test("mod.ts names every export", () => {
  assert.doesNotMatch(door, /export (?:type )?\*/);
});

Deno.test("mod.ts names the rooms in the order of the flow, with a line on each", () => {
  const lines = [...door.matchAll(/^\/\/ (\w+): \S/gm)].map(([, room]) => room);
  const rooms = [...door.matchAll(/from "\.\/(\w+)\//g)].map(([, room]) => room);
  assert.deepEqual(rooms.filter((room, i) => room !== rooms[i - 1]), lines);
  assert.deepEqual(lines, [
    ...["table", "source", "record", "template", "window", "feature", "detector", "evaluate", "threshold"],
    ...["explain", "model", "store", "chart"],
  ]);
});
