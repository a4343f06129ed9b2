import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_ROLE, SECRET_ROLE } from "../../../lib/template/parameter/role.ts";
import { VALUE_KINDS } from "../../../lib/template/parameter/kind.ts";
import { unitOfWord } from "../../../lib/template/parameter/unit.ts";
import { NO_CONTEXT, type ValueContext, ValueReader } from "../../../lib/template/parameter/value_reader.ts";
import { roleOf } from "../../../lib/template/parameter/role.ts";

const encoder = new TextEncoder();

/** What a text is read as; whatever stands before and behind it in the buffer. */
function read(text: string, context: ValueContext = NO_CONTEXT) {
  const reader = new ValueReader(), value = encoder.encode(text);
  const bytes = new Uint8Array([0x37, ...value, 0x38]);
  reader.read(bytes, 1, 1 + value.length, context);
  return { kind: VALUE_KINDS[reader.kind], number: reader.number, hash: reader.hash };
}

const NUMBERS: [string, string, number][] = [
  ["12", "number", 12],
  ["-3.5", "number", -3.5],
  ["1,234,567", "number", 1_234_567],
  ["1.5e3", "number", 1500],
  ["2e-3", "number", 0.002],
  [".5", "number", 0.5],
  ["$3", "number", 3],
  ["~7", "number", 7],
  ["67108864", "number", 67_108_864],
  ["12ms", "duration", 12],
  ["1.5s", "duration", 1500],
  ["250us", "duration", 0.25],
  ["90 seconds", "duration", 90_000],
  ["1h2m3s", "duration", 3_723_000],
  ["1m 30s", "duration", 90_000],
  ["5m", "duration", 300_000],
  ["10KB", "size", 10_240],
  ["1.5 GiB", "size", 1_610_612_736],
  ["512M", "size", 536_870_912],
  ["85%", "percentage", 85],
  ["2026-03-02T10:00:00Z", "time", Date.UTC(2026, 2, 2, 10)],
  ["2026-03-02 10:00:00,123", "time", Date.UTC(2026, 2, 2, 10, 0, 0, 123)],
];

Deno.test("ValueReader reads quantities and times in the unit of their kind", () => {
  for (const [text, kind, number] of NUMBERS) {
    const value = read(text);
    assert.deepEqual([value.kind, value.number], [kind, number], text);
  }
});

const NAMES: Record<string, string> = {
  "10.0.0.1": "address",
  "10.0.0.1:80": "address",
  "/10.250.19.102:54106": "address",
  "10.0.0.0/8": "address",
  "fe80::1": "address",
  "::1": "address",
  "[::1]:8080": "address",
  "2001:db8:0:0:0:0:0:1": "address",
  "aa:bb:cc:dd:ee:ff": "address",
  "example.com": "host",
  "db-1.shop.example.com:5432": "host",
  "cache:6379": "host",
  "0x1f": "id",
  "deadbeef12": "id",
  "123e4567-e89b-12d3-a456-426614174000": "id",
  "task_0017_m_1": "id",
  "ann": "word",
  "read-only": "word",
  "ann@shop.example": "user",
  "/var/log/x.log": "path",
  "C:\\Temp\\x": "path",
  "a/b/c": "path",
  "/": "path",
  "https://shop.example/cart?id=7": "url",
  "12:30:45": "time",
  "12:30:45.123": "time",
  "2026-03-02": "time",
  "Mar  3 10:00:00": "time",
  "10/Oct/2000:13:55:36 +0200": "time",
  "connection reset by peer": "text",
  "3/5": "text",
  "": "text",
  "-": "text",
};

Deno.test("ValueReader tells names, addresses, paths and texts apart", () => {
  for (const [text, kind] of Object.entries(NAMES)) assert.equal(read(text).kind, kind, text);
});

Deno.test("ValueReader goes by what stands around: units, names of slots, secrets", () => {
  const withUnit = (word: string) => ({ unit: unitOfWord(word), role: NO_ROLE });
  assert.deepEqual([read("12", withUnit("s")).kind, read("12", withUnit("s")).number], ["duration", 12_000]);
  assert.equal(read("12ms", withUnit("s")).number, 12, "a unit of its own comes first");
  assert.equal(read("ann", withUnit("s")).kind, "word");
  const named = (name: string) => ({ unit: null, role: roleOf(name) });
  assert.equal(read("ann", named("userName")).kind, "user");
  assert.equal(read("1001", named("user")).kind, "id");
  assert.equal(read("db7", named("rhost")).kind, "host");
  assert.equal(read("x7", named("file")).kind, "path");
  const port = read("443", named("port"));
  assert.deepEqual([port.kind, port.number], ["id", NaN]);
  const secret = read("hunter2", { unit: null, role: SECRET_ROLE });
  assert.deepEqual(secret, { kind: "secret", number: NaN, hash: 0 });
});

Deno.test("ValueReader never throws, answers by the bytes alone, and tells different bytes apart", () => {
  const reader = new ValueReader();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (one, other) => {
    reader.read(one, 0, one.length);
    const first = { kind: reader.kind, number: reader.number, hash: reader.hash };
    assert.ok(VALUE_KINDS[first.kind] !== undefined && Number.isSafeInteger(first.hash) && first.hash >= 0);
    reader.read(other, 0, other.length);
    assert.equal(
      reader.hash === first.hash,
      one.length === other.length && one.every((byte, i) => byte === other[i]),
    );
    reader.read(Uint8Array.from([48, ...one, 48]), 1, 1 + one.length);
    assert.deepEqual({ kind: reader.kind, number: reader.number, hash: reader.hash }, first);
  }));
});

Deno.test("ValueReader reads every finite number as JavaScript does, to twelve digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (any) => {
      const number = Math.abs(any) < 1e-200 ? 0 : any; // smaller ones have no twelve digits
      const value = read(String(number));
      assert.equal(value.kind, "number");
      assert.ok(Math.abs(value.number - number) <= 1e-12 * Math.abs(number), `${value.number} for ${number}`);
    }),
  );
});
