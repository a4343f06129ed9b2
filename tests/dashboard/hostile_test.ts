import assert from "node:assert/strict";
import { State } from "../../lib/mod.ts";
import { createApp } from "../../runner/dashboard/app.ts";
import { VIEWS } from "../../runner/dashboard/views.ts";
import { HOSTILE } from "../runner/alert/sample_alert.ts";
import { type MadeSite, madeSite, TOKEN } from "./made_site.ts";

/** Serves a site at a port of its own, as the task does. */
function served(made: MadeSite) {
  const { dashboard } = made.plan.config, app = createApp(made.site);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, { remoteAddr }) => {
      const headers = new Headers(request.headers);
      headers.set("host", dashboard.listen); // by which it is known
      return app.fetch(new Request(request, { headers }), { remoteAddr });
    },
  );
  const { port } = server.addr as Deno.NetAddr;
  return {
    port,
    ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`),
    [Symbol.asyncDispose]: async () => {
      made.site.live.close();
      await server.shutdown();
    },
  };
}

/** A connection on which something was sent that is no whole request. */
async function begun(port: number, text: string): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text));
  return connection;
}

/** Waits until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; !isSo(); i++) {
    assert.ok(i < 500, "it does not come to that");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("the dashboard answers while hundreds of clients are slow, half gone or listen", async () => {
  await using made = await madeSite();
  await using server = served(made);
  const { port } = server, connections: Deno.TcpConn[] = [];
  for (let i = 0; i < 100; i++) connections.push(await begun(port, "GET /overview HTTP/1.1\r\nHost: "));
  for (let i = 0; i < 100; i++) {
    connections.push(
      await begun(
        port,
        "POST /changes/acknowledge HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
      ),
    );
  }
  for (let i = 0; i < 300; i++) {
    connections.push(await begun(port, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
  }
  await until(() => made.site.live.size === 100); // as many as can
  const full = await server.ask("/events");
  assert.deepEqual([full.status, full.headers.get("retry-after")], [503, "30"]);
  await full.body?.cancel();
  const page = await server.ask("/overview");
  assert.deepEqual([page.status, (await page.text()).includes("checkout")], [200, true]);
  for (const connection of connections) connection.close();
  await until(() => made.site.live.size === 0); // whoever is gone is let go
  const events = await server.ask("/events");
  assert.equal(events.status, 200);
  await events.body?.cancel();
  assert.deepEqual(made.logged, []);
});

Deno.test("the dashboard says that a request makes no sense, and goes on", async () => {
  await using made = await madeSite();
  const views = Object.values(VIEWS).map(({ path }) => path.replace(/:\w+/g, "x"));
  const parts = [
    ...[
      "..%2f..%2f..%2fetc%2fpasswd",
      "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      "..%5c..%5cwindows",
      "%00",
      "%ff%fe",
    ],
    ...["%252e%252e%252f", "'%20or%201=1--", "%22%3E%3Cscript%3E", "__proto__", "%F0%9F%92%A9", "%E2%80%AE"],
  ];
  const queries = [
    ...[
      "last=-1d",
      "last=1e999d",
      "from=NaN&to=Infinity",
      "from=-1&to=1",
      "zone=../../etc/passwd",
      "limit=1e9",
    ],
    ...[
      "limit=-1",
      "after=%00",
      "after=[1,2]",
      "text=%00%ff",
      "order[]=count",
      "stream=%27;drop%20table%20verdict",
    ],
    ...["__proto__[x]=1", "stream=a&stream=b", "%", "=&=&=", "text=" + "%25_".repeat(60)],
  ];
  const asked = [
    ...parts.flatMap((part) =>
      ["/incidents", "/models", "/services/shop", "/templates/shop", "/assets", ""].map((path) =>
        `${path}/${part}`
      )
    ),
    ...views.flatMap((path) => queries.map((query) => `${path}?${query}`)),
    ...["/../../etc/passwd", "//etc/passwd", "/assets/..%2f..%2fdeno.json", "/api/v1/../../secret"],
  ];
  for (const path of asked) {
    for (const target of [path, `/api/v1${path}`]) {
      const answer = await made.ask(target), text = await answer.text();
      assert.ok([200, 302, 303, 400, 404].includes(answer.status), `${target}: ${answer.status}`);
      assert.ok(
        !text.includes("root:") && (target.startsWith("/api/") || !text.includes("<script>alert")),
        target,
      );
    }
  }
  for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"]) {
    assert.equal((await made.ask("/overview", { method })).status, 405, method);
  }
  assert.equal((await made.ask(`/overview?${"x".repeat(1 << 20)}`)).status, 400);
  assert.deepEqual(made.logged, []);
  assert.equal((await made.ask("/overview")).status, 200);
});

Deno.test("the dashboard reads no more of a form than it takes, however it comes", async () => {
  await using made = await madeSite({ token: TOKEN });
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 4096;
      controller.enqueue(new Uint8Array(4096).fill(32));
    },
  });
  const path = "/api/v1/changes/acknowledge";
  const answer = await made.ask(path, { method: "POST", headers, body: endless });
  assert.deepEqual([answer.status, sent < 100_000], [413, true]);
  const binary = await made.ask(path, { method: "POST", headers, body: new Uint8Array([0xff, 0xfe, 0x00]) });
  assert.equal(binary.status, 400);
  const deep = await made.ask(path, { method: "POST", headers, body: "[".repeat(16_000) });
  assert.equal(deep.status, 400);
});

Deno.test("what logs say stays a short text, however long it is", async () => {
  await using made = await madeSite();
  const long = `${HOSTILE} =cmd|' /C calc'!A0 ${"x".repeat(1 << 20)}`;
  made.change((state: State) => {
    state.database.prepare("update template set text = ?, example = ?").run(long, long);
    state.database.prepare(
      "update alert set body = json_set(body, '$.reasons[0].example', ?, '$.service', ?)",
    ).run(long, long);
  });
  for (
    const path of [
      "/overview",
      "/templates",
      "/templates/shop/bbbbbbbbbb",
      `/incidents/${made.incidents.firing}`,
    ]
  ) {
    for (const target of [path, `/api/v1${path}`]) {
      const answer = await made.ask(target), text = await answer.text();
      assert.deepEqual([answer.status, text.length < 150_000], [200, true], `${target}: ${text.length}`);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.ok(!text.includes("<script>alert") || answer.headers.get("content-type") === "application/json");
    }
  }
  assert.deepEqual(made.logged, []);
});

Deno.test("the dashboard says what is wrong with its state, and goes on when that is mended", async () => {
  await using made = await madeSite();
  const path = made.site.source.path;
  made.change((state) => state.database.exec("pragma user_version = 9999"));
  await Deno.rename(path, `${path}.new`);
  assert.equal((await made.ask("/readyz")).status, 503); // it is not there
  assert.equal((await made.ask("/overview")).status, 200);
  await Deno.rename(`${path}.new`, path);
  const newer = await made.ask("/api/v1/overview");
  assert.deepEqual([newer.status, newer.headers.get("retry-after")], [503, "10"]);
  assert.match((await newer.json()).error, /newer|version/);
  await Deno.remove(path);
  await Deno.writeTextFile(path, "no database at all, but something else that is long enough");
  const damaged = await made.ask("/overview", { headers: { accept: "text/html" } });
  assert.equal(damaged.status, 503);
});

Deno.test("the dashboard answers while another process holds the state to write", async () => {
  await using made = await madeSite();
  const other = State.open(made.site.source.path);
  other.database.exec("begin exclusive");
  try {
    assert.equal((await made.ask("/overview")).status, 200);
    assert.equal((await made.ask("/health")).status, 200);
  } finally {
    other.database.exec("rollback");
    other.close();
  }
});

Deno.test("the dashboard shows what a cluster has counted without asking it, and says that lines are not at hand", async () => {
  const cluster = Deno.listen({ hostname: "127.0.0.1", port: 0 }), { port } = cluster.addr; // it never answers
  let asked = 0;
  const watching = (async () => {
    for await (const connection of cluster) {
      asked++;
      connection.close();
    }
  })();
  const more = `elasticsearch: {nodes: ["http://127.0.0.1:${port}"], api_key_env: KEY}\n`;
  {
    await using made = await madeSite({ more });
    made.change((state) => {
      const { database } = state;
      database.exec(
        "update verdict set reasons = json_remove(json_set(reasons, '$[0].example', ''), '$[1]') where anomalous = 1",
      );
      database.exec("update template set example = ''");
      const source = "elasticsearch:logs", position = { source, offset: null };
      state.putInputs("shop", [{ name: source, position, reader: {} }] as never);
    });
    for (
      const path of [
        "/overview",
        `/incidents/${made.incidents.firing}`,
        "/templates/shop/bbbbbbbbbb",
        "/health",
        "/models",
      ]
    ) {
      const page = await made.ask(path), text = await page.text();
      assert.equal(page.status, 200, path);
      if (path.startsWith("/incidents/")) assert.match(text, /No lines are at hand/);
    }
    const { lines, windows } = await made.json(`/api/v1/incidents/${made.incidents.firing}`);
    assert.deepEqual([(lines as unknown[]).length, (windows as unknown[]).length], [0, 1]);
    assert.deepEqual(made.logged, []);
  }
  cluster.close();
  await watching;
  assert.equal(asked, 0);
});
