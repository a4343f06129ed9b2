import assert from "node:assert/strict";
import type { MergedRecords, Slice } from "../../lib/model/merged_records.ts";
import { openFiles } from "../../lib/source/files.ts";
import type { SavedPosition } from "../../lib/source/input.ts";
import { write } from "../source/temporary.ts";
import { withFolder } from "../with_folder.ts";
import { line, MadeLog, merged, settingsOf } from "./made_logs.ts";

/** What logs do together. */
class Work {
  open = new Set<string>();
  mostOpen = 0;
  readonly buffers = new Set<ArrayBufferLike>();
}

/** A log in memory that says when it is open, and into which buffers it reads. */
class WatchedLog extends MadeLog {
  constructor(name: string, text: string, readonly work: Work) {
    super(name, text);
  }

  override read(target: Uint8Array): Promise<number> {
    this.work.open.add(this.name);
    this.work.mostOpen = Math.max(this.work.mostOpen, this.work.open.size);
    this.work.buffers.add(target.buffer);
    return super.read(target);
  }

  rewind(): void {
    this.close();
    this.offset = 0;
  }

  override close(): void {
    this.work.open.delete(this.name);
  }
}

function contents({ batch, from, to }: Slice): string[] {
  return Array.from({ length: to - from }, (_, i) => batch.record(from + i).content);
}

async function rest(records: MergedRecords, most = Infinity): Promise<string[]> {
  const all: string[] = [];
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    all.push(...contents(slice));
    if (all.length >= most) break;
  }
  return all;
}

const FILES = 100, LINES = 20;

/** The files of one log, one after the other, and what they hold. */
function following(work: Work): { logs: WatchedLog[]; expected: string[] } {
  const texts = Array.from(
    { length: FILES },
    (_, k) => Array.from({ length: LINES }, (_, i) => `${k}.${i}`),
  );
  return {
    logs: texts.map((texts, k) =>
      new WatchedLog(`${k}.log`, texts.map((text, i) => line(k * LINES + i, text)).join(""), work)
    ),
    expected: texts.flat(),
  };
}

Deno.test("MergedRecords holds few of many inputs open that follow each other, and closes those that are read out", async () => {
  const work = new Work(), { logs, expected } = following(work);
  assert.deepEqual(await rest(merged(logs)), expected);
  assert.ok(work.mostOpen <= 10, `${work.mostOpen} open at the same time`);
  assert.ok(work.buffers.size <= 12, `${work.buffers.size} buffers`);
  assert.deepEqual([...work.open], []);
});

Deno.test("MergedRecords reads many inputs at the same time in small pieces, in order", async () => {
  const work = new Work();
  const logs = Array.from({ length: FILES }, (_, k) => {
    const lines = Array.from({ length: LINES }, (_, i) => line(i * FILES + k, `${i}.${k}`));
    return new WatchedLog(`${k}.log`, lines.join(""), work);
  });
  const expected = Array.from({ length: LINES * FILES }, (_, i) => `${Math.floor(i / FILES)}.${i % FILES}`);
  assert.deepEqual(await rest(merged(logs)), expected);
  const bytes = [...work.buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
  assert.ok(bytes <= 40_000 * FILES + 10 * 262_144, `${bytes} bytes of buffers`);
  assert.deepEqual([...work.open], []);
});

Deno.test("MergedRecords.positions() of inputs that were looked at and not read are where these began", async () => {
  const work = new Work(), { logs, expected } = following(work), settings = settingsOf({ format: "auto" });
  const first = merged(logs, { settings });
  const before = await rest(first, 30 * LINES);
  const positions = await first.positions();
  assert.deepEqual([positions[50].position.offset, positions[29].position.offset > 0], [0, true]);
  const second = merged(
    following(new Work()).logs.map((log, i) => {
      log.offset = positions[i].position.offset;
      return Object.assign(log, { resumes: positions[i].position });
    }),
    { settings, logs: first.logs, readers: new Map(positions.map(({ name, reader }) => [name, reader])) },
  );
  assert.deepEqual([...before, ...await rest(second)], expected);
});

Deno.test("MergedRecords leaves of many inputs what `until` holds back unread", async () => {
  const work = new Work(), { logs } = following(work), records = merged(logs);
  await records.start();
  records.until = logs.length * LINES * 500 + Date.UTC(2026, 2, 2); // half of them
  assert.equal((await rest(records)).length, logs.length * LINES / 2);
  assert.equal(records.pending, true);
  assert.equal(records.inputs().at(-1)!.format, "iso8601");
});

Deno.test("MergedRecords reads the files of a log that rotates, plain and packed, as if they were one", () =>
  withFolder(async (folder) => {
    const numbers = Array.from({ length: 30 }, (_, i) => i);
    for (const k of numbers) {
      const name = k === 29 ? "app.log" : `app.log.${29 - k}${k < 20 ? ".gz" : ""}`;
      write(`${folder}/${name}`, line(2 * k, `${k}`) + line(2 * k + 1, `${k}`));
    }
    const { inputs } = await openFiles([folder], { follow: true });
    const first = merged(inputs);
    assert.deepEqual(await rest(first, 25), numbers.flatMap((k) => [`${k}`, `${k}`]).slice(0, 26));
    const saved: SavedPosition[] = JSON.parse(
      JSON.stringify((await first.positions()).map(({ position }) => position)),
    );
    first.close();
    const second = merged((await openFiles([folder], { follow: true, saved })).inputs, { logs: first.logs });
    assert.deepEqual(await rest(second), numbers.slice(13).flatMap((k) => [`${k}`, `${k}`]));
  }));
