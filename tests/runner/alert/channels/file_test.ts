import assert from "node:assert/strict";
import { ChannelError } from "../../../../runner/alert/channels/channel.ts";
import { fileChannel } from "../../../../runner/alert/channels/file.ts";
import { hostileMessage, sampleMessage } from "../sample_alert.ts";
import { worldOf } from "./stage.ts";

async function folder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function write(path: string, key = "k", written: string[] = []) {
  const channel = (await fileChannel.open({ file: { path } }, worldOf("", written)))!;
  return await channel.send(hostileMessage(), { key, timeout: 1000 });
}

const linesOf = (path: string) => Deno.readTextFileSync(path).split("\n");

Deno.test("fileChannel writes a line of JSON a message, with its key and when it was told", async () => {
  await using place = await folder();
  const path = `${place.path}/alerts.jsonl`;
  for (const key of ["a", "b"]) assert.equal((await write(path, key)).answer, `written to ${path}`);
  const [first, second, rest] = linesOf(path);
  assert.deepEqual(JSON.parse(first), { key: "a", told: "2026-03-02T14:06:00.000Z", ...hostileMessage() });
  assert.deepEqual([JSON.parse(second).key, rest], ["b", ""]);
  assert.equal(Deno.statSync(path).mode! & 0o007, 0, "others may not read it");
});

Deno.test("fileChannel writes on in the new file after a rotation", async () => {
  await using place = await folder();
  const path = `${place.path}/alerts.jsonl`;
  const channel = (await fileChannel.open({ file: { path } }, worldOf("")))!;
  await channel.send(sampleMessage(), { key: "a", timeout: 1000 });
  await Deno.rename(path, `${path}.1`);
  await channel.send(sampleMessage(), { key: "b", timeout: 1000 });
  assert.deepEqual([`${path}.1`, path].map((file) => JSON.parse(linesOf(file)[0]).key), ["a", "b"]);
});

Deno.test("fileChannel begins a new line where an earlier writer broke off", async () => {
  await using place = await folder();
  const path = `${place.path}/alerts.jsonl`;
  await Deno.writeTextFile(path, '{"key":"whole"}\n{"key":"brok');
  await write(path, "next");
  const [, broken, next] = linesOf(path);
  assert.deepEqual([broken, JSON.parse(next).key], ['{"key":"brok', "next"]);
});

Deno.test("fileChannel mixes no lines of writers at the same time", async () => {
  await using place = await folder();
  const path = `${place.path}/alerts.jsonl`;
  await Promise.all(Array.from({ length: 40 }, (_, i) => write(path, `k${i}`)));
  const keys = linesOf(path).filter((line) => line !== "").map((line) => JSON.parse(line).key);
  assert.equal(new Set(keys).size, 40);
});

Deno.test("fileChannel prints where the path is a dash", async () => {
  const written: string[] = [];
  assert.equal((await write("-", "k", written)).answer, "printed");
  assert.deepEqual(written.map((line) => [JSON.parse(line).key, line.endsWith("}\n")]), [["k", true]]);
});

Deno.test("fileChannel fails for now where a line can't be written", async () => {
  await using place = await folder();
  const full = Deno.build.os === "linux" ? ["/dev/full"] : [];
  for (const path of [`${place.path}/absent/alerts.jsonl`, place.path, ...full]) {
    await assert.rejects(write(path), (error: ChannelError) => {
      assert.ok(error instanceof ChannelError);
      assert.match(error.message, /^Cannot send to file: ./);
      return !error.permanent;
    });
  }
});

Deno.test("fileChannel needs the right to its file alone", async () => {
  await using place = await folder();
  const path = `${place.path}/alerts.jsonl`;
  const url = (name: string) =>
    JSON.stringify(import.meta.resolve(`../../../../runner/alert/channels/${name}`));
  const script = `
    const { appendLine } = await import(${url("append_line.ts")});
    for (const path of [${JSON.stringify(path)}, ${JSON.stringify(`${place.path}/other`)}]) {
      await appendLine(path, "x").then(() => console.log("written"), (error) => console.log(error.name));
    }`;
  const rights = [`--allow-read=${path}`, `--allow-write=${path}`];
  const child = new Deno.Command("deno", {
    args: ["run", "--no-prompt", "--no-check", "--quiet", ...rights, "-"],
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { stdout } = await child.output();
  assert.deepEqual(new TextDecoder().decode(stdout).trim().split("\n"), ["written", "NotCapable"]);
});
