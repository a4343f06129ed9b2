import assert from "node:assert/strict";
import type { Context } from "../../runner/context.ts";
import { Progress } from "../../runner/progress.ts";

Deno.test("Progress.show() makes a text only when it is shown", () => {
  let now = 0, made = 0, shown = "";
  const progress = new Progress({
    isTerminal: false,
    now: () => now,
    stderr: (text: string) => shown += text,
  } as unknown as Context);
  for (now = 0; now <= 25_000; now++) progress.show(() => `${++made} at ${now}`);
  assert.equal(shown, "1 at 10000\n2 at 20000\n");
});

Deno.test("Progress.show() keeps to one line of the terminal", () => {
  for (const [columns, length] of [[40, 39], [500, 118], [undefined, 118]]) {
    let shown = "";
    const world = { isTerminal: true, columns, now: () => 0, stderr: (text: string) => shown += text };
    new Progress(world as unknown as Context).show(() => "x".repeat(300));
    assert.equal(shown.replace(/^.*2K/s, "").length, length);
  }
});
