import assert from "node:assert/strict";
import { CHANGES } from "../../runner/dashboard/changes/mod.ts";
import { VIEWS } from "../../runner/dashboard/views.ts";
import { type MadeSite, madeSite, TOKEN } from "./made_site.ts";

const BEARER = { authorization: `Bearer ${TOKEN}` };
/** Paths that anybody may ask for. */
const OPEN = ["/healthz", "/readyz", "/login"];
/** Paths that only people may ask for who are let. */
const CLOSED = [
  ...Object.values(VIEWS).flatMap(({ path }) => [path, `/api/v1${path}`]).map((path) =>
    path.replace(/:\w+/g, "x")
  ),
  ...["/metrics", "/events", "/api/v1/openapi.json", "/", "/nope"],
];

const behindProxy = { trusted_header: "X-Forwarded-User", listen: "127.0.0.1:8765" };

Deno.test("access: without a token or proxy everybody at this machine sees everything", async () => {
  await using made = await madeSite();
  for (const path of [...OPEN, ...CLOSED]) {
    if (path === "/events") continue;
    const { status } = await made.ask(path);
    assert.ok([200, 302, 303, 404].includes(status), `${path}: ${status}`);
  }
});

Deno.test("access: with a token nobody sees anything who has not logged in", async () => {
  await using made = await madeSite({ token: TOKEN });
  for (const path of OPEN) assert.equal((await made.ask(path)).status, 200, path);
  assert.equal(await (await made.ask("/healthz")).text(), '{"healthy":true}'); // no more than that
  for (const path of CLOSED) {
    const answer = await made.ask(path), text = await answer.text();
    assert.ok([303, 401].includes(answer.status), `${path}: ${answer.status}`);
    assert.doesNotMatch(text, /checkout|payment/, path);
    if (answer.status === 303) assert.match(answer.headers.get("location")!, /^\/login\?back=/);
  }
  for (const name of Object.keys(CHANGES)) {
    for (const path of [`/changes/${name}`, `/api/v1/changes/${name}`]) {
      assert.equal((await made.ask(path, { method: "POST", body: new URLSearchParams() })).status, 401, path);
    }
  }
});

Deno.test("access: a program brings the token with each request", async () => {
  await using made = await madeSite({ token: TOKEN });
  for (const path of CLOSED) {
    if (path === "/events") continue;
    assert.ok([200, 302, 404].includes((await made.ask(path, { headers: BEARER })).status), path);
  }
  const wrong = await made.ask("/api/v1/overview", { headers: { authorization: "Bearer nope" } });
  assert.deepEqual([wrong.status, await wrong.json()], [401, {
    error: "Cannot log in: that is not the token",
  }]);
  const told = await made.ask("/api/v1/overview");
  assert.deepEqual([told.status, told.headers.get("www-authenticate")], [401, "Bearer"]);
});

async function logIn(made: MadeSite, token: string, more: Record<string, string> = {}, from?: string) {
  const page = await made.ask("/login"), cookie = page.headers.get("set-cookie")!.split(";")[0];
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())![1];
  const body = new URLSearchParams({ csrf, token, name: "Kim \u202eK", back: "/incidents?last=7d", ...more });
  return await made.ask("/login", { method: "POST", headers: { cookie }, body, from });
}

Deno.test("access: people log in by a form, with a session of their own that lasts until they log out", async () => {
  await using made = await madeSite({ token: TOKEN });
  const before = (await made.ask("/login")).headers.get("set-cookie")!;
  assert.match(before, /^deepscan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const answer = await logIn(made, TOKEN), [set] = answer.headers.getSetCookie();
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/incidents?last=7d"]);
  const cookie = set.split(";")[0];
  assert.notEqual(cookie, before.split(";")[0]); // one that was known before it is never let in
  const page = await made.ask("/models", { headers: { cookie, accept: "text/html" } }),
    text = await page.text();
  assert.equal(page.status, 200);
  assert.ok(!text.includes(TOKEN) && !text.includes("\u202e"));
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)![1];
  await made.ask("/logout", { method: "POST", headers: { cookie }, body: new URLSearchParams({ csrf }) });
  assert.equal((await made.ask("/models", { headers: { cookie } })).status, 303);
});

