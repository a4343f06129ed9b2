import assert from "node:assert/strict";
import { FileWakes } from "../../../runner/watch/file_wakes.ts";
import { withFolder } from "../../with_folder.ts";

/** Long enough for any notification to come, ms. */
const LONG = 60_000;
/** Short enough to be waited for where none comes, ms. */
const SHORT = 300;

function wakesOf(folder: string, said: string[] = []): FileWakes {
  const options = { inputs: [`${folder}/logs/*.log`, "elasticsearch:logs-*"], own: [`${folder}/logs/state`] };
  return new FileWakes({ ...options, say: (text) => said.push(text) });
}

const going = () => new AbortController().signal;

Deno.test("FileWakes wakes for a line, a new file and a rotation", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/logs`);
    await Deno.writeTextFile(`${folder}/logs/a.log`, "one\n");
    const wakes = wakesOf(folder), path = `${folder}/logs/a.log`;
    for (
      const change of [
        () => Deno.writeTextFile(path, "two\n", { append: true }),
        () => Deno.writeTextFile(`${folder}/logs/b.log`, "one\n"),
        () => Deno.rename(path, `${path}.1`),
      ]
    ) {
      const woken = wakes.next(LONG, going());
      await change();
      assert.equal(await woken, true);
    }
    wakes.close();
  }));

Deno.test("FileWakes misses no change that comes while nobody waits", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/logs`);
    const wakes = wakesOf(folder);
    await Deno.writeTextFile(`${folder}/logs/a.log`, "one\n");
    assert.equal(await wakes.next(LONG, going()), true);
    assert.equal(await wakes.next(SHORT, going()), false); // told once
    wakes.close();
  }));

Deno.test("FileWakes is not woken by reading, nor by what is written in folders of its own", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/logs/state`, { recursive: true });
    await Deno.writeTextFile(`${folder}/logs/a.log`, "one\n");
    const wakes = wakesOf(folder), woken = wakes.next(SHORT, going());
    await Deno.readTextFile(`${folder}/logs/a.log`);
    await Deno.writeTextFile(`${folder}/logs/state/state.db`, "x");
    assert.equal(await woken, false);
    wakes.close();
  }));

Deno.test("FileWakes takes up a folder that comes later, and ends a wait when it is stopped", () =>
  withFolder(async (folder) => {
    const wakes = wakesOf(folder);
    assert.equal(await wakes.next(SHORT, going()), false);
    await Deno.mkdir(`${folder}/logs`);
    const stopping = new AbortController(), waiting = wakes.next(LONG, stopping.signal);
    await Deno.writeTextFile(`${folder}/logs/a.log`, "one\n");
    assert.equal(await waiting, true);
    const ended = wakes.next(LONG, stopping.signal);
    stopping.abort();
    assert.equal(await ended, false);
    wakes.close();
  }));
