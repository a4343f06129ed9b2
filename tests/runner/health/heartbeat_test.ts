import assert from "node:assert/strict";
import { giveSign, type HeartbeatConfig, isAskedFor } from "../../../runner/health/heartbeat.ts";

/** A monitor that answers so, one answer after the other, and what it was asked. */
class Monitor implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(...answers: (() => Response)[]) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      this.asked.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`.trim());
      return (answers.shift() ?? (() => new Response("OK")))();
    });
  }

  /** Settings that call it, and the address that they mean. */
  settings(path = "/ping-key-1234"): { config: HeartbeatConfig; env: Record<string, string> } {
    const host = `127.0.0.1:${this.#server.addr.port}`;
    const config = { url_env: "BEAT", host, fail: true, every: 60_000 };
    return { config, env: { BEAT: `http://${host}${path}` } };
  }

  async give(failures: string[] = [], path?: string): Promise<string> {
    const { config, env } = this.settings(path);
    const world = { env: (name: string) => env[name], readText: () => Promise.reject(new Error("no file")) };
    return await giveSign(config, { failures, records: 5, at: 0 }, world);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const answer = (status: number, headers?: HeadersInit) => () =>
  new Response(status === 302 ? null : "?", { status, headers });

Deno.test("giveSign() calls the address, and with /fail behind it says what failed", async () => {
  await using monitor = new Monitor();
  assert.equal(await monitor.give(), "");
  assert.equal(await monitor.give(["Cannot read stream shop:\nthere is no input", "given up: a1"]), "");
  assert.deepEqual(monitor.asked, [
    "GET /ping-key-1234",
    "POST /ping-key-1234/fail Cannot read stream shop: ⏎ there is no input\ngiven up: a1",
  ]);
});

Deno.test("giveSign() tries once more where that may help, and no more", async () => {
  await using monitor = new Monitor(answer(500), answer(200), answer(503), answer(503), answer(404));
  assert.equal(await monitor.give(), "");
  assert.equal(await monitor.give(), "the monitor answers 503");
  assert.equal(await monitor.give(), "the monitor answers 404");
  assert.equal(monitor.asked.length, 5);
});

Deno.test("giveSign() follows no redirection: it would lead to a host that nobody allowed", async () => {
  await using monitor = new Monitor(answer(302, { location: "http://127.0.0.1:1/" }));
  assert.equal(await monitor.give(), "the monitor answers 302");
});

Deno.test("giveSign() shows no part of the address when nobody answers", async () => {
  const monitor = new Monitor(), { config, env } = monitor.settings();
  await monitor[Symbol.asyncDispose]();
  const world = { env: (name: string) => env[name], readText: () => Promise.resolve("") };
  const problem = await giveSign(config, { failures: [], records: 0, at: 0 }, world);
  assert.notEqual(problem, "");
  assert.doesNotMatch(problem, /ping-key/);
});

Deno.test("giveSign() says which variable is missing, and which host is the wrong one", async () => {
  const config = { url_env: "BEAT", host: "hc-ping.com", fail: false, every: 1 },
    sign = { failures: [], records: 0, at: 0 };
  const with_ = (value?: string) =>
    giveSign(config, sign, { env: () => value, readText: () => Promise.resolve("") });
  assert.match(await with_(), /environment variable BEAT is not set/);
  const wrong = await with_("https://elsewhere.example/secret-key");
  assert.match(wrong, /not of the host that the settings name, hc-ping\.com/);
  assert.doesNotMatch(wrong, /secret-key/);
});

Deno.test("giveSign() writes the file whole, and only where nothing failed", async () => {
  const folder = await Deno.makeTempDir(), file = `${folder}/beat.json`;
  const config = { file, host: "hc-ping.com", fail: false, every: 1 };
  const world = { env: () => undefined, readText: () => Promise.resolve("") };
  assert.equal(await giveSign(config, { failures: [], records: 5, at: 0 }, world), "");
  const text = '{"at":"1970-01-01T00:00:00.000Z","records":5,"failures":0}\n';
  assert.equal(await Deno.readTextFile(file), text);
  await giveSign(config, { failures: ["no"], records: 9, at: 9 }, world);
  assert.equal(await Deno.readTextFile(file), text);
  assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["beat.json"]);
  const nowhere = { ...config, file: `${folder}/no/beat.json` };
  assert.match(
    await giveSign(nowhere, { failures: [], records: 5, at: 0 }, world),
    /there is no such folder/,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("isAskedFor() gives no sign of what failed unless the settings say so and name an address", () => {
  const config = { url_env: "BEAT", host: "h", fail: false, every: 1 };
  assert.deepEqual([isAskedFor(config, false), isAskedFor(config, true)], [true, false]);
  assert.equal(isAskedFor({ ...config, fail: true }, true), true);
  assert.equal(isAskedFor({ file: "/a", host: "h", fail: true, every: 1 }, true), false);
});
