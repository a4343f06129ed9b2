import assert from "node:assert/strict";
import {
  levelAt,
  severityOfName,
  severityOfNumber,
  severityOfStatus,
  severityOfSyslog,
} from "../../lib/record/severity.ts";
import { bytesOf } from "./memory_input.ts";

function level(text: string): [length: number, severity: number] {
  const found = levelAt(bytesOf(text), 0, bytesOf(text).length);
  return [found >> 8, found & 255];
}

Deno.test("levelAt() reads every name in any case", () => {
  const names: [string, number][] = [["TRACE", 1], ["Debug", 5], ["info", 9], ["Information", 9], [
    "notice",
    10,
  ]];
  names.push(["WARN", 13], ["warning", 13], ["ERR", 17], ["ERROR", 17], ["SEVERE", 17], ["CRIT", 18], [
    "alert",
    19,
  ]);
  names.push(
    ["FATAL", 21],
    ["CRITICAL", 21],
    ["Emerg", 21],
    ["EMERGENCY", 21],
    ["PANIC", 22],
    ["FINEST", 1],
    ["FINE", 5],
  );
  for (const [name, severity] of names) {
    for (const behind of ["", " x", ": x", "] x", "|", "-", "- x"]) {
      assert.deepEqual(level(name + behind), [name.length, severity], name + behind);
    }
    assert.equal(severityOfName(name), severity);
  }
});

Deno.test("levelAt() takes whole words only", () => {
  for (
    const word of [
      "INFORM",
      "ERRORS",
      "warn_x",
      "debug7",
      "errors",
      "in",
      "inf",
      "",
      "WARN-fast",
      "INFO2",
      "logs:",
      "xINFO",
    ]
  ) {
    assert.deepEqual(level(word), [0, 0], word);
  }
});

Deno.test("levelAt() looks at nothing behind the end", () => {
  const bytes = bytesOf("ERRORS");
  assert.equal(levelAt(bytes, 0, 5), 5 << 8 | 17);
  assert.equal(levelAt(bytes, 0, 3), 3 << 8 | 17);
  assert.equal(levelAt(bytes, 0, 4), 0);
});

Deno.test("levelAt() reads PostgreSQL's words with their colon only", () => {
  assert.deepEqual(level("LOG:  up"), [3, 9]);
  assert.deepEqual(level("LOG up"), [0, 0]);
  assert.deepEqual(level("STATEMENT:  select 1"), [9, 9]);
  assert.deepEqual(level("DEBUG3: x"), [6, 5]);
});

Deno.test("severityOfSyslog() maps the lowest three bits", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(severityOfSyslog), [21, 19, 18, 17, 13, 10, 9, 5]);
  assert.equal(severityOfSyslog(165), 10); // <165>: local4, notice
});

Deno.test("severityOfStatus() tells server and client errors", () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(severityOfStatus), [9, 9, 9, 13, 17]);
});

Deno.test("severityOfNumber() reads pino's and syslog's numbers", () => {
  assert.deepEqual([10, 20, 30, 35, 40, 50, 60].map(severityOfNumber), [1, 5, 9, 9, 13, 17, 21]);
  assert.deepEqual([0, 3, 7].map(severityOfNumber), [21, 17, 5]);
  assert.deepEqual([NaN, -1, 2.5].map(severityOfNumber), [0, 0, 0]);
});
