/**
 * What an index input finds, and what it says where there is nothing.
 *
 * @module
 */
import assert from "node:assert/strict";
import { BEGIN, later, linesOf, messages, messagesOf, type Register, some } from "./given_index.ts";
import { ask, indexAll, makeIndex, record } from "./indexed.ts";

const DATE = { type: "date" };

/** Registers the tests. */
export function testFinding(test: Register): void {
  test("notes what there is no index of", async (given) => {
    await given.fill(some(1, 1000));
    assert.equal(await given.input().look(), null);
    for (const index of ["nowhere", "nowhere-*"]) {
      const note = await given.input({ index }).look();
      assert.equal(note?.kind, "missing");
      assert.match(
        note.text,
        new RegExp(`^Nothing to read matches elasticsearch:${index.replace("*", "\\*")}: `),
      );
    }
  });

  test("takes the field of the time that the index has as a date", async (given) => {
    const documents = some(30, 1000).toReversed().map(
      ({ id, source: { "@timestamp": timestamp, message } }) => {
        return { id, source: { timestamp, message, loglevel: "WARN" } };
      },
    );
    await given.fill(documents, { timestamp: DATE });
    const one = given.input({ follow: true }), lines = await linesOf(one);
    assert.deepEqual(messagesOf(lines), messages(some(30, 1000)));
    assert.equal(lines[0], "2026-03-02T10:00:00.000Z WARN -\x1fm 0");
    assert.deepEqual(await linesOf(await later(given, one)), []);
  });

  test("refuses a named field of the time that is no date", async (given) => {
    await given.fill([{ id: "a", source: { when: "noon", message: "x" } }], { when: { type: "text" } });
    await assert.rejects(() => linesOf(given.input({ fields: { time: ["when"] } })), {
      name: "InputError",
      message: /"when" is no date but text/,
    });
  });

  test("refuses an index that keeps no source", async (given) => {
    const mappings = { _source: { enabled: false }, properties: { "@timestamp": DATE } };
    await ask(given.server.url, "PUT", `/${given.index}`, { mappings });
    await given.add(some(3, 1000));
    await assert.rejects(() => linesOf(given.input()), {
      name: "InputError",
      message: /_source is disabled/,
    });
  });

  test("says where so many documents come that a later reading looks back less far", async (given) => {
    await given.fill(some(100, 1000));
    const one = given.input({ follow: true, seenLimit: 20 });
    await linesOf(one);
    assert.equal(one.notes.length, 0); // nobody asked for a position yet
    const two = await later(given, one, { seenLimit: 20 });
    assert.match(one.notes[0].text, /looks back 20 s only, not 300 s/);
    assert.deepEqual(await linesOf(two), []);
  });

  test("keeps documents of several indices apart that have the same ids", async (given) => {
    const [first, second] = ["1", "2"].map((day) => `${given.index}-${day}`);
    for (const index of [first, second]) await makeIndex(given.server, index);
    const at = (
      seconds: number,
      message: string,
    ) => [{ id: "1", source: record(BEGIN + 1000 * seconds, message) }];
    await indexAll(given.server, first, at(0, "one"));
    const one = given.input({ index: `${given.index}-*`, follow: true });
    assert.deepEqual(messagesOf(await linesOf(one)), ["one"]);
    await indexAll(given.server, second, at(1, "another"));
    const two = await later(given, one, { index: `${given.index}-*` });
    assert.deepEqual(messagesOf(await linesOf(two)), ["another"]);
  });

  test("finds documents without a time beside those of a span where it is told to", async (given) => {
    const untimed = { id: "untimed", source: { message: "whenever" } };
    await given.fill([...some(10, 1000), untimed]);
    const span = { from: BEGIN + 2000, to: BEGIN + 4000 };
    assert.deepEqual(messagesOf(await linesOf(given.input(span))), ["m 2", "m 3"]);
    const both = given.input({ ...span, untimed: true });
    assert.deepEqual(messagesOf(await linesOf(both)), ["whenever", "m 2", "m 3"]);
  });
}
