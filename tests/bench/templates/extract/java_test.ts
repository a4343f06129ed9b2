import assert from "node:assert/strict";
import { javaCalls } from "./java.ts";
import { constantsOf } from "./log_call.ts";
import { textsOf } from "./texts.ts";

const texts = (source: string) => textsOf(javaCalls(source, constantsOf(source)));

Deno.test("javaCalls() reads {} marks, markers before the message and throwables behind it", () => {
  assert.deepEqual(
    texts(`
LOG.info("Opened {} in {} ms", path, System.nanoTime() - start);
logger.warn(MARKER, "Cannot reach {}: {}", host, e.getMessage(), e);
log().debug("No values here");
LOGGER.info("Set {} and {}", new Object[] { a.get(0, 1), b });
`),
    [
      "Opened {path} in {System.nanoTime() - start} ms",
      "Cannot reach {host}: {e.getMessage()}",
      "No values here",
      "Set {a.get(0, 1)} and {b}",
    ],
  );
});

Deno.test("javaCalls() reads formats, concatenation, suppliers and constants", () => {
  assert.deepEqual(
    texts(`
private static final String NAME = "store";
log.info(String.format("Read %d of %s, %.1f%% done", count, total, share));
logger.error("Failed to load " + name + ": \\"" + reason(a, "x") + '"');
LOG.fine(() -> "lazy " + value);
log.info("moved %s to %s".formatted(from, to));
LOG.log("not a level we know");
LOG.info(NAME + " is ready, {} left", count);
logger.info(MessageFormat.format("{0} started", service));
`),
    [
      "Read {count:integer} of {total}, {share:float}% done",
      'Failed to load {name}: "{reason(a, "x")}"',
      "lazy {value}",
      "moved {from} to {to}",
      "store is ready, {count} left",
      "{service} started",
    ],
  );
});

Deno.test("javaCalls() leaves out what the source doesn't tell for certain", () => {
  assert.deepEqual(
    texts(`
log.info("one {} two {}", only);
log.info("is " + (on ? "enabled" : "disabled"));
log.info("{} is {}", name, on ? "up" : "down");
log.info(OTHER_TEXT + " started");
// log.info("in a comment");
String s = "log.info(\\"in a string\\")";
`),
    [],
  );
});
