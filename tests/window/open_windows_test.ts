import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { ByteWriter } from "../../lib/window/byte_columns.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";
import { OpenWindows, type WindowOptions } from "../../lib/window/open_windows.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import { batchOf, countsOf, type Row } from "./made_rows.ts";

const OPTIONS: WindowOptions = {
  session: SessionPattern.compile("k=(\\w+)"),
  size: 100,
  idle: 10,
  lateness: 50,
};

function opened(rows: Row[], options: Partial<WindowOptions> = {}) {
  const services = new Dictionary(), windows = new OpenWindows({ ...OPTIONS, ...options }, services);
  const add = (rows: Row[]) => windows.add(batchOf(rows, services), 0, rows.length, rows[0]?.source);
  add(rows);
  return { windows, services, add };
}

const at = (time: number, ...keys: string[]): Row => ({ time, keys });
const iso = (time: number) => new Date(time).toISOString();

function shown(closed: ClosedWindows): string[] {
  return Array.from(
    { length: closed.length },
    (_, i) =>
      `${closed.key(i)} ${closed.start[i]}-${closed.end[i]} ${closed.lines[i]}${
        ["", " again", " withdrawn"][closed.reopened[i]]
      }`,
  );
}

Deno.test("OpenWindows.close() closes a session only when the watermark is more than idle past its last record", () => {
  const { windows } = opened([at(5, "a"), at(8, "a")]);
  assert.deepEqual(shown(windows.close(18)), []);
  assert.deepEqual(shown(windows.close(18.5)), ["a 5-8 2"]);
  assert.deepEqual(shown(windows.close(30)), []);
});

Deno.test("OpenWindows.close() brings a reopened session again", () => {
  const { windows, add } = opened([at(5, "a"), at(40)]);
  assert.deepEqual(shown(windows.close(40)), ["a 5-5 1"]);
  add([at(15, "a")]);
  assert.deepEqual(shown(windows.close(40)), ["a 5-15 2 again"]);
  assert.equal(windows.stats.late, 0);
});

Deno.test("OpenWindows.close() withdraws the old identity of a session that begins earlier now", () => {
  const { windows, add } = opened([at(20, "a"), at(50)]);
  windows.close(50);
  add([at(12, "a")]);
  assert.deepEqual(shown(windows.close(50)), ["a 20-20 0 withdrawn", "a 12-20 2"]);
});

Deno.test("OpenWindows.add() joins two sessions of a key by a line between them", () => {
  const { windows, add, services } = opened([
    { ...at(0, "a"), template: 1 },
    { ...at(16, "a"), template: 2 },
    at(49),
  ]);
  assert.deepEqual(shown(windows.close(49)), ["a 0-0 1", "a 16-16 1"]);
  add([{ ...at(8, "a"), template: 1 }]);
  const closed = windows.close(49);
  assert.deepEqual(shown(closed), ["a 16-16 0 withdrawn", "a 0-16 3 again"]);
  assert.equal(countsOf(windows.vectors, closed.vector[1]), "10:2 18:1");
  assert.equal(services.text(closed.service[1]), "api");
});

Deno.test("OpenWindows.add() starts a new session when a key comes again, and forgets the old one after the lateness", () => {
  const { windows } = opened([at(0, "a"), at(30, "a"), at(100, "a")]);
  const closed = windows.close(100);
  assert.deepEqual(shown(closed), ["a 0-0 1", "a 30-30 1"]);
  assert.deepEqual([closed.identity(0), closed.identity(1)], [`a@${iso(0)}`, `a@${iso(30)}`]);
  assert.equal(windows.stats.held, 1);
  assert.deepEqual(shown(windows.closeAll()), ["a 100-100 1"]);
});

Deno.test("OpenWindows.add() refuses a line older than its source's largest time by more than the lateness", () => {
  const { windows, add } = opened([at(100, "a"), at(50, "b"), at(49, "c"), at(49.5)]);
  assert.equal(windows.stats.late, 2);
  add([{ ...at(10, "d"), source: 7 }]); // another source has its own largest time
  assert.equal(windows.stats.late, 2);
  assert.deepEqual(shown(windows.closeAll()), ["d 10-10 1", "b 50-50 1", "a 100-100 1"]);
});

Deno.test("OpenWindows.add() refuses a line whose window the watermark has left behind, and forgets its key", () => {
  const { windows, add } = opened([]);
  windows.close(1000);
  add([at(939, "a"), at(940, "b"), at(899), at(900)]);
  assert.equal(windows.stats.late, 2);
  assert.deepEqual(shown(windows.close(1000)), [
    "b 940-940 1",
    `api@${iso(900)} 900-1000 1`,
  ]);
  assert.equal(
    windows.save().length,
    (() => {
      const again = opened([]);
      again.windows.close(1000);
      again.add([at(1, "z".repeat(99)), at(940, "b"), at(1), at(900)]);
      again.windows.close(1000);
      return again.windows.save().length;
    })(),
  );
});

