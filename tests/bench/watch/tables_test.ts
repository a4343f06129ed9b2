import assert from "node:assert/strict";
import type { Account } from "../../faults/accounts.ts";
import { SHORT } from "../../faults/watch_plots.ts";
import { taskCommand } from "../../runner/tasks/task.ts";
import { ROOT } from "../program.ts";
import { tableText } from "../templates/report.ts";
import { watchTables } from "./tables.ts";

const MAIL: Account = {
  ...{
    channel: "email",
    incidents: 7,
    messages: 13,
    taken: 15,
    distinct: 10,
    resolved: 8,
    lost: [],
    faults: [],
  },
  ...{ repeated: { lost: 4, killed: 1, unexplained: 0 }, twoKeys: 0, threaded: { right: 7, of: 7 } },
};

Deno.test("watchTables() tells what was sent, repeated, threaded, ended and lost, and what it was disturbed by", () => {
  const answered = { well: 16, slow: 11, busy: 5, failing: 7, silent: 8, dying: 4, late: 3 };
  const [told, disturbed] = watchTables({
    ...{ plot: SHORT, seconds: 60, differences: [] },
    outcome: {
      ...{ state: {}, firing: new Set(), accounts: [MAIL], faults: [], lines: 43_748, processor: 22_000 },
      planted: { planted: 4, found: ["a", "b", "c"], told: ["a", "b", "c"] },
      disturbed: {
        ...{ kills: 3, starts: 6, rotations: 8, wrongClocks: 2, answered },
        done: new Map([["detect beside", 2], ["watch beside", 1], ["clock", 1]] as const),
      },
      hasClock: false,
    },
  });
  assert.match(tableText(told), /^email +7 +13 +10 +5 +4 +1 +0 +7 of 7 +8 +0$/m);
  assert.match(tableText(told), /4 hours of traffic .* 24 hours to learn from; 43,748 lines$/m);
  assert.match(tableText(told), /^Planted incidents: 4; with an alert: 3; told to every channel: 3$/m);
  assert.match(tableText(disturbed), /^second runners turned away +3$/m);
  assert.match(tableText(disturbed), /^machine's clock moved by an hour +–$/m);
});

/** Calls `deno task bench watch`. */
async function bench(...args: string[]) {
  const [program, ...task] = taskCommand("bench");
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...task, "watch", ...args],
    cwd: ROOT,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("run.ts hands `watch` on, with the rights of its task", async () => {
  const { code, stdout } = await bench("--help");
  assert.equal(code, 0);
  assert.match(stdout, /deno task bench watch \[--days N\]/);
  const wrong = await bench("--days", "0");
  assert.deepEqual([wrong.code, wrong.stderr], [
    2,
    'deepscan bench watch: Cannot measure: --days must be a positive whole number, got "0"\n',
  ]);
});
