import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { calmLines, linesWithError, PROJECT, rowsOf, runTask, stamp } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

const HEADER = "key,start,end,lines,score,threshold,anomalous,reasons";

/** Two hundred orders of three lines; one is paid twice, with an error. */
function orderLines(): string[] {
  return Array.from({ length: 200 }, (_, i) => [
    `${stamp(i)} INFO order=${i} created`,
    `${stamp(i, 5)} INFO order=${i} paid`,
    ...(i === 150 ? [`${stamp(i, 6)} ERROR order=${i} charged again: no such payment`] : []),
    `${stamp(i, 9)} INFO order=${i} shipped`,
  ]).flat();
}

/** Line `i` of minute `i` in each format. */
const FORMATTED: Record<string, (i: number) => string> = {
  iso8601: (i) => `${stamp(i)} INFO request served in ${i % 7} ms`,
  log4j: (i) =>
    `${stamp(i).slice(0, 19).replace("T", " ")},${100 + i % 900} INFO dfs.DataNode: served block ${i % 7}`,
  syslog: (i) =>
    `Mar  2 ${String(Math.floor(i / 60)).padStart(2, "0")}:${
      String(i % 60).padStart(2, "0")
    }:00 web1 app[77]: served in ${i % 7} ms`,
  combined: (i) =>
    `192.0.2.1 - - [02/Mar/2026:${String(Math.floor(i / 60)).padStart(2, "0")}:${
      String(i % 60).padStart(2, "0")
    }:00 +0000] "GET /item/${i % 7} HTTP/1.1" 200 512 "-" "client/1.0"`,
  json: (i) => JSON.stringify({ timestamp: stamp(i), level: "info", message: `served in ${i % 7} ms` }),
};

for (const [format, line] of Object.entries(FORMATTED)) {
  Deno.test(`detect --input finds out format ${format} and gives every window a row`, () =>
    withFolder(async (cwd) => {
      const lines = Array.from({ length: 120 }, (_, i) => line(i));
      await Deno.writeTextFile(`${cwd}/app.log`, lines.join("\n") + "\n");
      const args = ["--input", "app.log", "--window", "5m", "--verdicts", "out.csv"];
      const { code, stderr } = await runHere("detect", args, { cwd });
      assert.equal(code, 0, stderr);
      assert.match(stderr, new RegExp(`app\\.log: ${format}, 120 records, 100\\.0 % parsed`));
      const { header, rows } = await rowsOf(`${cwd}/out.csv`);
      assert.equal(header, HEADER);
      assert.equal(rows.length, 24);
      assert.deepEqual(rows.map((row) => row[3]), rows.map(() => "5"));
      assert.deepEqual(rows.map((row) => row[6]), rows.map(() => "false"));
      if (format === "syslog") return assert.match(rows[0][0], /^app@\d{4}-03-02T00:00:00\.000Z$/);
      assert.deepEqual(rows[0].slice(0, 3), [
        "app.log@2026-03-02T00:00:00.000Z",
        "2026-03-02T00:00:00.000Z",
        "2026-03-02T00:05:00.000Z",
      ]);
    }));
}

