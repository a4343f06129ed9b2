import assert from "node:assert/strict";
import { streamCollectors } from "../../lib/model/stream_collectors.ts";
import type { QuantityFact } from "../../lib/window/quantity_fact.ts";
import type { ValueFact } from "../../lib/window/value_fact.ts";
import { mined } from "../window/collectors/mined.ts";
import { settingsOf } from "./made_logs.ts";

Deno.test("streamCollectors() note order and sources before there are templates, numbers and words behind it", () => {
  const { catalogue } = mined("took 5 ms"), settings = settingsOf();
  const namesOf = (collectors: { name: string }[]) => collectors.map(({ name }) => name);
  assert.deepEqual(namesOf(streamCollectors(settings)), ["order", "sources"]);
  assert.deepEqual(namesOf(streamCollectors(settings, { catalogue, watched: null })), [
    ...["order", "sources", "quantities", "values"],
  ]);
});

Deno.test("streamCollectors() take the user's secrets out of values", () => {
  const { batch, catalogue } = mined("opened /srv/pin-77/a.txt in 5 ms");
  const collectors = streamCollectors(settingsOf({ redact: ["pin-\\d+"] }), { catalogue, watched: null });
  const [, , quantities, values] = collectors.map((collector) => collector.add(undefined, batch, 0));
  assert.equal((quantities as QuantityFact[])[0].greatest, 5);
  const [{ value }] = values as ValueFact[];
  assert.match(value, /^\/srv\//);
  assert.doesNotMatch(value, /77/);
});

Deno.test("streamCollectors() note only what is watched", () => {
  const { batch, catalogue } = mined("opened /srv/a.txt in 5 ms");
  const watched = { quantities: {}, values: {} };
  const [, , quantities, values] = streamCollectors(settingsOf(), { catalogue, watched });
  assert.deepEqual([quantities.add(undefined, batch, 0), values.add(undefined, batch, 0)], [
    undefined,
    undefined,
  ]);
});
