import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { runTask, stamp } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const LINES = Array.from(
  { length: 40 },
  (_, i) => `${stamp(i)} INFO user ann${i % 4}@shop.example read ${i} KB in ${i + 1} ms`,
);

/** Runs `deepscan parse` where `app.log` has these lines. */
async function parse(
  lines: readonly string[],
  args: string[],
  { run = runHere, use = async () => {} }: { run?: typeof runTask; use?: (cwd: string) => Promise<void> } =
    {},
) {
  let result = { code: -1, stdout: "", stderr: "" };
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, lines.map((line) => `${line}\n`).join(""));
    result = await run("deepscan", ["parse", ...args], { cwd });
    await use(cwd);
  });
  return result;
}

Deno.test("deepscan parse shows formats, templates and typed values, redacted", async () => {
  const { code, stdout, stderr } = await parse([...LINES, `${stamp(99)} ERROR disk is full`], ["app.log"], {
    run: runTask,
  });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^app\.log: iso8601, 41 lines, 41 records, 100 % parsed\n/);
  assert.match(stdout, /user <\*> read <\*> KB in <\*> ms/);
  assert.match(stdout, /read +size +0 B to 39 KiB, median 18\.9 KiB/);
  assert.match(stdout, /in +duration +1 ms to 40 ms/);
  assert.match(stdout, /1 +2\.4 % {2}error disk is full/);
  assert.doesNotMatch(stdout + stderr, /ann\d/);
  assert.ok(!stdout.includes("\u001b"), "colours only on a terminal");
});

Deno.test("deepscan parse says what was wrong with a file, with an example", async () => {
  const { stdout } = await parse(["stray line", ...LINES, "password=hunter2 alone", ...LINES], ["app.log"]);
  assert.match(stdout, /no header +1 .*stray line/);
  assert.doesNotMatch(stdout, /hunter2/);
});

Deno.test("deepscan parse --json gives files, quality, templates and parameters", async () => {
  const { code, stdout } = await parse(LINES, ["app.log", "--json"]);
  const { files: [file], templates: [template], warnings, records } = JSON.parse(stdout);
  assert.deepEqual([code, records, warnings, file.format, file.share], [0, 40, [], "iso8601", 1]);
  assert.deepEqual(file.quality[0], {
    format: "iso8601",
    reason: "parsed",
    count: 40,
    share: 1,
    example: "",
  });
  assert.deepEqual([template.count, template.share, template.severity], [40, 1, 9]);
  const [user, read, took] = template.parameters;
  assert.deepEqual([user.slot, user.name, user.kind, user.distinct], [`${template.id}#0`, "user", "user", 4]);
  assert.deepEqual(user.top[0], { text: "<email>", count: 40 });
  assert.deepEqual([read.unit, read.max, took.unit, took.min, took.median], ["B", 39 * 1024, "ms", 1, 20]);
});

Deno.test("deepscan parse --csv has a row for each value of each template", async () => {
  const { stdout } = await parse([...LINES, `${stamp(99)} ERROR disk is full`], [
    "app.log",
    "--csv",
    "--templates",
    "5",
  ]);
  const [header, ...rows] = stdout.trimEnd().split("\r\n");
  assert.equal(
    header,
    "EventId,EventTemplate,Occurrences,templateShare,level,example," +
      "slot,name,kind,share,unit,count,distinct,min,median,p99,max,top",
  );
  assert.deepEqual(rows.map((row) => row.split(",").slice(6, 9)), [
    ...[["0", "user", "user"], ["1", "read", "size"], ["2", "in", "duration"], ["", "", ""]],
  ]);
});

Deno.test("deepscan parse --output writes the file that is named, and nothing else", async () => {
  const { code, stdout, stderr } = await parse(LINES, ["app.log", "--output", "t.json"], {
    run: runTask,
    use: async (cwd) => {
      assert.equal(JSON.parse(await Deno.readTextFile(`${cwd}/t.json`)).records, 40);
      assert.deepEqual([...Deno.readDirSync(cwd)].map(({ name }) => name).sort(), ["app.log", "t.json"]);
    },
  });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^40 records, 1 template: .*t\.json\n$/);
});

Deno.test("deepscan parse reads standard input and takes --format content", async () => {
  const { code, stdout } = await runTask("deepscan", ["parse", "-", "--format", "content"], {
    stdin: "took 1 ms\ntook 9 ms\n",
  });
  assert.equal(code, 0);
  assert.match(stdout, /2 records, 1 template\n/);
  assert.match(stdout, /took +duration +1 ms to 9 ms/);
});

Deno.test("deepscan parse takes empty files and missing headers for what they are, and fails without any input", async () => {
  const empty = await parse([], ["app.log"]);
  assert.deepEqual([empty.code, empty.stdout.includes("app.log: empty")], [0, true]);
  const missing = await parse(LINES, ["nothing.log"]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /Cannot parse .*nothing\.log: there is no input/);
});

Deno.test("deepscan parse shows what it can read, and fails where something was not there", async () => {
  const { code, stdout, stderr } = await parse(LINES, ["app.log", "nothing.log"]);
  assert.equal(code, 1);
  assert.match(stdout, /40 records, 1 template\n/);
  assert.match(stderr, /note: Nothing to read matches .*nothing\.log\n/);
});

Deno.test("deepscan parse and templates never write over a log, and name the file that they can't write", async () => {
  const whole = LINES.map((line) => `${line}\n`).join("");
  for (const output of ["app.log", "link.log", "none/t.json", "."]) {
    await withFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/app.log`, whole);
      await Deno.symlink("app.log", `${cwd}/link.log`);
      const parsed = await runHere("deepscan", ["parse", "app.log", "--output", output], { cwd });
      const listed = await runHere("templates", ["--input", "app.log", "--output", output], { cwd });
      for (const { code, stderr } of [parsed, listed]) {
        const isInput = output.endsWith(".log");
        assert.equal(code, isInput ? 2 : 1, stderr);
        const why = isInput
          ? "it is one of the inputs"
          : output === "."
          ? "it is a folder"
          : "there is no such folder";
        assert.match(stderr, new RegExp(`Cannot write /\\S+: ${why}`));
      }
      assert.equal(await Deno.readTextFile(`${cwd}/app.log`), whole);
    });
  }
});

Deno.test("deepscan parse --help explains itself, and wrong use exits 2", async () => {
  const { code, stdout } = await runTask("deepscan", ["parse", "--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /deno task deepscan parse FILE…/);
  const wrong = await runTask("deepscan", ["parse", "--nonsense"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /See `deno task deepscan parse --help`/);
});
