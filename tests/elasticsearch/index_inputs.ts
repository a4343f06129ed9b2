/**
 * What reading an index must do, with each version of the server.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Client } from "@elastic/elasticsearch";
import { IndexInput } from "../../lib/source/elasticsearch/index_input.ts";
import { type IndexPosition, readIndexPosition } from "../../lib/source/elasticsearch/index_position.ts";
import { InputError } from "../../lib/source/input.ts";
import type { ElasticsearchMajor, ElasticsearchServer } from "../services/elasticsearch.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { readAll, testSource } from "../source/contract.ts";
import { BEGIN, Given, later, linesOf, messages, messagesOf, type Register, some } from "./given_index.ts";
import { testFinding } from "./index_finding.ts";
import { ask, indexAll, makeIndex, record } from "./indexed.ts";

const MINUTE = 60_000;
const decoder = new TextDecoder();

/** Registers the tests with a server of one version. */
export function testIndexInput(major: ElasticsearchMajor): void {
  withElasticsearch(major, "IndexInput reads an index", (server, version) => {
    let count = 0;
    const test = (name: string, run: (given: Given) => Promise<void>) => {
      Deno.test(`IndexInput ${name} (${version})`, async () => {
        const given = new Given(server(), `logs-${count++}`);
        try {
          await run(given);
        } finally {
          await given.leave();
        }
      });
    };
    testContract(version, server, () => `contract-${count++}`);
    testReading(test);
    testGoingOn(test);
    testFinding(test);
    testTrouble(test);
    if (major === NEWEST) testKilled(test);
  });
}

/** The contract of every source: equal lines in, equal bytes out. */
function testContract(version: string, server: () => ElasticsearchServer, newName: () => string): void {
  const indices = new Map<string, string>();
  testSource({
    name: `IndexInput ${version}`,
    async withSource(lines, use) {
      const key = lines.join("\n"), index = indices.get(key) ?? newName(), given = new Given(server(), index);
      if (!indices.has(key)) {
        await given.fill(lines.map((line, i) => ({ id: `${i}`, source: record(BEGIN, line, i) })));
        indices.set(key, index);
      }
      const text = lines.map((line) => `2026-03-02T10:00:00.000Z - -\x1f${line}\n`).join("");
      try {
        await use({
          input: given.input({ pageSize: 150 }),
          expected: new TextEncoder().encode(text),
          resume: (saved) =>
            Promise.resolve(given.input({ pageSize: 150, follow: true, saved: saved as IndexPosition })),
        });
      } finally {
        await given.leave();
      }
    },
  });
}

