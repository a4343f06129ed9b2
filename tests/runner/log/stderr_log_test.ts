import assert from "node:assert/strict";
import { entryOf } from "../../../runner/log/log_entry.ts";
import { stderrLog } from "../../../runner/log/stderr_log.ts";

/** What is written of these texts. */
function written(
  texts: readonly string[],
  log: { format: "text" | "json"; level: "info" | "warn" | "error" },
): string[] {
  const lines: string[] = [];
  const { stderr } = stderrLog({
    log,
    streams: ["shop"],
    write: (text) => void lines.push(text),
    now: () => 0,
  });
  for (const text of texts) stderr(text);
  return lines;
}

const SAID = [
  "note: all is well\n",
  "warning: shop: nothing repeats: look\n",
  "deepscan detect: Cannot read it\n",
];

Deno.test("entryOf() tells how much a text matters by how it begins", () => {
  const levels: [string, string, string][] = [
    ["deepscan detect: Cannot use the state database", "error", "failure"],
    ["Cannot read stream shop: gone; trying again", "error", "failure"],
    ["given up: a1.0.email: 550", "error", "message-given-up"],
    ["not sent yet: a1.0.email: refused", "warn", "message-not-sent"],
    ["note: Cannot write /x/deepscan.prom: there is no such folder", "warn", "note"],
    ["note: the heartbeat was not heard: no answer", "warn", "note"],
    ["note: /x/app.log.1 is /x/app.log now", "info", "note"],
    ["held back: 2 incidents: silenced by s1", "info", "held-back"],
    ["shop: trained (model v0001) on 36 windows", "info", "remark"],
  ];
  for (const [text, level, action] of levels) {
    const entry = entryOf(`${text}\n`, []);
    assert.deepEqual([entry.level, entry.action], [level, action], text);
  }
});

Deno.test("entryOf() names the stream that it is about, whole names only", () => {
  const streams = ["web", "web-2"], of = (text: string) => entryOf(text, streams).stream;
  assert.equal(of("web-2: trained"), "web-2");
  assert.equal(of("Cannot read stream web-2: gone"), "web-2");
  assert.equal(of("note: stream web has drifted"), "web");
  assert.equal(of("web is slow"), undefined);
});

Deno.test("stderrLog() writes an object a line, with names of the Elastic Common Schema", () => {
  const entries = written([...SAID, "\n"], { format: "json", level: "info" }).map((line) => {
    assert.match(line, /^\{.*\}\n$/);
    return JSON.parse(line);
  });
  assert.deepEqual(entries.map((entry) => entry["log.level"]), ["info", "warn", "error"]);
  assert.deepEqual(entries.map((entry) => entry.message), [
    "all is well",
    "shop: nothing repeats: look",
    "deepscan detect: Cannot read it",
  ]);
  assert.deepEqual([entries[1]["deepscan.stream"], "deepscan.stream" in entries[0]], ["shop", false]);
  assert.ok(
    entries.every((entry) => entry["@timestamp"] === "1970-01-01T00:00:00.000Z" && entry["ecs.version"]),
  );
});

Deno.test("stderrLog() leaves out what is less than the settings want, as text and as JSON", () => {
  assert.deepEqual(written(SAID, { format: "text", level: "warn" }), SAID.slice(1));
  assert.deepEqual(written(SAID, { format: "text", level: "error" }), SAID.slice(2));
  assert.equal(written(SAID, { format: "json", level: "error" }).length, 1);
});