Deno.test("detect --session judges every key once and exits 3 with --exit-code", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/orders.log`, orderLines().join("\n"));
    const args = [
      "--input",
      "orders.log",
      "--session",
      "order=(\\d+)",
      "--verdicts",
      "out.csv",
      "--exit-code",
    ];
    const { code, stdout, stderr } = await runTask("detect", args, { cwd });
    assert.equal(code, 3, stderr);
    const { rows } = await rowsOf(`${cwd}/out.csv`);
    assert.deepEqual(
      rows.map(([key]) => Number(key)).sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, i) => i),
    );
    assert.deepEqual(rows.filter((row) => row[6] === "true").map(([key]) => key), ["150"]);
    assert.match(stdout, /Session {4}150/);
    assert.match(stdout, /charged again/);
    assert.match(stdout, /601 new records, 200 windows judged, 1 anomalous, 1 new alert/);
  }));

Deno.test("detect --input gives empty windows between a service's first and last a row", () =>
  withFolder(async (cwd) => {
    const lines = calmLines(240).filter((line) => !(line >= stamp(60) && line < stamp(75)));
    await Deno.writeTextFile(`${cwd}/app.log`, lines.join("\n") + "\n");
    const args = ["--input", "app.log", "--window", "5m", "--verdicts", "out.csv"];
    assert.equal((await runHere("detect", args, { cwd })).code, 0);
    const { rows } = await rowsOf(`${cwd}/out.csv`);
    assert.equal(rows.length, 48);
    assert.deepEqual(rows.filter((row) => row[3] === "0").map((row) => row[1]), [
      stamp(60).replace("Z", ".000Z"),
      stamp(65).replace("Z", ".000Z"),
      stamp(70).replace("Z", ".000Z"),
    ]);
  }));

Deno.test("detect --json writes one JSON object and nothing else to standard output", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, linesWithError(240, 200).join("\n") + "\n");
    const { code, stdout } = await runHere("detect", ["--input", "app.log", "--json"], { cwd });
    assert.equal(code, 0);
    const { report, streams: [stream] } = JSON.parse(stdout);
    assert.equal(report, null);
    assert.deepEqual([stream.records, stream.windows, stream.anomalous], [481, 48, 1]);
    assert.equal(stream.alerts[0].start, "2026-03-02T03:20:00.000Z");
    assert.match(
      stream.alerts[0].reasons.map(({ title }: { title: string }) => title).join(),
      /disk of replica failed/,
    );
  }));

Deno.test("detect --from and --to take only the records of that span", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, linesWithError(240, 200).join("\n") + "\n");
    const args = [
      "--input",
      "app.log",
      "--json",
      "--from",
      "2026-03-02T01:00",
      "--to",
      "2026-03-02T03:20:00Z",
    ];
    const { streams: [stream] } = JSON.parse((await runHere("detect", args, { cwd })).stdout);
    assert.deepEqual([stream.records, stream.windows, stream.anomalous], [280, 28, 0]);
  }));

Deno.test("train makes a version that detect --model judges by, also standard input", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/calm.log`, calmLines(240).join("\n") + "\n");
    const trained = await runTask("train", ["--input", "calm.log", "--model", "models", "--window", "5m"], {
      cwd,
    });
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stdout, /^input: 480 records \(iso8601\), 48 windows, 2 templates/);
    assert.equal(await Deno.readTextFile(`${cwd}/models/active`), "v0001\n");
    const args = ["--input", "-", "--model", "models", "--verdicts", "out.csv"];
    const { code, stderr } = await runTask("detect", args, {
      cwd,
      stdin: linesWithError(240, 200).join("\n"),
    });
    assert.equal(code, 0, stderr);
    const anomalous = (await rowsOf(`${cwd}/out.csv`)).rows.filter((row) => row[6] === "true");
    assert.deepEqual(anomalous.map((row) => row[1]), ["2026-03-02T03:20:00.000Z"]);
    for (const contradiction of [["--session", "x=(\\d+)"], ["--window", "1m"]]) {
      const { code, stderr } = await runHere("detect", [...args, ...contradiction], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /the model was trained with/);
      assert.match(stderr, /detect --help/);
    }
  }));

Deno.test("train is the same for the same seed and lines", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/calm.log`, calmLines(120).join("\n") + "\n");
    const models = [];
    for (const folder of ["a", "b"]) {
      await runHere("train", ["--input", "calm.log", "--model", folder, "--seed", "5"], { cwd });
      const { createdAt: _, ...model } = JSON.parse(
        await Deno.readTextFile(`${cwd}/${folder}/v0001/model.json`),
      );
      models.push(model);
    }
    assert.deepEqual(models[0], models[1]);
  }));

Deno.test("detect --input keeps nothing and leaves everything but its outputs as it was", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, linesWithError(240, 200).join("\n") + "\n");
    await Deno.mkdir(`${cwd}/out`);
    await runTask("detect", ["--input", "app.log", "--verdicts", "out/v.csv", "--report", "out/r.html"], {
      cwd,
    });
    assert.deepEqual([...Deno.readDirSync(cwd)].map(({ name }) => name).sort(), ["app.log", "out"]);
    assert.deepEqual([...Deno.readDirSync(`${cwd}/out`)].map(({ name }) => name).sort(), ["r.html", "v.csv"]);
  }));

Deno.test("deno task detect takes relative paths from where the user stands", () =>
  withFolder(async (cwd) => {
    await Deno.mkdir(`${cwd}/deep`);
    await Deno.writeTextFile(`${cwd}/app.log`, calmLines(120).join("\n") + "\n");
    const { code } = await new Deno.Command("deno", {
      args: [
        "task",
        "--config",
        `${PROJECT}/deno.json`,
        "detect",
        "--input",
        "../app.log",
        "--verdicts",
        "v.csv",
      ],
      cwd: `${cwd}/deep`,
      stdout: "null",
      stderr: "null",
    }).output();
    assert.equal(code, 0);
    assert.equal((await rowsOf(`${cwd}/deep/v.csv`)).rows.length, 24);
  }));

Deno.test("detect ends quietly when the reader of its output has seen enough", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/app.log`, linesWithError(240, 200).join("\n") + "\n");
    const script =
      `deno task --quiet --config ${PROJECT}/deno.json detect --input app.log | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await new Deno.Command("bash", { args: ["-c", script], cwd }).output();
    const [first, status] = new TextDecoder().decode(stdout).trim().split("\n");
    assert.match(first, /disk of replica failed/);
    assert.equal(status, "0");
    assert.doesNotMatch(new TextDecoder().decode(stderr), /[Pp]ipe/);
  }));