Deno.test("access: a session ends when it is not used, and after a week in any case", async () => {
  await using made = await madeSite({ token: TOKEN });
  const cookie = (await logIn(made, TOKEN)).headers.getSetCookie()[0].split(";")[0];
  const status = async () => (await made.ask("/models", { headers: { cookie } })).status;
  made.clock.now += 11 * 3_600_000;
  assert.equal(await status(), 200);
  made.clock.now += 13 * 3_600_000;
  assert.equal(await status(), 303);
});

Deno.test("access: who guesses has to wait, longer each time; others don't", async () => {
  await using made = await madeSite({ token: TOKEN });
  for (let i = 0; i < 3; i++) assert.equal((await logIn(made, `guess ${i}`, {}, "192.0.2.7")).status, 401);
  const waits = await logIn(made, TOKEN, {}, "192.0.2.7");
  assert.deepEqual([waits.status, waits.headers.get("retry-after")], [429, "1"]);
  assert.match(await waits.text(), /it was tried too often; wait 1 s/);
  assert.equal((await logIn(made, TOKEN, {}, "192.0.2.8")).status, 303);
  made.clock.now += 1_000;
  assert.equal((await logIn(made, "guess again", {}, "192.0.2.7")).status, 401);
  assert.equal((await logIn(made, TOKEN, {}, "192.0.2.7")).headers.get("retry-after"), "2");
  for (let i = 0; i < 60; i++) {
    await made.ask("/metrics", { headers: { authorization: "Bearer x" }, from: `198.51.100.${i}` });
  }
  assert.equal((await logIn(made, TOKEN, {}, "203.0.113.1")).status, 429); // all together
  made.clock.now += 60_000;
  assert.equal((await logIn(made, TOKEN, {}, "203.0.113.1")).status, 303);
});

Deno.test("access: a reverse proxy is believed where it is trusted, and nobody else", async () => {
  await using made = await madeSite({ settings: { ...behindProxy, trusted_proxies: ["10.0.0.5"] } });
  const named = { "x-forwarded-user": "kim" };
  assert.equal((await made.ask("/models", { headers: named, from: "10.0.0.5" })).status, 200);
  assert.equal((await made.ask("/models", { headers: named, from: "::ffff:10.0.0.5" })).status, 200);
  for (const [headers, from] of [[named, "10.0.0.6"], [{}, "10.0.0.5"]] as const) {
    const answer = await made.ask("/api/v1/models", { headers, from });
    assert.equal(answer.status, 403);
    assert.match((await answer.json()).error, /the reverse proxy in front of this has not said so/);
  }
  await using both = await madeSite({
    token: TOKEN,
    settings: { ...behindProxy, trusted_proxies: ["10.0.0.5"] },
  });
  assert.equal((await both.ask("/models", { headers: named, from: "10.0.0.6" })).status, 303); // may log in
  assert.equal((await both.ask("/models", { headers: named, from: "10.0.0.5" })).status, 200);
});

Deno.test("access: asked for by a name that it does not have, it answers nothing", async () => {
  await using made = await madeSite();
  for (const host of ["evil.example", "127.0.0.1:9999", "localhost.evil.example:8765", "127.0.0.1"]) {
    for (const path of ["/overview", "/api/v1/overview", "/healthz", "/login"]) {
      const answer = await made.ask(path, { headers: { host } });
      assert.deepEqual([answer.status, host], [421, host]);
    }
  }
  for (const host of ["localhost:8765", "[::1]:8765", "LOCALHOST:8765"]) {
    assert.equal((await made.ask("/healthz", { headers: { host } })).status, 200, host);
  }
  await using public_ = await madeSite({ settings: { base_url: "https://logs.example.com/deepscan" } });
  const headers = { host: "logs.example.com" };
  const page = await public_.ask("/deepscan/models", { headers }), text = await page.text();
  assert.match(page.headers.get("set-cookie")!, /Path=\/deepscan; HttpOnly; Secure; SameSite=Strict/);
  const links = [...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link]) => link);
  assert.ok(links.length > 5);
  assert.deepEqual(links.filter((link) => !link.startsWith("/deepscan/") && !link.startsWith("#")), []);
  assert.equal((await public_.ask("/models", { headers })).status, 200); // the proxy has taken the path away
});