function testReading(test: Register): void {
  test("reads in order of time, then of event.sequence, whatever the order of indexing", async (given) => {
    const ordered = [
      ...some(30, 1000),
      ...Array.from({ length: 40 }, (_, i) => ({
        id: `same${i}`,
        source: record(BEGIN + 30_000, `same ${i}`, i),
      })),
    ];
    await given.fill(ordered.toSorted((a, b) => a.id < b.id ? 1 : -1));
    for (const inFlight of [1, 4]) { // 40 documents of one time are more than a page
      assert.deepEqual(messagesOf(await linesOf(given.input({ inFlight }))), messages(ordered));
    }
  });

  test("reads long silences and bursts completely", async (given) => {
    const bursts = [0, 1, 5_000, 100_000, 86_400_000, 86_400_001, 40 * 86_400_000].flatMap((offset, k) =>
      Array.from({ length: k % 2 === 0 ? 3 : 25 }, (_, i) => ({
        id: `b${k}-${i}`,
        source: record(BEGIN + offset, `burst ${k} ${i}`, 100 * k + i),
      }))
    );
    await given.fill(bursts);
    assert.deepEqual(messagesOf(await linesOf(given.input({ inFlight: 3 }))), messages(bursts));
  });

  test("reads what has no time first, what has no message as JSON, nested, dotted and arrays", async (given) => {
    await given.fill([
      { id: "1", source: { message: "no time", "log.level": "WARN" } },
      {
        id: "2",
        source: { "@timestamp": "2026-03-02T10:00:01Z", loglevel: "ERROR", message: ["raw", "up"] },
      },
      {
        id: "3",
        source: { "@timestamp": "2026-03-02T10:00:02Z", log: { level: "info" }, service: { name: "a b" } },
      },
      { id: "4", source: { "@timestamp": 1772445603000, message: "two\nlines\n", service: "x" } },
    ], { "@timestamp": { type: "date" } });
    assert.deepEqual(await linesOf(given.input()), [
      "- WARN -\x1fno time",
      "2026-03-02T10:00:01Z ERROR -\x1fup",
      '2026-03-02T10:00:02Z info a_b\x1f{"@timestamp":"2026-03-02T10:00:02Z","log":{"level":"info"},"service":{"name":"a b"}}',
      "2026-03-02T10:00:03.000Z - x\x1ftwo",
      "lines",
    ]);
  });

  test("reads by fields of other names, a query and a span of time", async (given) => {
    const documents = Array.from({ length: 20 }, (_, i) => ({
      id: `${i}`,
      source: { when: BEGIN + 1000 * i, text: `t ${i}`, kind: i % 2 === 0 ? "a" : "b" },
    }));
    await given.fill(documents, { when: { type: "date" }, kind: { type: "keyword" } });
    const fields = { time: ["when"], message: ["text"] }, filter = { term: { kind: "a" } };
    const lines = await linesOf(given.input({ fields, filter, from: BEGIN + 4000, to: BEGIN + 9000 }));
    assert.deepEqual(lines, [4, 6, 8].map((i) => `2026-03-02T10:00:0${i}.000Z - -\x1ft ${i}`));
    await assert.rejects(() => linesOf(given.input()), {
      name: "InputError",
      message: /no document has a message; .* there are: kind, text, when$/,
    });
  });

  test("reads several indices by one pattern as one", async (given) => {
    const documents = some(40, 1000);
    for (const parity of [0, 1]) {
      const index = `${given.index}-${parity}`;
      await makeIndex(given.server, index);
      await indexAll(given.server, index, documents.filter((_, i) => i % 2 === parity));
    }
    assert.deepEqual(
      messagesOf(await linesOf(given.input({ index: `${given.index}-*` }))),
      messages(documents),
    );
  });
}

function testGoingOn(test: Register): void {
  test("finds documents that come late within the overlap once, and no other again", async (given) => {
    const first = some(100, 1000);
    await given.fill(first);
    const one = given.input({ follow: true, overlap: MINUTE });
    assert.deepEqual(messagesOf(await linesOf(one)), messages(first));
    const late = [60, 75, 99].map((second) => ({
      id: `late${second}`,
      source: record(BEGIN + 1000 * second, `late ${second}`),
    }));
    const tooLate = { id: "too late", source: record(BEGIN + 1000, "too late") };
    const next = some(20, 1000, { from: 100 });
    await given.add([...late, tooLate, ...next]);
    const two = await later(given, one, { overlap: MINUTE });
    assert.deepEqual(messagesOf(await linesOf(two)), [...messages(late), ...messages(next)]);
    const three = await later(given, two, { overlap: MINUTE });
    assert.deepEqual(await linesOf(three), []);
    const longer = await later(given, three, { overlap: 60 * MINUTE }); // what was looked at stays looked at
    assert.deepEqual(await linesOf(longer), []);
  });

  test("goes on where one page was read in part, at any byte", async (given) => {
    const documents = some(30, 1000);
    await given.fill(documents);
    const expected = await readAll(given.input());
    const input = given.input({ follow: true });
    const read = new Uint8Array(expected.length);
    let at = 0;
    while (at < 1000) at += await input.read(read.subarray(at, at + 100));
    for (let offset = 0; offset <= at; offset += 83) {
      const saved = readIndexPosition(await input.position(offset));
      const rest = await readAll(given.input({ follow: true, saved }));
      assert.ok(Buffer.concat([expected.subarray(0, offset), rest]).equals(expected), `offset ${offset}`);
    }
  });

  test("leaves what is dated behind the end for a later reading", async (given) => {
    const documents = some(20, 1000);
    await given.fill(documents);
    const one = given.input({ follow: true, to: BEGIN + 10_000 });
    assert.deepEqual(messagesOf(await linesOf(one)), messages(documents.slice(0, 10)));
    const two = await later(given, one);
    assert.deepEqual(messagesOf(await linesOf(two)), messages(documents.slice(10)));
  });
}