Deno.test("OpenWindows keep lines without a time in a session of their own until the end", () => {
  const { windows } = opened([at(NaN, "a"), at(5, "a"), at(NaN, "a"), at(NaN)]);
  assert.deepEqual(shown(windows.close(1e6)), ["a 5-5 1"]);
  const closed = windows.closeAll();
  assert.deepEqual(shown(closed), ["a NaN-NaN 2"]);
  assert.equal(closed.identity(0), "a");
  assert.equal(windows.stats.untimed, 1);
});

Deno.test("OpenWindows with keepSessions make one window a key, times or not", () => {
  const { windows } = opened([at(NaN, "a"), at(500, "a"), at(7, "a"), at(NaN, "a")], {
    keepSessions: true,
    lateness: Infinity,
  });
  assert.deepEqual(shown(windows.close(1e6)), []);
  const closed = windows.closeAll();
  assert.deepEqual(shown(closed), ["a 7-500 4"]);
  assert.equal(closed.identity(0), "a");
});

Deno.test("OpenWindows.close() closes a time window when the watermark reaches its end", () => {
  const { windows } = opened([at(10), at(150)]);
  assert.deepEqual(shown(windows.close(99.9)), []);
  assert.deepEqual(shown(windows.close(100)), [`api@${iso(0)} 0-100 1`]);
});

Deno.test("OpenWindows.close() shows silence up to the watermark, closeAll() only up to the last line", () => {
  const { windows } = opened([at(10), { ...at(10), service: "db" }, at(310)]);
  const db = [0, 100].map((start, i) => `db@${iso(start)} ${start}-${start + 100} ${i === 0 ? 1 : 0}`);
  const api = [0, 100].map((start, i) => `api@${iso(start)} ${start}-${start + 100} ${i === 0 ? 1 : 0}`);
  assert.deepEqual(shown(windows.close(200)), [api[0], db[0], api[1], db[1]]);
  assert.deepEqual(shown(windows.closeAll()), [`api@${iso(200)} 200-300 0`, `api@${iso(300)} 300-400 1`]);
});

Deno.test("OpenWindows.close() fills the gap before a service's first line when an earlier one arrives", () => {
  const { windows, add } = opened([at(510)], { lateness: 1000 });
  assert.deepEqual(shown(windows.close(600)), [`api@${iso(500)} 500-600 1`]);
  add([at(210)]);
  assert.deepEqual(shown(windows.close(600)).map((row) => row.split(" ").slice(1).join(" ")), [
    "200-300 1",
    "300-400 0",
    "400-500 0",
  ]);
});

Deno.test("OpenWindows.close() stops showing silence after silenceLimit empty windows", () => {
  const { windows, add } = opened([at(10)], { silenceLimit: 2, lateness: Infinity });
  assert.equal(windows.close(1e9).length, 3);
  assert.equal(windows.close(2e9).length, 0);
  add([at(1e9 + 10)]);
  assert.deepEqual(shown(windows.close(2e9)).map((row) => row.split(" ").slice(1).join(" ")), [
    "1000000000-1000000100 1",
    "1000000100-1000000200 0",
    "1000000200-1000000300 0",
  ]);
});

Deno.test("OpenWindows.close() orders by end, service name and key", () => {
  const { windows } = opened([
    { ...at(10), service: "web" },
    { ...at(10), service: "db" },
    { ...at(100, "b"), service: "db" },
    { ...at(100, "a"), service: "db" },
    { ...at(100, "c"), service: "api" },
    at(99, "z"),
    at(NaN, "n"),
  ]);
  assert.deepEqual(shown(windows.closeAll()).map((row) => row.split(" ")[0]), [
    "z",
    "c",
    "a",
    "b",
    `db@${iso(0)}`,
    `web@${iso(0)}`,
    "n",
  ]);
});

Deno.test("OpenWindows.close() takes the service of a session's first record, the first by name among equals", () => {
  const rows = [{ ...at(5, "a"), service: "web" }, { ...at(3, "a"), service: "web" }, {
    ...at(3, "a"),
    service: "db",
  }];
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
    const { windows, services } = opened(order.map((i) => rows[i]));
    assert.equal(services.text(windows.closeAll().service[0]), "db");
  }
});

Deno.test("OpenWindows.rekey() renames templates in open, retained and spilled windows alike", () => {
  for (const vectorLimit of [1, 1000]) {
    const { windows, add } = opened([
      { ...at(0, "a"), template: 1 },
      { ...at(20, "b"), template: 2 },
      { ...at(20), template: 2 },
    ], { vectorLimit });
    const closed = windows.close(15);
    const map = windows.rekey(Int32Array.of(0, 7, 7));
    assert.equal(countsOf(windows.vectors, map[closed.vector[0]]), "58:1");
    add([{ ...at(21, "b"), template: 7 }, { ...at(21), template: 7 }]);
    const rest = windows.closeAll();
    assert.deepEqual([...rest.vector].map((vector) => countsOf(windows.vectors, vector)), ["58:2", "58:2"]);
  }
});

