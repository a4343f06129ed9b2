import assert from "node:assert/strict";
import { SaidOnce } from "../../../runner/watch/said_once.ts";

function said(times: readonly [at: number, text: string][], forget?: string): string[] {
  const lines: string[] = [];
  let now = 0;
  const once = new SaidOnce((text) => lines.push(text), () => now);
  for (const [at, text] of times) {
    now = at;
    if (text === "") once.forget(forget!);
    else once.say(text);
  }
  return lines;
}

Deno.test("SaidOnce says a line again after an hour, and when the clock was put back by as much", () => {
  assert.deepEqual(said([[0, "a\n"], [3_599_999, "a\n"], [3_600_000, "a\n"], [0, "a\n"]]), [
    "a\n",
    "a\n",
    "a\n",
  ]);
});

Deno.test("SaidOnce says what was over anew", () => {
  assert.deepEqual(said([[0, "no file\n"], [1, ""], [2, "no file\n"]], "no"), ["no file\n", "no file\n"]);
});

Deno.test("SaidOnce remembers no more than a thousand lines", () => {
  const many = Array.from({ length: 1_001 }, (_, i): [number, string] => [0, `${i}\n`]);
  assert.equal(said([...many, [0, "0\n"], [0, "1000\n"]]).length, 1_002);
});
