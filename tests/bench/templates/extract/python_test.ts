import assert from "node:assert/strict";
import { constantsOf } from "./log_call.ts";
import { pythonCalls } from "./python.ts";
import { textsOf } from "./texts.ts";

const texts = (source: string) => textsOf(pythonCalls(source, constantsOf(source)));

Deno.test("pythonCalls() reads % marks with arguments, by order and by name", () => {
  assert.deepEqual(
    texts(`
logger.info("took %.2f s to read %s (%d%%)", elapsed, path, share)
log.debug('plain text without values')
self.log.warning("%(user)s left %(room)r", {"user": user, "room": room})
LOG.error("could not open %s" % name)
_LOGGER.error("%s and %s" % (a, b))
`),
    [
      "took {elapsed:float} s to read {path} ({share:integer}%)",
      "plain text without values",
      "{user} left {room:repr}",
      "could not open {name}",
      "{a} and {b}",
    ],
  );
});

Deno.test("pythonCalls() reads f-strings, str.format and literals side by side", () => {
  assert.deepEqual(
    texts(`
logger.info(f"{len(items)} items for {user!r}, {size:,d} bytes {{raw}} {mode=}")
logger.info("{} of {total} in {0:.1f}".format(part, total=n))
logger.info(
    "first part, "  # why
    f"second {value}"
)
logger.info("sum of " + str(total) + " files")
logger.info(_("text to translate: %s"), value)
`),
    [
      "{len(items)} items for {user:repr}, {size:integer} bytes {raw} mode={mode}",
      "{part} of {total} in {part:float}",
      "first part, second {value}",
      "sum of {str(total)} files",
      "text to translate: {value}",
    ],
  );
});

Deno.test("pythonCalls() takes keyword arguments for fields, but not the logger's own", () => {
  assert.deepEqual(texts(`log.info("order paid", order=order.id, amount=amount, exc_info=True)`), [
    "order paid order={order.id} amount={amount}",
  ]);
});

Deno.test("pythonCalls() leaves out what the source doesn't tell for certain", () => {
  assert.deepEqual(
    texts(`
logger.info("%s and %s", *pair)
logger.info("plugin " + ("enabled" if on else "disabled"))
logger.info(message)
logger.info("%s of %s", part)
logger.info(PREFIX + "unknown prefix")
# logger.info("in a comment")
"""
logger.info("in a documentation")
"""
`),
    [],
  );
});

Deno.test("pythonCalls() knows constants of the same file", () => {
  assert.deepEqual(texts(`PREFIX = "store: "\nlogger.info(PREFIX + "opened %s", path)`), [
    "store: opened {path}",
  ]);
});
