import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { MergedRecords } from "../../lib/model/merged_records.ts";
import { openFiles } from "../../lib/source/files.ts";
import type { SavedPosition } from "../../lib/source/input.ts";
import { write } from "../source/temporary.ts";
import { withFolder } from "../with_folder.ts";
import { line, merged } from "./made_logs.ts";

async function contents(records: MergedRecords): Promise<string[]> {
  const all: string[] = [];
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    for (let row = slice.from; row < slice.to; row++) all.push(slice.batch.record(row).content);
  }
  return all;
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i, `number ${from + i}`)).join("");

/** Three files of a log, the oldest damaged in its checksum, behind all its lines. */
function writeDamaged(folder: string): void {
  const packed = gzipSync(numbered(0, 5));
  packed[packed.length - 6] ^= 0x55;
  Deno.writeFileSync(`${folder}/app.log.2.gz`, packed);
  write(`${folder}/app.log.1`, numbered(5, 8));
  write(`${folder}/app.log`, numbered(8, 10));
}

const NUMBERS = Array.from({ length: 10 }, (_, i) => `number ${i}`);

Deno.test("MergedRecords goes on when a file is damaged, with the lines before the damage and a note", () =>
  withFolder(async (folder) => {
    writeDamaged(folder);
    const records = merged((await openFiles([folder])).inputs);
    assert.deepEqual(await contents(records), NUMBERS);
    assert.deepEqual(records.notes.map(({ kind, name }) => [kind, name]), [[
      "damaged",
      `${folder}/app.log.2.gz`,
    ]]);
    assert.match(records.notes[0].text, /^Cannot read .*app\.log\.2\.gz: its compressed data is damaged/);
  }));

Deno.test("MergedRecords.positions() say that a damaged file has been read as far as it goes", () =>
  withFolder(async (folder) => {
    writeDamaged(folder);
    const first = merged((await openFiles([folder], { follow: true })).inputs);
    await contents(first);
    const saved: SavedPosition[] = (await first.positions()).map(({ position }) => position);
    assert.deepEqual(saved.map(({ ended }) => ended), ["damaged", "open", "open"]);
    const second = merged((await openFiles([folder], { follow: true, saved })).inputs);
    assert.deepEqual([await contents(second), second.notes], [[], []]);
  }));

Deno.test("MergedRecords goes on when a file can't be opened any more", () =>
  withFolder(async (folder) => {
    write(`${folder}/a.log`, numbered(0, 5));
    write(`${folder}/b.log`, numbered(5, 10));
    const { inputs } = await openFiles([folder]);
    Deno.removeSync(`${folder}/a.log`);
    const records = merged(inputs);
    assert.deepEqual(await contents(records), NUMBERS.slice(5));
    assert.deepEqual(records.notes.map(({ kind, name }) => [kind, name]), [[
      "unreadable",
      `${folder}/a.log`,
    ]]);
  }));

Deno.test("MergedRecords does not take an error in the program for one in a file", async () => {
  const input = { name: "a.log", offset: 0, final: true, position: () => Promise.reject(), close() {} };
  const broken = { ...input, read: () => Promise.reject(new TypeError("a mistake")) };
  await assert.rejects(() => contents(merged([broken])), /^TypeError: a mistake$/);
});
