import assert from "node:assert/strict";
import { ROOT } from "../program.ts";
import { FetchError, runProgram } from "./fetch.ts";

/** `deno task bench templates …`, with the rights of the task. */
async function benchTemplates(...args: string[]) {
  const command = new Deno.Command("deno", {
    args: ["task", "--quiet", "bench", "templates", ...args],
    cwd: ROOT,
  });
  const { code, stdout, stderr } = await command.output(), text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

Deno.test("run.ts names the parts of the bench of templates", async () => {
  const { code, stdout } = await benchTemplates("--help");
  assert.equal(code, 0);
  for (const part of ["accuracy", "synthetic", "order", "speed", "memory", "ablation", "leave-one-out"]) {
    assert.match(stdout, new RegExp(`^  ${part} `, "m"));
  }
});

Deno.test("run.ts refuses a part that isn't there", async () => {
  const { code, stderr } = await benchTemplates("everything");
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^deepscan bench: Cannot measure: templates has the parts accuracy, .*, got "everything"$/m,
  );
});

Deno.test("runProgram() says which program is missing, and what a failing one complained of", async () => {
  await assert.rejects(
    runProgram(["no-such-program-here"], "."),
    new FetchError("Cannot run no-such-program-here: it is not on this machine"),
  );
  await assert.rejects(
    runProgram(["deno", "eval", "throw new Error('out of reach')"], "."),
    (error: Error) => {
      assert.ok(error instanceof FetchError);
      assert.match(error.message, /exit code 1: .*out of reach$/);
      return true;
    },
  );
});

Deno.test("runProgram() hands over its input", async () => {
  assert.equal(
    await runProgram(
      ["deno", "eval", "console.log(await new Response(Deno.stdin.readable).text())"],
      ".",
      "told",
    ),
    "told\n",
  );
});
