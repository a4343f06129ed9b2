/**
 * Whatever file is given to `detect --input`: it is judged, or the task says in one plain line why it can't be.
 */
import assert from "node:assert/strict";
import { REAL_LOGS, testThatNeeds } from "../../needs.ts";
import { runHere } from "./run_here.ts";
import { withFolder } from "../../with_folder.ts";

/** What `detect` says of an input: its format, and what share of its records was read. */
const SEEN = /: (empty|[a-z0-9_:+]+, [\d,]+ records?, (\d+\.\d % parsed|in no known format))\n/;
/** Why an input can't be judged. */
const REFUSED =
  /^deepscan detect: Cannot .+: (there are no lines|no line has a session or a time that could be read|.* windows? .*)$/m;
/** What must never come out: a stack, or a value that nobody put into words. */
const CRASHED = /\bat .*:\d+:\d+\b|Uncaught|call stack|undefined|\[object|NaN/;

/** Options that the data's own description asks for, and wide windows where a file has months. */
function optionsFor(path: string): string[] {
  if (/adfa.*\.gz$/.test(path)) return ["--format", "content", "--session", "trace=\\S+"];
  return /(HPC|Linux|Zookeeper)(_2k)?\.log(\.gz)?$/.test(path) ? ["--window", "1h"] : [];
}

function* filesIn(folder: URL): Generator<string> {
  for (const entry of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (entry.isDirectory) yield* filesIn(new URL(`${entry.name}/`, folder));
    else yield new URL(entry.name, folder).pathname;
  }
}

async function judge(path: string, cwd: string): Promise<void> {
  const { code, stdout, stderr } = await runHere("detect", ["--input", path, ...optionsFor(path)], { cwd });
  const said = stderr.replaceAll(/\r[^\n]*/g, "");
  assert.match(said, SEEN, `${path}: ${said}`);
  assert.doesNotMatch(said, CRASHED, path);
  if (code === 0) assert.match(stdout, /windows? judged/, path);
  else {
    assert.equal(code, 1, `${path}: ${said}`);
    assert.match(said, REFUSED, path);
  }
}

for (const folder of folders()) {
  testThatNeeds(
    ["realLogs"],
    `detect --input takes every file of ${folder}`,
    () =>
      withFolder(async (cwd) => {
        const files = [...filesIn(new URL(`${folder}/`, REAL_LOGS))];
        assert.ok(files.length > 0);
        for (const path of files) await judge(path, cwd);
      }),
  );
}

function folders(): string[] {
  try {
    return [...Deno.readDirSync(REAL_LOGS)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return ["the real logs"];
    throw error;
  }
}
