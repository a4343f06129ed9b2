import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import { withLiveFolder } from "./live_folder.ts";
import { runHere } from "./run_here.ts";
import { calmLines, runTask, stamp, startTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";
import { fillState } from "../../dashboard/made_site.ts";

const TOKEN = "correct-horse-battery-staple";

/** The first line of a stream, and what is left of it. */
async function firstLine(
  stream: ReadableStream<Uint8Array>,
): Promise<{ line: string; rest: ReadableStreamDefaultReader<string> }> {
  const rest = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await rest.read();
    if (done) break;
    text += value;
  }
  return { line: text.split("\n")[0], rest };
}

Deno.test("dashboard serves a state with the rights that it has, takes changes, tells of them, and ends when it is told to", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/state`);
    await Deno.writeTextFile(`${folder}/token`, `${TOKEN}\n`);
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      "streams: [{name: shop, inputs: [shop.log]}]\nstate: {directory: state}\nmodel: {directory: models}\n" +
        "dashboard: {listen: '127.0.0.1:0', token_file: token}\n",
    );
    const { firing } = fillState(`${folder}/state/state.db`);
    const dashboard = startTask("dashboard", [], { cwd: folder }),
      { line: url, rest } = await firstLine(dashboard.stdout);
    try {
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
      const headers = { authorization: `Bearer ${TOKEN}` };
      const ask = (path: string, init: RequestInit = {}) =>
        fetch(`${url}${path}`, { redirect: "manual", ...init });
      const page = await ask("overview", { headers: { ...headers, accept: "text/html" } });
      assert.deepEqual([page.status, /openapi|checkout/.test(await page.text())], [200, true]);
      const closed = await ask("api/v1/overview");
      assert.deepEqual([closed.status, await closed.json()], [401, {
        error: "Log in, or send the token: Authorization: Bearer …",
      }]);
      const events = (await ask("events", { headers })).body!.pipeThrough(new TextDecoderStream())
        .getReader();
      assert.match((await events.read()).value!, /^retry: /);
      const change = await ask("api/v1/changes/acknowledge", {
        ...{ method: "POST", headers: { ...headers, "content-type": "application/json" } },
        body: JSON.stringify({ incident: firing }),
      });
      assert.deepEqual([change.status, (await change.json()).said], [
        200,
        `a program takes care of incident ${firing}`,
      ]);
      assert.match((await events.read()).value!, /event: changed/);
      const busy = await runTask("dashboard", ["--listen", new URL(url).host], { cwd: folder });
      assert.equal(busy.code, 1);
      assert.match(busy.stderr, /Cannot serve at 127\.0\.0\.1:\d+: /);
    } finally {
      dashboard.kill("SIGTERM");
    }
    await rest.cancel();
    const errors = await new Response(dashboard.stderr).text();
    assert.deepEqual([(await dashboard.status).code, errors], [0, ""]);
  });
});

Deno.test("what is changed by the pages changes what detect tells, and what it judges by", () =>
  withLiveFolder({ lines: calmLines(200) }, async (live) => {
    await Deno.writeTextFile(`${live.path}/token`, `${TOKEN}\n`);
    await Deno.writeTextFile(
      `${live.path}/deepscan.yaml`,
      "dashboard: {listen: '127.0.0.1:0', token_file: token, base_url: 'https://logs.example.com/deepscan'}\n",
      { append: true },
    );
    await live.runHere("detect");
    await live.runHere("train");
    const dashboard = startTask("dashboard", [], { cwd: live.path }),
      { line, rest } = await firstLine(dashboard.stdout);
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      host: "logs.example.com",
      "content-type": "application/json",
    };
    const change = async (name: string, fields: Record<string, string>) => {
      const answer = await request(`${line}api/v1/changes/${name}`, headers, JSON.stringify(fields));
      assert.equal(answer.status, 200, answer.text);
    };
    const failures = (minute: number, what: string) => [
      ...Array.from({ length: 40 }, (_, i) => `${stamp(minute, i)} FATAL ${what}`),
      ...calmLines(5, minute + 1),
    ];
    try {
      live.append(...calmLines(6, 200), ...failures(206, "out of memory"));
      const { stdout } = await live.runHere("detect"),
        [{ incident, id }] = live.rows("select incident, id from alert");
      assert.match(
        stdout,
        new RegExp(`^ {2}Page: https://logs\\.example\\.com/deepscan/incidents/${incident}$`, "m"),
      );
      await change("acknowledge", { incident: String(incident), note: "on it" });
      await change("feedback", { alert: String(id), said: "true" });
      assert.match((await live.runHere("deepscan", "alerts", "show", String(incident))).stdout, /on it/);
      await change("silence", { stream: "app", for: "2h" });
      live.append(...calmLines(8, 212), ...failures(220, "no space left"));
      const silenced = await live.runHere("detect");
      assert.match(silenced.stdout, /1 new alert/);
      assert.doesNotMatch(silenced.stdout, /^\[|^Over already/m);
      assert.deepEqual(live.rows("select count(*) as n from alert").map(({ n }) => n), [2]);
      await change("rollback", {});
      live.append(...calmLines(8, 226));
      assert.equal((await live.runHere("detect")).code, 0);
      assert.deepEqual(live.rows("select model from stream").map(({ model }) => model), ["v0001"]);
      const [{ records }] = live.rows( // of the first training, of all runs, and by whatever model
        "select sum(none + debug + info + warn + error + fatal) as records from record_count " +
          "join series on series = number where is_all = 1 and size = 86400000",
      );
      assert.equal(records, Deno.readTextFileSync(live.log).trim().split("\n").length);
      const metrics = await request(`${line}metrics`, headers);
      assert.match(metrics.text, /^deepscan_model_info\{stream="app",version="v0001"\} 1$/m);
      assert.match(metrics.text, /^deepscan_process_cpu_seconds_total /m);
    } finally {
      dashboard.kill("SIGTERM");
    }
    await rest.cancel();
    assert.deepEqual([(await dashboard.status).code, await new Response(dashboard.stderr).text()], [0, ""]);
  }));

