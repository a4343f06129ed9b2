import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { calmLines, copyProject, PROJECT, runTask, startTask, taskCommand } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const COMMANDS = ["detect", "train", "templates", "evaluate", "replay"];

for (const name of COMMANDS) {
  Deno.test(`${name} --help explains itself`, async () => {
    const { code, stdout, stderr } = await runTask(name, ["--help"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`deno task ${name}`));
    assert.equal(stderr, "");
  });

  Deno.test(`${name} refuses an option that it doesn't know`, async () => {
    const { code, stdout, stderr } = await runTask(name, ["--nonsense"]);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /Unknown option '--nonsense'/);
    assert.match(stderr, new RegExp(`See \`deno task ${name} --help\``));
  });
}

const WRONG: [string[], RegExp][] = [
  [["--input", "x", "--session", "a", "--window", "5m"], /Cannot use --session and --window together/],
  [["--input", "x", "--window", "five"], /Cannot read --window: .*5m, got "five"/],
  [["--input", "x", "--window", "0m"], /Cannot read --window: .*got "0m"/],
  [["--input", "x", "--from", "yesterday"], /Cannot read --from: .*2026-.*got "yesterday"/],
  [["--input", "x", "--seed", "-1"], /--seed/],
  [
    ["--input", `${PROJECT}/deno.json`, "--format", "csv"],
    /Cannot read format "csv": known are auto, .*json, /,
  ],
  [
    ["--config", "/nowhere/deepscan.yaml"],
    /Cannot use settings: \/nowhere\/deepscan\.yaml: there is no such file/,
  ],
  [["--input", "-"], /Cannot judge standard input without a model/],
  [["stray.log"], /stray\.log/],
  [["--format", "json"], /Cannot use --format without --input: streams of a settings file have their own/],
  [["--session", "x"], /Cannot use --session without --input/],
  [["--window", "1m"], /Cannot use --window without --input/],
  [["--model", "m"], /Cannot use --model without --input/],
  [["--from", "2026-03-02"], /Cannot use --from without --input/],
  [["--to", "2026-03-02"], /Cannot use --to without --input/],
  [["--notify"], /Cannot use --notify without --input/],
  [["--stream", "nonsense"], /Cannot find stream "nonsense": the settings have web, app, /],
  [["--input", "x", "--session", "(["], /Cannot read --session: expected a regular expression .*got "\(\["/],
  [["--input", "x", "--model", "m", "--seed", "1"], /Cannot use --seed with --model/],
];

for (const [args, message] of WRONG) {
  Deno.test(`detect ${args.join(" ").replace(PROJECT, "")} is a wrong use and exits 2`, async () => {
    const { code, stdout, stderr } = await runHere("detect", args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /, "no stack trace");
  });
}

for (const [name, value] of [["format", "json"], ["session", "x"], ["window", "1m"]]) {
  Deno.test(`train --${name} without --input is a wrong use and exits 2`, async () => {
    const { code, stderr } = await runHere("train", [`--${name}`, value]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, new RegExp(`Cannot use --${name} without --input: `));
  });
}

Deno.test("deepscan lists its commands and refuses one that it doesn't know", async () => {
  const listed = await runTask("deepscan", ["--help"]);
  assert.equal(listed.code, 0);
  assert.match(listed.stdout, /deno task detect/);
  const { code, stderr } = await runTask("deepscan", ["nonsense"]);
  assert.equal(code, 2);
  assert.match(stderr, /unknown command "nonsense", known are /);
});

Deno.test("tasks: none has all permissions, and the launchers may only read and start deno", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${PROJECT}/deno.json`));
  for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
    assert.doesNotMatch(command, /(^| )(-A|--allow-all)( |$)/, name);
    if (!command.includes("runner/main.ts")) continue;
    const rights = taskCommand(name).filter((word) => word.startsWith("--allow"));
    assert.deepEqual(
      rights,
      ["--allow-read", "--allow-run=deno,/proc/self/exe", "--allow-env=INIT_CWD"],
      name,
    );
  }
});

/** The command line of the worker that a launcher has started. */
async function workerOf(launcher: Deno.ChildProcess): Promise<string> {
  let isOver = false;
  launcher.status.then(() => isOver = true);
  while (!isOver) {
    const { stdout } = await new Deno.Command("ps", { args: ["-A", "-ww", "-o", "ppid=,args="] }).output();
    const lines = new TextDecoder().decode(stdout).split("\n");
    const worker = lines.find((line) =>
      line.trimStart().startsWith(`${launcher.pid} `) && line.includes("worker.ts")
    );
    if (worker !== undefined) return worker;
  }
  throw new Error("Cannot find the worker: it was over too soon");
}

Deno.test("detect --input gives its worker the input's folder to read, its outputs to write, and no network", () =>
  withFolder(async (cwd) => {
    await Deno.mkdir(`${cwd}/logs`);
    await Deno.writeTextFile(`${cwd}/logs/app.log`, calmLines(120).join("\n"));
    const args = ["--input", "logs/app.log", "--verdicts", "out.csv", "--config", "deepscan.yaml"];
    await Deno.writeTextFile(
      `${cwd}/deepscan.yaml`,
      "model: {directory: m}\nstate: {directory: s}\nreports: {directory: r}\n" +
        "alerts: {channels: {webhook: {webhook_env: SECRET, host: example.com}}}\n",
    );
    const child = startTask("detect", args, { cwd }), words = (await workerOf(child)).split(" ");
    assert.ok((await child.output()).success);
    const right = (name: string) =>
      words.filter((word) => word.startsWith(`--allow-${name}=`)).flatMap((word) =>
        word.split("=")[1].split(",")
      );
    assert.ok(right("read").includes(`${cwd}/logs`) && !right("read").includes(cwd));
    assert.deepEqual(right("write"), [`${cwd}/out.csv`]);
    assert.deepEqual(right("env"), ["DEEPSCAN_DEBUG", "DEEPSCAN_PLAN", "NO_COLOR", "OTEL_DENO"]);
    assert.ok(!words.some((word) => /^(-A|--allow-(all|net|run|sys|ffi))/.test(word)), words.join(" "));
  }));

Deno.test("tasks run with the Deno that started them, where none is on the path", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", `${PROJECT}/deno.json`, "evaluate", "--help"],
    env: { PATH: "/nowhere", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stderr));
  assert.match(decoder.decode(stdout), /deno task evaluate/);
});

Deno.test("tasks run from a folder with a blank and an umlaut in its name", () =>
  withFolder(async (folder) => {
    const project = `${folder}/dép ot`;
    await copyProject(project);
    await Deno.writeTextFile(`${folder}/app.log`, calmLines(200).join("\n"));
    const { code, stderr } = await runTask("detect", ["--input", "app.log"], { project, cwd: folder });
    assert.equal(code, 0, stderr);
  }));

Deno.test("detect names the subcommand whose help helps", async () => {
  const { code, stderr } = await runTask("deepscan", ["explain", "--config", "/nowhere/deepscan.yaml"]);
  assert.equal(code, 2);
  assert.match(stderr, /See `deno task deepscan explain --help`/);
});

Deno.test("detect can't write where it wasn't told to", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, calmLines(120).join("\n"));
    await Deno.mkdir(`${cwd}/elsewhere`);
    await Deno.symlink(`${cwd}/elsewhere/v.csv`, `${cwd}/v.csv`);
    const { code } = await runTask("detect", ["--input", "app.log", "--verdicts", "v.csv"], { cwd });
    assert.deepEqual([...Deno.readDirSync(`${cwd}/elsewhere`)], []);
    assert.equal(code, 1);
  }));
