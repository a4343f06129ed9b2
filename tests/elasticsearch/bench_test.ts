import assert from "node:assert/strict";
import { testThatNeeds } from "../needs.ts";
import { taskCommand } from "../runner/tasks/task.ts";

testThatNeeds(
  ["elasticsearch8", "realLogs"],
  "bench elasticsearch measures every contender that is here",
  async () => {
    const [program, ...args] = [
      ...taskCommand("bench"),
      "elasticsearch",
      "--lines",
      "1000",
      "--passes",
      "1",
      "--in-flight",
      "2",
      "--json",
    ];
    const { code, stdout, stderr } = await new Deno.Command(program, { args }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const { rows, notes } = JSON.parse(new TextDecoder().decode(stdout)) as {
      rows: Record<string, string | number>[];
      notes: string[];
    };
    const isWithPeer = notes.some((note) => /^Python's client is elasticsearch/.test(note));
    assert.deepEqual(
      rows.filter(({ by }) => /ship|Input/.test(String(by))).map((row) => row["in flight"]),
      [2, 2],
    );
    assert.equal(rows.length, isWithPeer ? 5 : 2, notes.join("\n"));
    assert.ok(rows.every((row) => Number(row["documents/s"]) > 0 && Number(row["client's CPU s"]) > 0));
  },
);