function testTrouble(test: Register): void {
  test("goes on when its point in time is lost", async (given) => {
    const documents = some(200, 1000);
    await given.fill(documents);
    const input = given.input({ follow: true }), target = new Uint8Array(50), parts: Uint8Array[] = [];
    using points = new OpenPoints();
    for (let i = 0;; i++) {
      if (i % 20 === 10) await points.closeAll(given.server);
      const length = await input.read(target);
      if (length === 0) break;
      parts.push(target.slice(0, length));
    }
    assert.ok(points.count > 5, `${points.count} points in time`);
    const lines = decoder.decode(Buffer.concat(parts)).split("\n").slice(0, -1);
    assert.deepEqual(messagesOf(lines), messages(documents));
  });

  test("says which cluster can't be reached", async () => {
    const input = new IndexInput({ nodes: ["http://127.0.0.1:9"] }, { index: "logs" });
    await assert.rejects(() => input.look(), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /no node of the cluster can be reached/);
      assert.equal(error.note.kind, "unreadable");
      return true;
    });
  });
}

function testKilled(test: Register): void {
  test("loses and doubles nothing when the server is killed while it reads", async (given) => {
    const documents = some(300, 1000);
    await given.fill(documents);
    await ask(given.server.url, "POST", `/${given.index}/_flush`);
    const input = given.input({ follow: true }), target = new Uint8Array(400), lines: string[] = [];
    let text = "", length = await input.read(target), back: Promise<void> | null = null;
    for (; length > 0; length = await readOn(input, target, () => back)) {
      text += decoder.decode(target.subarray(0, length));
      if (back === null && text.length > 2000) {
        await given.server.kill();
        back = given.server.start();
      }
    }
    await back;
    lines.push(...text.split("\n").slice(0, -1));
    assert.deepEqual(messagesOf(lines), messages(documents));
    const again = await later(given, input);
    assert.deepEqual(await linesOf(again), []);
  });
}

/** Knows the points in time that clients open. */
class OpenPoints implements Disposable {
  /** How many were opened. */
  count = 0;
  #open: string[] = [];
  readonly #usual = Client.prototype.openPointInTime;

  constructor() {
    const usual = this.#usual, note = (id: string) => (this.count++, this.#open.push(id));
    Client.prototype.openPointInTime = async function (this: Client, ...args: unknown[]) {
      const answer = await (usual as (...args: unknown[]) => Promise<{ id: string }>).apply(this, args);
      note(answer.id);
      return answer;
    } as typeof usual;
  }

  /** Closes them behind their readers' backs. */
  async closeAll({ url }: ElasticsearchServer): Promise<void> {
    for (const id of this.#open) await fetchQuietly(`${url}/_pit`, { id });
    this.#open = [];
  }

  [Symbol.dispose](): void {
    Client.prototype.openPointInTime = this.#usual;
  }
}

/** Deletes; what isn't there any more is no matter. */
async function fetchQuietly(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  await (await fetch(url, { method: "DELETE", body: JSON.stringify(body), headers })).body?.cancel();
}

/** Reads; where the cluster is away for longer than an input waits, again when it is back. */
async function readOn(
  input: IndexInput,
  target: Uint8Array,
  back: () => Promise<void> | null,
): Promise<number> {
  try {
    return await input.read(target);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, /^Cannot read logs-\d+: /);
    await back();
    return await input.read(target);
  }
}