Deno.test("access: every answer has the headers that keep browsers from harm, and is kept by nobody", async () => {
  await using made = await madeSite({ token: TOKEN });
  const answers = [
    ...[await made.ask("/login"), await made.ask("/overview"), await made.ask("/nope", { headers: BEARER })],
    ...[
      await made.ask("/api/v1/overview", { headers: BEARER }),
      await made.ask("/overview", { method: "PUT" }),
    ],
    await made.ask("/overview", { headers: { host: "evil.example" } }),
  ];
  for (const { headers, status } of answers) {
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; .*frame-ancestors 'none'/, `${status}`);
    assert.ok(!/unsafe|\*|http:/.test(policy));
    const others = ["x-content-type-options", "referrer-policy", "x-frame-options", "cache-control"];
    assert.deepEqual(others.map((name) => headers.get(name)), ["nosniff", "same-origin", "DENY", "no-store"]);
  }
  const page = await (await made.ask("/login")).text();
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|javascript:/i);
});

Deno.test("access: files of pages are served from a fixed list, whatever path is asked for", async () => {
  await using made = await madeSite({ token: TOKEN });
  const path = made.site.assets.pathOf("page.css"),
    answer = await made.ask(path),
    folder = path.replace("page.css", "");
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "text/css; charset=utf-8"]);
  assert.match(answer.headers.get("cache-control")!, /immutable/);
  for (
    const wrong of [
      ...[
        "../mod.ts",
        "..%2fmod.ts",
        "%2e%2e/mod.ts",
        "....//mod.ts",
        "mod.ts",
        "/etc/passwd",
        "page.css/",
        "page.css%00",
      ],
      ...["__proto__", "constructor", "toString", "PAGE.CSS", ""],
    ]
  ) assert.ok([303, 404].includes((await made.ask(`${folder}${wrong}`)).status), wrong);
  assert.equal((await made.ask("/assets/0000000000000000/page.css")).status, 404);
});

Deno.test("access: no answer, log or audit shows a secret", async () => {
  const key = "AKIAIOSFODNN7EXAMPLE";
  await using made = await madeSite({ token: TOKEN });
  const said = (path: string, init: RequestInit = {}) =>
    made.ask(path, { headers: { ...BEARER, "content-type": "application/json" }, ...init });
  const { firing } = made.incidents, note = `look, password=hunter2 and ${key}`;
  const body = JSON.stringify({ incident: firing, note });
  assert.equal((await said("/api/v1/changes/acknowledge", { method: "POST", body })).status, 200);
  await said("/api/v1/changes/silence", {
    method: "POST",
    body: JSON.stringify({ stream: "shop", for: "1h", note }),
  });
  await said("/api/v1/changes/nonsense", { method: "POST", body });
  await logIn(made, `${TOKEN}x`);
  const paths = [...CLOSED, `/incidents/${firing}`, `/api/v1/incidents/${firing}`, "/healthz", "/readyz"];
  for (const path of paths) {
    if (path === "/events") continue;
    const text = await (await said(path)).text();
    for (const secret of [TOKEN, "hunter2", key]) assert.ok(!text.includes(secret), `${path}: ${secret}`);
  }
  const audit = await Deno.readTextFile(`${made.plan.config.state.directory}/dashboard-audit.jsonl`);
  assert.match(audit, /"what":"acknowledge","about":"incident /);
  for (const secret of [TOKEN, "hunter2", key]) {
    assert.ok(!audit.includes(secret) && !made.logged.join().includes(secret));
  }
  const { audit: shown } = await (await said("/api/v1/health")).json();
  assert.deepEqual(shown.map(({ what, who }: { what: string; who: string }) => `${what} ${who}`), [
    "silence a program",
    "acknowledge a program",
  ]);
});
