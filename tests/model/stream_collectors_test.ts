import assert from "node:assert/strict";
import { streamCollectors } from "../../lib/model/stream_collectors.ts";
import type { SessionSlots } from "../../lib/window/collectors/slot_values.ts";
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

Deno.test("streamCollectors() note numbers and times of sessions where they are watched, and nothing where they aren't", () => {
  const { batch, catalogue } = mined("paid in 5 ms"), { id } = catalogue.template(batch.template[0]);
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: 1000 } });
  const inSessions = (sessions?: SessionSlots) =>
    streamCollectors(settings, { catalogue, watched: { quantities: {}, values: {}, sessions } })
      .filter((collector) => collector.inSessions).map(({ name }) => name);
  assert.deepEqual(inSessions({ quantities: { [id]: { in: 7 } }, times: true }), ["greatest", "times"]);
  assert.deepEqual(inSessions({ quantities: {}, times: true }), ["times"]);
  assert.deepEqual(inSessions({ quantities: {}, times: false }), []);
  assert.deepEqual(inSessions(), []); // a model of before there were any
  const all = streamCollectors(settings, { catalogue, watched: null });
  assert.deepEqual(all.filter(({ inWindows = true }) => !inWindows).map(({ name }) => name), [
    "greatest",
    "times",
  ]);
});