Deno.test("OpenWindows.forgetVectors() keeps what windows still need", () => {
  const { windows, add } = opened([{ ...at(0, "a"), template: 1 }, { ...at(200, "b"), template: 2 }]);
  const closed = windows.close(200), map = windows.forgetVectors();
  assert.equal(map[closed.vector[0]], -1);
  assert.equal(windows.vectors.size, 2);
  add([{ ...at(201, "b"), template: 2 }]);
  assert.equal(countsOf(windows.vectors, windows.closeAll().vector[0]), "18:2");
});

Deno.test("OpenWindows.restore() continues exactly: the same rows, flags and counters come out", () => {
  const rows = [at(0, "a"), at(16, "a", "b"), at(20), at(49), at(NaN, "c"), { ...at(30), service: "db" }];
  const rest = [at(8, "a"), at(3), at(60, "b"), at(250)];
  const { windows, add } = opened(rows);
  windows.close(49);
  const services = new Dictionary();
  services.internText("zzz");
  const restored = OpenWindows.restore(windows.save(), OPTIONS, services);
  assert.deepEqual(restored.stats, windows.stats);
  assert.deepEqual(restored.save(), OpenWindows.restore(restored.save(), OPTIONS, new Dictionary()).save());
  add(rest);
  restored.add(batchOf(rest, services), 0, rest.length);
  assert.deepEqual(shown(restored.close(200)), shown(windows.close(200)));
  assert.deepEqual(shown(restored.closeAll()), shown(windows.closeAll()));
  assert.equal(restored.latest(), 250);
});

Deno.test("OpenWindows.restore() refuses every damaged byte and every cut", () => {
  const bytes = opened([at(0, "a"), at(16, "b"), at(20)]).windows.save();
  const refused = (damaged: Uint8Array, message: RegExp) =>
    assert.throws(() => OpenWindows.restore(damaged, OPTIONS, new Dictionary()), {
      name: "RangeError",
      message,
    });
  for (let i = 0; i < bytes.length; i++) {
    const damaged = bytes.slice();
    damaged[i] ^= 0x10;
    refused(damaged, /^Cannot restore open windows: checksum/);
    refused(bytes.slice(0, i), /^Cannot restore open windows: checksum/);
  }
});

Deno.test("OpenWindows.restore() refuses unknown versions and what is something else", () => {
  const refused = (magic: string, version: number, message: RegExp) => {
    const writer = new ByteWriter();
    writer.text(magic);
    writer.integer(version);
    assert.throws(() => OpenWindows.restore(writer.finish(), OPTIONS, new Dictionary()), {
      name: "RangeError",
      message,
    });
  };
  refused(
    "deepscan open windows",
    3,
    /^Cannot restore open windows: version 3 is not known, only 1 and 2 are$/,
  );
  refused("something", 1, /^Cannot restore open windows: these bytes are something else$/);
  refused("deepscan open windows", 1, /^Cannot restore open windows: they end early/);
});

Deno.test("OpenWindows.restore() refuses other settings and says which", () => {
  const bytes = opened([at(0, "a")]).windows.save();
  const changes: [Partial<WindowOptions>, RegExp][] = [
    [{ size: 60_000 }, /saved with size 100, current value is 60000/],
    [{ idle: 11 }, /saved with idle 10, current value is 11/],
    [{ session: null }, /saved with session \/k=\(\\w\+\)\/, current value is none/],
    [{ keepSessions: true }, /saved with keepSessions false, current value is true/],
  ];
  for (const [change, message] of changes) {
    assert.throws(() => OpenWindows.restore(bytes, { ...OPTIONS, ...change }, new Dictionary()), {
      name: "RangeError",
      message,
    });
  }
});

Deno.test("OpenWindows refuse records whose columns are not filled in, and settings out of range", () => {
  const services = new Dictionary(), batch = batchOf([at(0)], services);
  batch.template[0] = -1;
  assert.throws(() => new OpenWindows(OPTIONS, services).add(batch, 0, 1), {
    name: "RangeError",
    message: "Cannot add record 0 to a window: its template is -1",
  });
  batch.template[0] = 0;
  batch.service[0] = -1;
  assert.throws(() => new OpenWindows(OPTIONS, services).add(batch, 0, 1), {
    name: "RangeError",
    message: /service/,
  });
  for (const [name, value] of [["size", 0], ["idle", NaN], ["lateness", -1], ["silenceLimit", -1]]) {
    assert.throws(() => new OpenWindows({ ...OPTIONS, [name]: value }, services), {
      name: "RangeError",
      message: new RegExp(`^Cannot open windows: ${name} must be .*, current value is ${value}$`),
    });
  }
  assert.throws(() => new OpenWindows(OPTIONS, services).close(NaN), {
    name: "RangeError",
    message: /watermark/,
  });
});
