import assert from "node:assert/strict";
import { withLiveFolder } from "./live_folder.ts";
import { runHere } from "./run_here.ts";
import { calmLines, rowsOf, runTask, stamp, type TaskResult } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

/** A seeded sequence of bytes that look like nothing. */
function noise(length: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => (state = Math.imul(state, 1103515245) + 12345 >>> 0) >>> 24);
}

/** `detect --input` over a file with this content. */
async function detectBytes(
  cwd: string,
  content: string | Uint8Array,
  ...args: string[]
): Promise<TaskResult> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(`${cwd}/app.log`, bytes);
  return await runHere("detect", ["--input", "app.log", ...args], { cwd });
}

function refused({ code, stdout, stderr }: TaskResult, message: RegExp): void {
  assert.equal(code, 1, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /\n\s+at /, "no stack trace");
}

Deno.test("detect over an empty file is a failure, not a clean bill of health", () =>
  withFolder(async (cwd) =>
    refused(await detectBytes(cwd, ""), /Cannot train stream input: there are no lines/)
  ));

Deno.test("detect over a binary file says that nothing in it has a time", () =>
  withFolder(async (cwd) => {
    refused(await detectBytes(cwd, noise(100_000)), /no line has a session or a time/);
    refused(
      await detectBytes(cwd, noise(100_000), "--window", "5m"),
      /Cannot form windows of 300 s: the lines have no times/,
    );
  }));

Deno.test("detect names a file, a folder or a link where there is nothing to read", () =>
  withFolder(async (cwd) => {
    await Deno.mkdir(`${cwd}/folder.log`);
    await Deno.symlink(`${cwd}/nowhere`, `${cwd}/dangling.log`);
    for (const name of ["missing.log", "folder.log", "dangling.log", "*.txt", "no/such/folder/*.log"]) {
      const result = await runTask("detect", ["--input", name], { cwd });
      refused(result, /Cannot read .*: there is no input: /);
      assert.ok(result.stderr.includes(name), result.stderr);
    }
  }));

/** Makes the superuser obey permission bits; nothing for anybody else. */
const OBEDIENT = Deno.uid() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

Deno.test("detect says which folder or file it may not read, and goes on with the others", () =>
  withFolder(async (cwd) => {
    await Deno.mkdir(`${cwd}/logs`);
    await Deno.writeTextFile(`${cwd}/logs/app.log`, calmLines(120).join("\n"));
    await Deno.chmod(`${cwd}/logs`, 0);
    for (const input of ["logs", "logs/*.log", "logs/app.log"]) {
      refused(
        await runTask("detect", ["--input", input], { cwd, through: OBEDIENT }),
        /Cannot read .*logs.*[Pp]ermission denied/,
      );
    }
    await Deno.chmod(`${cwd}/logs`, 0o755);
    await Deno.writeTextFile(`${cwd}/logs/locked.log`, "secret");
    await Deno.chmod(`${cwd}/logs/locked.log`, 0);
    const { code, stdout, stderr } = await runTask("detect", ["--input", "logs"], { cwd, through: OBEDIENT });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /240 new records/);
    assert.match(stderr, /note: Cannot read .*locked\.log: .*[Pp]ermission denied/);
  }));

Deno.test("detect cuts a line of 50 MB and judges the rest", () =>
  withFolder(async (cwd) => {
    const [lines, long] = [calmLines(120), `${stamp(100, 45)} INFO ${"x".repeat(50_000_000)}`];
    await Deno.writeTextFile(
      `${cwd}/app.log`,
      [...lines.slice(0, 200), long, ...lines.slice(200)].join("\n"),
    );
    const { code, stdout, stderr } = await runHere("detect", [
      "--input",
      "app.log",
      "--verdicts",
      "v.csv",
      "--json",
    ], {
      cwd,
    });
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).streams[0].records, 241);
    const { rows } = await rowsOf(`${cwd}/v.csv`);
    assert.equal(rows.reduce((sum, row) => sum + Number(row[3]), 0), 241);
  }));

Deno.test("detect takes Latin-1, UTF-8, UTF-16 and NUL bytes in one file and counts what is no UTF-8", () =>
  withFolder(async (cwd) => {
    const encoder = new TextEncoder(), lines = calmLines(120);
    const latin = Uint8Array.from(
      `${stamp(100, 31)} INFO Stra\xdfe f\xfcr caf\xe9\n`,
      (c) => c.charCodeAt(0),
    );
    const wide = Uint8Array.from(`${stamp(100, 32)} INFO w\0i\0d\0e\0\n`, (c) => c.charCodeAt(0));
    const parts = [
      encoder.encode(lines.slice(0, 202).join("\n") + "\n"),
      latin,
      wide,
      encoder.encode(`${stamp(100, 33)} INFO Straße für café 漢字\n` + lines.slice(202).join("\n")),
    ];
    const bytes = new Uint8Array(parts.flatMap((part) => [...part]));
    const { code, stdout, stderr } = await detectBytes(cwd, bytes, "--report", "r.html");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /243 new records/);
    assert.match(await Deno.readTextFile(`${cwd}/r.html`), /UTF-8/);
  }));

Deno.test("detect counts lines without a time and judges the rest", () =>
  withFolder(async (cwd) => {
    const lines = calmLines(120).map((line, i) =>
      JSON.stringify({
        ...(i % 10 !== 9 && { time: line.slice(0, 20) }),
        level: "info",
        message: line.slice(26),
      })
    );
    const { code, stdout, stderr } = await detectBytes(cwd, lines.join("\n"), "--json");
    assert.equal(code, 0, stderr);
    const [{ records, untimed, windows }] = JSON.parse(stdout).streams;
    assert.deepEqual([records, untimed, windows], [240, 24, 24]);
  }));

Deno.test("detect counts what comes too late after a time in the far future, and says so", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await live.runHere("detect");
    live.append("2026-03-12T00:00:00Z INFO health check ok", ...calmLines(3, 200));
    const { code, stdout } = await live.runHere("detect");
    assert.equal(code, 0);
    assert.match(stdout, /7 new records, .* 6 records came too late/);
  }));

Deno.test("detect judges lines again that come after the clock jumped back, and doubles none", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await live.runHere("detect");
    live.append(...calmLines(20, 170), ...calmLines(10, 200));
    const { code, stdout } = await live.runHere("detect");
    assert.equal(code, 0);
    assert.match(stdout, /60 new records/);
    assert.doesNotMatch(stdout, /too late/);
    const rows = live.rows("select start, sum(lines) as lines from verdict group by start order by start");
    const again = rows.filter(({ start }) => Number(start) >= Date.UTC(2026, 2, 2, 2, 50)).map(({ lines }) =>
      lines
    );
    assert.deepEqual(again, [20, 20, 20, 20, 10, 10, 10]);
  }));
