import assert from "node:assert/strict";
import fc from "fast-check";
import type { JudgedWindows, Reason, Verdict } from "../../lib/mod.ts";
import { VerdictTable } from "../../runner/verdict_table.ts";

/** A window as it goes into a row. */
interface Row {
  key: string;
  /** Of a time window, whose key is made of it and the start; a session has none. */
  service?: string;
  start: number;
  end: number;
  lines: number;
  score: number;
  /** `null` = normal. */
  reasons: Reason[] | null;
}

function keyOf({ key, service, start }: Row): string {
  return service === undefined ? key : `${service}@${new Date(Math.floor(start)).toISOString()}`;
}

function judgedOf(rows: Row[], threshold = 1): JudgedWindows {
  const keys = rows.map(({ key, service }) =>
    new TextEncoder().encode(service === undefined ? key : `${service}@`)
  );
  const windows = {
    length: rows.length,
    isSession: (i: number) => rows[i].service === undefined,
    key: (i: number) => keyOf(rows[i]),
    keyLength: (i: number) => keys[i].length,
    copyKey: (i: number, target: Uint8Array, at: number) => (target.set(keys[i], at), keys[i].length),
    start: Float64Array.from(rows, ({ start }) => start),
    end: Float64Array.from(rows, ({ end }) => end),
    lines: Int32Array.from(rows, ({ lines }) => lines),
  };
  return {
    windows: windows as JudgedWindows["windows"],
    score: Float64Array.from(rows, ({ score }) => score),
    threshold,
    again: [],
    anomalous: new Map(
      rows.flatMap(({ reasons }, i) => reasons === null ? [] : [[i, { reasons } as unknown as Verdict]]),
    ),
  };
}

/** What a table of these parts is, byte by byte. */
function written(parts: JudgedWindows[]): Uint8Array {
  const path = Deno.makeTempFileSync();
  try {
    const table = new VerdictTable(path);
    for (const part of parts) table.add(part);
    table.close();
    return Deno.readFileSync(path);
  } finally {
    Deno.removeSync(path);
  }
}

/** The same in the plainest way. */
function expected(parts: Row[][], threshold = 1): Uint8Array {
  const field = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const time = (ms: number) => Number.isNaN(ms) ? "" : new Date(Math.floor(ms)).toISOString();
  const why = (reasons: Reason[] | null) =>
    reasons === null ? "" : field(JSON.stringify(
      reasons.map(({ detector, kind, id, title, share, actual, expected }) => ({
        ...{ detector, kind, id, title, share: Number(share.toFixed(4)), actual },
        expected: Number(expected.toFixed(2)),
      })),
    ));
  const rows = parts.flat().map((row) => {
    const { start, end, lines, score, reasons } = row, shown = Number(score.toPrecision(6));
    return [
      field(keyOf(row)),
      time(start),
      time(end),
      lines,
      shown,
      threshold,
      reasons !== null,
      why(reasons),
    ]
      .join();
  });
  const header = "key,start,end,lines,score,threshold,anomalous,reasons";
  return new TextEncoder().encode([header, ...rows, ""].join("\n"));
}

function reason(some: Partial<Reason> = {}): Reason {
  return {
    ...{ detector: "new-template", kind: "unseen", id: "e1", title: "disk <*> failed", share: 1 },
    ...{ actual: 3, expected: 1 / 3, firstSeen: null, example: "disk 7 failed" },
    ...some,
  };
}

const START = Date.UTC(2026, 2, 2);

function row(some: Partial<Row> = {}): Row {
  return { key: "a", start: START, end: START + 1, lines: 1, score: .5, reasons: null, ...some };
}

Deno.test("VerdictTable writes what the plainest way of writing rows gives, whatever the windows hold", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("a", '"', ",", "\r", "\n", "ü", "\ud800", "🙂") }),
  );
  const time = fc.oneof(
    fc.integer({ min: START - 1e9, max: START + 1e9 }),
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.double({ min: -1e12, max: 1e12, noDefaultInfinity: true }),
  );
  const score = fc.oneof(
    fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }),
    fc.constantFrom(0, 1, 2.5),
  );
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const reasons = fc.array(
    fc.record({ title: text, id: text, share, expected: share, example: text }).map(reason),
    { maxLength: 3 },
  );
  const rows = fc.array(
    fc.record({
      ...{ key: text, start: time, end: time, score, service: fc.option(text, { nil: undefined }) },
      lines: fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 0x7fffffff })),
      reasons: fc.option(reasons, { nil: null }),
    }).map((row) => Number.isNaN(row.start) ? { ...row, service: undefined } : row),
    { maxLength: 8 },
  );
  fc.assert(fc.property(fc.array(rows, { maxLength: 3 }), (parts) => {
    assert.deepEqual(written(parts.map((part) => judgedOf(part))), expected(parts));
  }));
});

