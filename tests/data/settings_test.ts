import assert from "node:assert/strict";
import { parse } from "yaml";
import { FILES } from "../../data/generate.ts";
import { configSchema } from "../../runner/config/schema.ts";

const path = new URL("../../data/deepscan.yaml", import.meta.url);
const config = configSchema.parse(parse(Deno.readTextFileSync(path)));

Deno.test("data/deepscan.yaml holds one stream for each file of the sample, in data time", () => {
  assert.deepEqual(
    Object.fromEntries(config.streams.map(({ name, inputs }) => [name, inputs])),
    Object.fromEntries(Object.entries(FILES).map(([stream, file]) => [stream, [`sample/${file}`]])),
  );
  for (const stream of config.streams) {
    assert.deepEqual([stream.clock, stream.window, stream.min_history, stream.allowed_lateness], [
      "data",
      5 * 60_000,
      3 * 86_400_000,
      60 * 60_000,
    ]);
  }
});

Deno.test("data/deepscan.yaml judges the checkout by order, and the machine's programs one by one", () => {
  const [checkout, auth] = ["checkout", "auth"].map((name) =>
    config.streams.find((stream) => stream.name === name)!
  );
  assert.deepEqual(checkout.session, { pattern: "order=(\\d+)", idle: 30 * 60_000 });
  assert.equal(auth.service, "field");
  assert.deepEqual(config.streams.filter(({ session }) => session).map(({ name }) => name), ["checkout"]);
});
