import assert from "node:assert/strict";
import { RunLock } from "../../lib/store/run_lock.ts";

const HOLDER = `
import { RunLock } from "${new URL("../../lib/store/run_lock.ts", import.meta.url)}";
const lock = RunLock.take(Deno.args[0], { pid: Deno.pid, since: 7 });
console.log(lock instanceof RunLock ? "held" : "busy");
await new Promise((resolve) => setTimeout(resolve, 60_000));
`;

Deno.test("RunLock.take() says who holds it, and is free as soon as its owner is killed", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/run.lock`;
  await Deno.writeTextFile(`${folder}/holder.ts`, HOLDER);
  const holder = new Deno.Command("deno", {
    args: ["run", "--quiet", "--no-config", "--allow-read", "--allow-write", `${folder}/holder.ts`, path],
    stdout: "piped",
  }).spawn();
  const reader = holder.stdout.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value).trim(), "held");
  const owner = RunLock.take(path, { pid: 1, since: 1 });
  assert.deepEqual(owner, { pid: holder.pid, since: 7 });
  holder.kill("SIGKILL");
  await holder.status;
  await reader.cancel();
  const mine = RunLock.take(path, { pid: 1, since: 1 });
  assert.ok(mine instanceof RunLock);
  mine.release();
  const again = RunLock.take(path, { pid: 2, since: 2 });
  assert.ok(again instanceof RunLock);
  again.release();
});

Deno.test("RunLock.look() holds off who wants to take the lock, not others who look, and writes nothing", async () => {
  const path = `${await Deno.makeTempDir()}/run.lock`;
  assert.throws(() => RunLock.look(path), Deno.errors.NotFound);
  const taken = RunLock.take(path, { pid: 1, since: 1 });
  assert.ok(taken instanceof RunLock);
  assert.deepEqual(RunLock.look(path), { pid: 1, since: 1 });
  taken.release();
  const [one, two] = [RunLock.look(path), RunLock.look(path)];
  assert.ok(one instanceof RunLock && two instanceof RunLock);
  assert.deepEqual(RunLock.take(path, { pid: 2, since: 2 }), { pid: 1, since: 1 });
  one.release();
  two.release();
  assert.equal(await Deno.readTextFile(path), '{"pid":1,"since":1}');
});