Deno.test("VerdictTable quotes only keys that need it, and leaves times that are not known empty", () => {
  const keys = ["plain key;", "grün", "a,b", 'say "x"', "cr\r", "lf\n"];
  const rows = keys.map((key) => row({ key, start: NaN, end: NaN }));
  assert.equal(
    new TextDecoder().decode(written([judgedOf(rows)])).replaceAll(",,,1,0.5,1,false,\n", "|"),
    'key,start,end,lines,score,threshold,anomalous,reasons\nplain key;|grün|"a,b"|"say ""x"""|"cr\r"|"lf\n"|',
  );
});

Deno.test("VerdictTable writes rows longer than what it collects, and many of them", () => {
  const long = [
    row({ key: "k".repeat(300_000) }),
    row({ key: "ü".repeat(300_000) }),
    row({ reasons: [reason({ title: '"'.repeat(400_000) })] }),
  ];
  const many = Array.from({ length: 12_000 }, (_, i) => {
    const shared = { key: `blk_${i}`, end: START + 7 * 3_600_000 * i, lines: i, score: i / 7 };
    return row({ ...shared, reasons: i % 3 === 0 ? [reason({ actual: i })] : null });
  });
  assert.deepEqual(written([judgedOf(long), judgedOf(many)]), expected([long, many]));
});

Deno.test("VerdictTable tells reasons of one score apart, and writes equal ones alike whatever their examples", () => {
  const reasons = [
    reason({ example: "first" }),
    reason({ example: "second" }),
    ...[{ title: "x" }, { id: "e2" }, { share: .5 }, { actual: 4 }, { expected: 2 }, { detector: "d" }].map(
      reason,
    ),
    reason({ kind: "template" }),
  ];
  const rows = reasons.map((one) => row({ score: 2, reasons: [one] }));
  rows.push(
    row({ score: 2, reasons: [reason(), reason()] }),
    row({ score: 2, reasons: [] }),
    row({ score: 2 }),
  );
  assert.deepEqual(written([judgedOf(rows), judgedOf(rows)]), expected([rows, rows]));
});

Deno.test("VerdictTable writes the threshold that each part was compared with", () => {
  const rows = [row(), row({ score: 9, reasons: [reason()] })];
  const both = new TextDecoder().decode(written([judgedOf(rows, 1), judgedOf(rows, 2)]));
  assert.equal(
    both,
    new TextDecoder().decode(expected([rows], 1)) +
      new TextDecoder().decode(expected([rows], 2)).replace(/^.*\n/, ""),
  );
});

Deno.test("VerdictTable writes what was judged anew as it writes a window, in front of the part that changed it", () => {
  const [calm, odd] = [row({ key: "calm" }), row({ key: "odd", score: 2, reasons: [reason()] })];
  const verdictOf = ({ key, reasons, ...rest }: Row, kind: Verdict["kind"], start = rest.start) =>
    ({
      ...rest,
      kind,
      start,
      key,
      anomalous: reasons !== null,
      reasons: reasons ?? [],
    }) as unknown as Verdict;
  const again = [
    verdictOf({ ...calm, key: "calm@2026-03-02T00:00:00.000Z" }, "session"),
    verdictOf({ ...odd, key: "shop@2026-03-02T00:00:00.000Z" }, "window"),
    verdictOf({ ...odd, key: "untimed" }, "session", NaN),
  ];
  assert.deepEqual(
    new TextDecoder().decode(written([judgedOf([calm]), { ...judgedOf([odd]), again }])),
    new TextDecoder().decode(expected([[calm], [
      calm,
      { ...odd, key: "shop@2026-03-02T00:00:00.000Z" },
      { ...odd, key: "untimed", start: NaN },
      odd,
    ]])),
  );
});

Deno.test("VerdictTable refuses a path that can't be written, and names it", () => {
  assert.throws(
    () => new VerdictTable("no/such/folder/v.csv"),
    /Cannot write verdicts: no\/such\/folder\/v\.csv: /,
  );
});
