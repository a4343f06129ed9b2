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
