import assert from "node:assert/strict";
import { parseExposition, valueOf } from "../health/exposition_parser.ts";
import { calmLines, runTask, startTask } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

/** A server that takes everything, and what it was sent. */
class Taker implements AsyncDisposable {
  readonly taken: { path: string; method: string; body: string }[] = [];
  readonly #server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    this.taken.push({ path: pathname, method: request.method, body: await request.text() });
    return Response.json({});
  });

  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const STREAMS = `streams: [{name: app, inputs: [logs/app.log], clock: data, min_history: 2h}]
model: {directory: models, detectors: [new-template, unseen-vector], threshold: {rule: quantile}}
state: {directory: state}
reports: {directory: reports}
`;

/** Names of the spans that a collector was sent, with their streams. */
function spansIn(bodies: readonly string[]): string[] {
  interface Span {
    name: string;
    attributes: { key: string; value: { stringValue: string } }[];
  }
  const spans: Span[] = bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((
      resource: { scopeSpans: { scope: { name: string }; spans: Span[] }[] },
    ) => resource.scopeSpans.filter(({ scope }) => scope.name === "deepscan").flatMap(({ spans }) => spans))
  );
  const streamOf = ({ attributes }: Span) =>
    attributes.find(({ key }) => key === "deepscan.stream")?.value.stringValue;
  return spans.map((span) => [span.name, streamOf(span)].filter(Boolean).join(" ")).sort();
}

Deno.test("detect calls the heartbeat, writes metrics, log lines and spans with the rights that it has", async () => {
  await using monitor = new Taker();
  await using collector = new Taker();
  await withFolder(async (folder) => {
    for (const name of ["logs", "out"]) await Deno.mkdir(`${folder}/${name}`);
    await Deno.writeTextFile(`${folder}/logs/app.log`, calmLines(240).map((line) => `${line}\n`).join(""));
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      `${STREAMS}health:
  heartbeat: {url_env: BEAT, host: "${monitor.host}", fail: true, file: out/beat.json}
  metrics: {file: out/deepscan.prom}
  traces: {endpoint: "http://${collector.host}", protocol: http/json}
log: {format: json}
`,
    );
    const env = { BEAT: `http://${monitor.host}/key-1` };
    const { code, stderr } = await runTask("detect", [], { cwd: folder, env });
    assert.equal(code, 0, stderr);
    const entries = stderr.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.ok(
      entries.some((entry) => /trained/.test(entry.message) && entry["deepscan.stream"] === "app"),
      stderr,
    );
    assert.deepEqual(monitor.taken.map(({ method, path }) => `${method} ${path}`), ["GET /key-1"]);
    assert.equal(JSON.parse(await Deno.readTextFile(`${folder}/out/beat.json`)).failures, 0);
    const page = parseExposition(await Deno.readTextFile(`${folder}/out/deepscan.prom`));
    assert.equal(valueOf(page, "deepscan_stream_up", { stream: "app" }), 1);
    const spans = collector.taken.filter(({ path }) => path === "/v1/traces").map(({ body }) => body);
    assert.deepEqual(spansIn(spans), ["pass", "scan app", "train app"]);
    const health = await runTask("deepscan", ["health", "--json"], { cwd: folder });
    assert.deepEqual([health.code, JSON.parse(health.stdout).healthy], [0, true], health.stderr);
    await Deno.remove(`${folder}/logs/app.log`);
    assert.equal((await runTask("detect", [], { cwd: folder, env })).code, 1);
    const { method, path, body } = monitor.taken.at(-1)!;
    assert.deepEqual([method, path], ["POST", "/key-1/fail"]);
    assert.match(body, /Cannot read stream app/);
  });
});

Deno.test("watch answers those who ask how it does", async () => {
  const port = ((listener) => (listener.close(), listener.addr.port))(
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  await withFolder(async (folder) => {
    for (const name of ["logs", "out"]) await Deno.mkdir(`${folder}/${name}`);
    await Deno.writeTextFile(`${folder}/logs/app.log`, calmLines(240).map((line) => `${line}\n`).join(""));
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, `${STREAMS}health: {listen: '127.0.0.1:${port}'}\n`);
    const child = startTask("watch", [], { cwd: folder });
    const status = child.status, stdout = child.stdout.cancel();
    const stderr = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let said = "";
    for (let next = await stderr.read(); !next.done; next = await stderr.read()) {
      said += next.value;
      if (said.includes(`http://127.0.0.1:${port}/metrics\n`)) break;
    }
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    assert.equal(answer.status, 200, said);
    await answer.body?.cancel();
    parseExposition(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    child.kill("SIGTERM");
    while (!(await stderr.read()).done); // until it has said all
    assert.equal((await status).code, 0, said);
    await stdout;
  });
});
