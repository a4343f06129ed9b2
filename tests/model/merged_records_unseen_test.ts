import assert from "node:assert/strict";
import { createWindows } from "../../lib/model/stream_settings.ts";
import { type InputPosition, type LogClock, MergedRecords } from "../../lib/model/merged_records.ts";
import { windowOptions } from "../../lib/model/stream_settings.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { openFiles } from "../../lib/source/files.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { append } from "../source/temporary.ts";
import { withFolder } from "../with_folder.ts";
import { line, settingsOf, START, WINDOW } from "./made_logs.ts";

const settings = settingsOf({ lateness: 10 * WINDOW });

/** Runs that follow the logs in two folders, as `detect` does with `clock: wall`, each from what the one before left. */
class Runs {
  readonly #services = new Dictionary();
  #windows = createWindows(settings, this.#services);
  #positions: InputPosition[] = [];
  #logs: LogClock[] = [];

  constructor(readonly folder: string) {}

  /** @returns What a person is told. */
  async run(minutes: number): Promise<string[]> {
    const now = START + minutes * 60_000, saved = this.#positions.map(({ position }) => position);
    const patterns = [`${this.folder}/a/*`, `${this.folder}/b/*`];
    const { inputs, unseen, forgotten } = await openFiles(patterns, { follow: true, saved });
    const records = new MergedRecords(inputs, {
      ...{ settings, services: this.#services, logs: this.#logs, unseen },
      readers: new Map(this.#positions.map(({ name, reader }) => [name, reader])),
      onBatch: (batch) => batch.template.fill(0, 0, batch.length),
    });
    const windows = OpenWindows.restore(this.#windows.save(), windowOptions(settings), this.#services);
    for (let slice; (slice = await records.next(settings.lateness)) !== null;) {
      if (slice.watermark > windows.watermark) windows.close(slice.watermark);
      windows.add(slice.batch, slice.from, slice.to, slice.source);
    }
    const watermark = records.watermark(settings.lateness, now);
    if (watermark > windows.watermark) windows.close(watermark);
    const positions = await records.positions(), gone = new Set(forgotten);
    const names = new Set(positions.map(({ name }) => name));
    const kept = this.#positions.filter(({ name, position }) => !names.has(name) && !gone.has(position));
    this.#positions = JSON.parse(JSON.stringify([...kept, ...positions]));
    this.#logs = records.logs;
    this.#windows = windows;
    records.close();
    return records.notes.map(({ text }) => text);
  }

  get late(): number {
    return this.#windows.stats.late;
  }
}

const minutes = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(60 * (from + i), "up")).join("");

Deno.test("MergedRecords does not run away from a folder that is out of sight for one run: nothing of it is late", () =>
  withFolder(async (folder) => {
    for (const name of ["a", "b"]) {
      Deno.mkdirSync(`${folder}/${name}`);
      append(`${folder}/${name}/app.log`, minutes(0, 30));
    }
    const runs = new Runs(folder);
    assert.deepEqual(await runs.run(30), []);
    Deno.renameSync(`${folder}/b`, `${folder}/elsewhere`);
    append(`${folder}/a/app.log`, minutes(30, 300));
    const [note] = await runs.run(300);
    assert.match(note, /^Cannot see .*\/b\/app\.log, read up to 2026-03-02T00:29:00\.000Z: /);
    append(`${folder}/elsewhere/app.log`, minutes(30, 300));
    Deno.renameSync(`${folder}/elsewhere`, `${folder}/b`);
    assert.deepEqual(await runs.run(301), []);
    assert.equal(runs.late, 0);
  }));
