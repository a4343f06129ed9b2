import assert from "node:assert/strict";
import { runHere } from "./run_here.ts";
import { runTask, stamp } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

async function templatesOf(cwd: string, text: string, ...args: string[]): Promise<string[]> {
  await Deno.writeTextFile(`${cwd}/app.log`, text);
  const { code, stderr } = await runHere("templates", ["--input", "app.log", "--output", "t.csv", ...args], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  const csv = await Deno.readTextFile(`${cwd}/t.csv`);
  assert.ok(csv.endsWith("\n"));
  return csv.trimEnd().split("\n");
}

const idOf = (row: string) => row.split(",")[1];

Deno.test("templates writes one row for every physical line: stack traces, blank lines, CRLF, no last newline", () =>
  withFolder(async (cwd) => {
    const lines = [
      `${stamp(0)} INFO user 17 logged in`,
      `${stamp(1)} ERROR request 4 failed`,
      "java.lang.IllegalStateException: closed",
      "\tat shop.Cart.add(Cart.java:17)",
      "",
      `${stamp(2)} INFO user 18 logged in`,
      "",
      `${stamp(3)} INFO user 19 logged in`,
    ];
    for (const text of [lines.join("\n"), lines.join("\n") + "\n", lines.join("\r\n") + "\r\n"]) {
      const [header, ...rows] = await templatesOf(cwd, text);
      assert.equal(header, "LineId,EventId,EventTemplate");
      assert.deepEqual(rows.map((row) => Number(row.split(",")[0])), [1, 2, 3, 4, 5, 6, 7, 8]);
      const ids = rows.map(idOf);
      assert.deepEqual([ids[2], ids[3], ids[4]], [ids[1], ids[1], ids[1]]);
      assert.deepEqual([ids[5], ids[6], ids[7]], [ids[0], ids[0], ids[0]]);
      assert.notEqual(ids[0], ids[1]);
    }
  }));

Deno.test("templates --format content takes each line for a message of its own", () =>
  withFolder(async (cwd) => {
    const rows = await templatesOf(cwd, "open file 1\n  indented 2\nopen file 3\n", "--format", "content");
    assert.equal(rows.length, 4);
    assert.equal(idOf(rows[1]), idOf(rows[3]));
    assert.notEqual(idOf(rows[1]), idOf(rows[2]));
  }));

Deno.test("templates numbers the lines of several inputs through, in the order of their names", () =>
  withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/b.log`, `${stamp(0)} INFO from b\n`);
    await Deno.writeTextFile(`${cwd}/a.log`, `${stamp(5)} INFO from a\n${stamp(6)} INFO from a\n`);
    const { code } = await runTask("templates", ["--input", "*.log", "--output", "t.csv"], { cwd });
    assert.equal(code, 0);
    const rows = (await Deno.readTextFile(`${cwd}/t.csv`)).trimEnd().split("\n").slice(1);
    assert.deepEqual(rows.map((row) => row.split(",")[2]), ["from a", "from a", "from b"]);
  }));

Deno.test("templates writes only a header for an empty file", () =>
  withFolder(async (cwd) => {
    assert.deepEqual(await templatesOf(cwd, ""), ["LineId,EventId,EventTemplate"]);
  }));