/** Asks by a name of the dashboard's own, which `fetch` can't. */
async function request(url: string, headers: Record<string, string>, body = "") {
  const { hostname, port, pathname } = new URL(url),
    connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({ ...headers, connection: "close", "content-length": String(body.length) });
  const head = `${body === "" ? "GET" : "POST"} ${pathname} HTTP/1.1\r\n`;
  const text = `${head}${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
  await connection.write(new TextEncoder().encode(text));
  const answer = await new Response(connection.readable).text();
  return { status: Number(answer.split(" ")[1]), text: answer };
}

Deno.test("dashboard says why it can't show a state", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/state`);
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      "streams: [{name: shop, inputs: [shop.log]}]\nstate: {directory: state}\ndashboard: {listen: '127.0.0.1:0'}\n",
    );
    fillState(`${folder}/state/state.db`);
    const state = State.open(`${folder}/state/state.db`);
    state.database.exec("pragma user_version = 9999");
    state.close();
    const newer = await runHere("dashboard", [], { cwd: folder });
    assert.deepEqual([newer.code, newer.stdout], [1, ""]);
    assert.match(
      newer.stderr,
      /Cannot use the state database: it has schema version 9999, this program knows up to/,
    );
    await Deno.writeTextFile(
      `${folder}/state/state.db`,
      "something else that is no database, but long enough for one",
    );
    const damaged = await runHere("dashboard", [], { cwd: folder });
    assert.deepEqual([damaged.code, damaged.stdout], [1, ""]);
    assert.match(damaged.stderr, /^deepscan dashboard: Cannot (?:use|open) the state database/);
    const wrong = await runHere("dashboard", ["--port", "1"], { cwd: folder });
    assert.deepEqual([wrong.code, /--port/.test(wrong.stderr)], [2, true]);
  }));

Deno.test("dashboard refuses to be reached from elsewhere while nobody has to log in, and a token that is easy to guess", async () => {
  await withFolder(async (folder) => {
    const settings = (dashboard: string) =>
      Deno.writeTextFile(
        `${folder}/deepscan.yaml`,
        `streams: [{name: a, inputs: [a.log]}]\ndashboard: ${dashboard}\n`,
      );
    await settings("{listen: '0.0.0.0:0'}");
    const open = await runTask("dashboard", [], { cwd: folder });
    assert.deepEqual([open.code, open.stdout], [2, ""]);
    assert.match(
      open.stderr,
      /other machines could read everything: expected token_env, token_file or trusted_header/,
    );
    await settings("{listen: '0.0.0.0:0', token_env: DEEPSCAN_DASHBOARD_TOKEN}");
    const weak = await runTask("dashboard", [], { cwd: folder, env: { DEEPSCAN_DASHBOARD_TOKEN: "secret" } });
    assert.deepEqual([weak.code, weak.stdout], [2, ""]);
    assert.match(
      weak.stderr,
      /environment variable DEEPSCAN_DASHBOARD_TOKEN has 6 characters, 16 are the least/,
    );
    assert.doesNotMatch(weak.stderr, /secret/);
  });
});
