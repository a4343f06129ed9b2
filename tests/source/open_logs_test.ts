import assert from "node:assert/strict";
import { openLogs } from "../../lib/source/open_logs.ts";

const CLUSTER = { nodes: ["http://127.0.0.1:9"] };

Deno.test("openLogs() refuses names of fields that it can't read, before anything is asked", async () => {
  const open = (fields: string) => openLogs(["elasticsearch:logs-*"], { ...CLUSTER, fields });
  await assert.rejects(open("time=ts"), { name: "SyntaxError", message: /^Cannot read names of fields: / });
  await assert.rejects(open('["ts"]'), SyntaxError);
  await assert.rejects(open('{"time": ["ts"]}'), /that of time must be a text, got \["ts"\]$/);
  await assert.rejects(open('{"host": "h"}'), {
    name: "RangeError",
    message: "Cannot read names of fields: known are time, level, message, service, got host",
  });
});

Deno.test("openLogs() asks no cluster for files, whatever is said of indices", async () => {
  const { inputs, notes } = await openLogs([], { nodes: [], fields: "nonsense", from: "nonsense" });
  assert.deepEqual([inputs, notes], [[], []]);
});
