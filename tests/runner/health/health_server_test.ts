import assert from "node:assert/strict";
import { defaultConfig } from "../../../runner/config.ts";
import { HealthServer } from "../../../runner/health/health_server.ts";
import { type HealthSnapshot, NO_SNAPSHOT } from "../../../runner/health/snapshot.ts";
import { parseExposition, valueOf } from "./exposition_parser.ts";

const MINUTE = 60_000;
const RUN = { startedAt: 0, finishedAt: 5_000, succeededAt: 5_000, failures: [], skipped: 0 };

/** A server that knows this, and a clock. */
class Served implements AsyncDisposable {
  snapshot: HealthSnapshot | null = { ...NO_SNAPSHOT, run: RUN, stateBytes: 9 };
  now = MINUTE;
  made = 0;
  readonly #server: HealthServer;

  constructor(since?: number) {
    this.#server = HealthServer.start({ hostname: "127.0.0.1", port: 0 }, defaultConfig("/srv"), {
      ...{ since, file: import.meta.filename! },
      now: () => this.now,
      snapshot: () => (this.made++, this.snapshot),
    });
  }

  ask(path: string, method = "GET"): Promise<Response> {
    return fetch(`${this.#server.url}${path}`, { method });
  }

  get url(): string {
    return this.#server.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}

Deno.test("HealthServer answers /metrics in the text format, with figures of the process", async () => {
  await using served = new Served();
  const answer = await served.ask("/metrics");
  assert.equal(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const page = parseExposition(await answer.text());
  assert.equal(valueOf(page, "deepscan_run_success_timestamp_seconds"), 5);
  assert.equal(valueOf(page, "deepscan_state_bytes"), 9);
  assert.ok(valueOf(page, "deepscan_process_resident_memory_bytes")! > 1e7);
  assert.ok(valueOf(page, "deepscan_process_lowest_free_descriptor")! > 2);
});

Deno.test("HealthServer answers /healthz with 200 while it works, and with 503 and why when it does not", async () => {
  await using served = new Served();
  const well = await served.ask("/healthz");
  assert.deepEqual([well.status, (await well.json()).reasons], [200, []]);
  served.now = 40 * MINUTE;
  const stale = await served.ask("/healthz");
  assert.equal(stale.status, 503);
  assert.match((await stale.json()).reasons[0], /succeeded ended 40 min ago, health\.stale_after is 30 min/);
  served.now += 2000;
  const failures = [{ stream: "shop", message: "Cannot read stream shop: gone" }];
  served.snapshot = {
    ...NO_SNAPSHOT,
    run: { ...RUN, finishedAt: served.now, succeededAt: served.now, failures },
    unsent: [{ channel: "email", status: "dead", messages: 2, since: 0 }],
  };
  assert.deepEqual((await (await served.ask("/healthz")).json()).reasons, [
    "Cannot read stream shop: gone",
    "2 messages to email given up; `deepscan alerts retry` sends them again",
  ]);
});

Deno.test("HealthServer gives a service that has just begun time for its first pass", async () => {
  await using served = new Served(60 * MINUTE);
  served.now = 61 * MINUTE;
  assert.equal((await served.ask("/healthz")).status, 200); // the run before it is too long ago, but not its own
  served.snapshot = null;
  served.now = 91 * MINUTE;
  const answer = await served.ask("/healthz");
  assert.deepEqual([answer.status, (await answer.json()).reasons], [503, ["there was no run yet"]]);
});

Deno.test("HealthServer takes GET and HEAD only, and knows no other page", async () => {
  await using served = new Served();
  const head = await served.ask("/metrics", "HEAD");
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const answer = await served.ask("/healthz", method);
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "GET, HEAD"]);
    await answer.body?.cancel();
  }
  for (const path of ["/", "/metrics/", "/../etc/passwd", "/constructor"]) {
    const answer = await served.ask(path);
    assert.equal(answer.status, 404, path);
    await answer.body?.cancel();
  }
});

Deno.test("HealthServer makes an answer no more often than once a second, whoever asks", async () => {
  await using served = new Served();
  for (const _ of Array(20)) await (await served.ask("/metrics")).body?.cancel();
  assert.equal(served.made, 1);
  served.now += 1000;
  await (await served.ask("/metrics")).body?.cancel();
  assert.equal(served.made, 2);
});

Deno.test("HealthServer says where it can't answer", async () => {
  await using served = new Served();
  const { hostname, port } = new URL(served.url);
  assert.throws(
    () =>
      HealthServer.start({ hostname, port: Number(port) }, defaultConfig("/srv"), {
        now: () => 0,
        snapshot: () => null,
        file: "",
      }),
    /^Error: Cannot answer at health\.listen, 127\.0\.0\.1:\d+: .*in use/,
  );
});
