import assert from "node:assert/strict";
import fc from "fast-check";
import { BulkBody } from "../../../lib/mod.ts";
import { Documents, fileFragment, type RecordText } from "../../../runner/ship/documents.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A record of one line. */
function recordOf(line: string, timestamp: number, more: Partial<RecordText> = {}): RecordText {
  const bytes = bytesOf(line),
    at = { start: 0, end: bytes.length, contentStart: 0, contentEnd: bytes.length };
  return {
    ...{ bytes, ...at, lines: 1, offset: 7, timestamp, severity: 9 },
    ...{ service: bytesOf('"shop"'), parsed: true, continues: false, ...more },
  };
}

/** Action and document as they are read again. */
function written(documents: Documents, record: RecordText, fallbackTime = 0) {
  const body = new BulkBody(), context = { id: bytesOf("name"), sequence: 7, fallbackTime };
  documents.write(body, record, { ...context, file: fileFragment("/var/log/shop.log") });
  const [action, document] = new TextDecoder().decode(body.text()).split("\n").map((line) =>
    line && JSON.parse(line)
  );
  return { action: action.create, document };
}

Deno.test("Documents write() gives every time in ISO 8601, and the index of its day in UTC", () => {
  const documents = new Documents({ index: "logs", dataStream: false, host: "" });
  const least = Date.UTC(1900), most = Date.UTC(2200);
  fc.assert(fc.property(fc.array(fc.integer({ min: least, max: most }), { minLength: 1 }), (times) => {
    for (const time of times) {
      const { action, document } = written(documents, recordOf("x", time)),
        text = new Date(time).toISOString();
      assert.equal(document["@timestamp"], text);
      assert.equal(action._index, `logs-${text.slice(0, 10).replaceAll("-", ".")}`);
    }
  }));
});

Deno.test("Documents write() keeps services apart, and what was read of them", () => {
  const documents = new Documents({ index: "logs-a-b", dataStream: true, host: "vm" });
  const services = [bytesOf('"shop"'), bytesOf('"a \\"b\\""'), new Uint8Array(0)];
  for (const service of [...services, ...services]) {
    for (const parsed of [true, false]) {
      for (const continues of [true, false]) {
        const record = recordOf("x", parsed ? 1 : NaN, { service, parsed, continues });
        const { action, document } = written(documents, record, 5);
        assert.equal(action._index, "logs-a-b");
        assert.deepEqual(
          document.service,
          service.length === 0 ? undefined : { name: JSON.parse(new TextDecoder().decode(service)) },
        );
        assert.deepEqual(document.host, { name: "vm" });
        assert.deepEqual(document.deepscan, {
          ...{ parsed, ...(parsed ? {} : { time_inferred: true }), ...(continues ? { continues } : {}) },
        });
        assert.equal(document["@timestamp"], `1970-01-01T00:00:00.00${parsed ? 1 : 5}Z`);
      }
    }
  }
  assert.deepEqual([documents.written, documents.untimed, documents.unparsed], [24, 12, 12]);
});
