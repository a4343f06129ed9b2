import assert from "node:assert/strict";
import { detectFormat } from "../../lib/record/detect.ts";
import { bytesOf } from "./memory_input.ts";

function detected(lines: string[]) {
  const bytes = bytesOf(lines.join("\n") + "\n");
  return detectFormat(bytes, bytes.length);
}

const ISO = "2026-03-02T10:00:00Z ERROR lost", JAVA = "2026-03-02 10:00:00,123 INFO [main] a.b.App: up";

Deno.test("detectFormat() takes the format that reads the most lines", () => {
  const { format, share, lines, scores } = detected([ISO, ISO, ISO, "Mar  2 10:00:00 h su: x"]);
  assert.deepEqual([format.name, share, lines], ["iso8601", 0.75, 4]);
  assert.equal(scores.find(({ name }) => name === "syslog")?.share, 0.25);
});

Deno.test("detectFormat() prefers the format that finds services where two read as much", () => {
  assert.equal(detected([JAVA, JAVA]).format.name, "log4j");
  assert.equal(
    detected(["2026-03-02 10:00:00,123 INFO up", "2026-03-02 10:00:00,124 WARN down"]).format.name,
    "iso8601",
  );
});

Deno.test("detectFormat() does not count blank and indented lines", () => {
  const { format, share, lines } = detected([ISO, "\tat a", "\tat b", "", "  at c", "\tat d"]);
  assert.deepEqual([format.name, share, lines], ["iso8601", 1, 6]);
});

Deno.test("detectFormat() says plain where no format reads half of the lines", () => {
  assert.equal(detected([ISO, "a", "b", "c"]).format.name, "plain");
  assert.equal(detected(["a"]).format.name, "plain");
  assert.equal(detectFormat(new Uint8Array(0), 0).format.name, "plain");
});

Deno.test("detectFormat() does not count the line that the end cuts", () => {
  const bytes = bytesOf(`${ISO}\n${ISO}\n2026-03`);
  assert.deepEqual([detectFormat(bytes, bytes.length).share, detectFormat(bytes, bytes.length).lines], [
    1,
    2,
  ]);
  assert.equal(detectFormat(bytesOf(ISO), ISO.length).format.name, "iso8601"); // there is no other
});
