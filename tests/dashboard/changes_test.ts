import assert from "node:assert/strict";
import { State } from "../../lib/mod.ts";
import { changeRegistry, changeState } from "../../runner/dashboard/changes/change.ts";
import { madeSite, NOW, TOKEN } from "./made_site.ts";

const BEARER = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };

Deno.test("POST /changes: an incident is acknowledged, silenced and judged by forms, as on the command line", async () => {
  await using made = await madeSite();
  const { incidents: { firing }, plan } = made, browser = await made.browser(), back = `/incidents/${firing}`;
  const note = "looking, password=hunter2";
  const answer = await browser.post("/changes/acknowledge", { incident: firing, note, back });
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, back]);
  const page = await (await made.ask(back, { headers: { cookie: browser.cookie } })).text();
  assert.match(page, new RegExp(`kim takes care of incident ${firing}`));
  assert.doesNotMatch(
    await (await made.ask(back, { headers: { cookie: browser.cookie } })).text(),
    /takes care of incident/,
  );
  await browser.post("/changes/silence", { incident: firing, for: "2h", note: "deploying", back });
  await browser.post("/changes/feedback", {
    alert: firing,
    said: "expected",
    always: "on",
    note: "planned",
    back,
  });
  const { row, silences } = await made.json(`/api/v1/incidents/${firing}`);
  const { acknowledged, silencedUntil, said } = row as Record<string, unknown>;
  assert.deepEqual({ ...acknowledged as object }, {
    who: "kim",
    at: NOW,
    note: "looking, password=<secret>",
  });
  assert.deepEqual([silencedUntil, said], [NOW + 7_200_000, "expected"]);
  assert.equal((silences as unknown[]).length, 2); // the silence, and what is never told again
  const [{ id }] = silences as { id: string }[];
  await browser.post("/changes/end-silence", { id, back });
  assert.equal((await made.json(`/api/v1/incidents/${firing}`)).silences["length"], 1);
  const written = await Deno.readTextFile(`${plan.config.state.directory}/dashboard-audit.jsonl`);
  const entries = written.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(entries.map(({ who, what, problem }) => [who, what, problem]), [
    ...["acknowledge", "silence", "feedback", "end-silence"].map((what) => ["kim", what, ""]),
  ]);
  assert.doesNotMatch(written, /hunter2/);
});

Deno.test("POST /changes: models are activated and rolled back", async () => {
  await using made = await madeSite();
  const browser = await made.browser(), { registry } = made.site.source;
  const post = async (name: string, fields: Record<string, string>) => {
    await browser.post(`/changes/${name}`, { back: "/models", ...fields });
    const page = await (await made.ask("/models", { headers: { cookie: browser.cookie } })).text();
    return [registry.active(), /model v\d+ is active|Cannot [^<]*/.exec(page)?.[0]];
  };
  assert.deepEqual(await post("rollback", { version: "v0007" }), [
    "v0002",
    "Cannot roll back to v0007: it is not the one before any more",
  ]);
  assert.deepEqual(await post("rollback", { version: "v0001" }), ["v0001", "model v0001 is active"]);
  assert.deepEqual(await post("activate", { version: "v0002" }), ["v0002", "model v0002 is active"]);
  assert.match((await post("activate", { version: "v0009" }))[1]!, /Cannot use model v0009/);
  assert.match((await post("promote", {}))[1]!, /Cannot work on a candidate: none is tried/);
});

Deno.test("POST /changes: what was not sent by a page of this very session changes nothing", async () => {
  await using made = await madeSite();
  const { incidents: { firing } } = made, browser = await made.browser(), other = await made.browser();
  const fields = { incident: firing, note: "" }, path = "/changes/acknowledge";
  const refused: [string, Promise<Response>][] = [
    ["no proof", browser.post(path, { ...fields, csrf: "" })],
    ["another session's proof", browser.post(path, { ...fields, csrf: other.csrf })],
    ["another origin", browser.post(path, fields, { origin: "https://evil.example" })],
    ["no origin a browser would say", browser.post(path, fields, { origin: "null" })],
    ["another port", browser.post(path, fields, { origin: "http://127.0.0.1:9999" })],
    ["another site", browser.post(path, fields, { "sec-fetch-site": "cross-site" })],
    ["a page of the same site", browser.post(path, fields, { "sec-fetch-site": "same-site" })],
    ["no cookie", browser.post(path, fields, { cookie: "" })],
    ["the interface for programs", browser.post(`/api/v1${path}`, { ...fields, csrf: "" })],
  ];
  for (const [what, sent] of refused) assert.equal((await sent).status, 403, what);
  const page = await browser.post(path, { ...fields, csrf: "" }, { accept: "text/html,*/*" });
  assert.deepEqual([page.status, page.headers.get("content-type")], [403, "text/html; charset=UTF-8"]);
  assert.match(await page.text(), /Cannot do that: the page is too old; load it again/);
  assert.equal((await made.ask(path)).status, 404); // nothing is changed by looking
  assert.equal(made.change((state) => state.incidents.acknowledgement(firing)), null);
  const own = await browser.post(`/api/v1${path}`, { ...fields, csrf: "" }, { "x-csrf-token": browser.csrf });
  assert.deepEqual([own.status, await own.json()], [200, {
    ...{ said: `kim takes care of incident ${firing}`, about: `incident ${firing}`, note: "" },
  }]);
});

Deno.test("POST /api/v1/changes: a program with the token needs no session; it is told what is wrong", async () => {
  await using made = await madeSite({ token: TOKEN });
  const post = async (name: string, body: unknown, headers: Record<string, string> = BEARER) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await made.ask(`/api/v1/changes/${name}`, { method: "POST", headers, body: text });
    return [answer.status, JSON.stringify(await answer.json())] as const;
  };
  const { firing } = made.incidents;
  assert.equal((await post("acknowledge", { incident: firing }))[0], 200);
  const wrong: [string, unknown, number, RegExp][] = [
    ["nonsense", {}, 404, /no such thing/],
    ["toString", {}, 404, /no such thing/],
    ["acknowledge", { incident: "ffffffff" }, 404, /there is none/],
    ["acknowledge", {}, 400, /incident: /],
    ["acknowledge", { incident: firing, more: "x" }, 400, /more/],
    ["acknowledge", [], 400, /expected a JSON object/],
    ["acknowledge", "{", 400, /it is no JSON/],
    ["acknowledge", { incident: firing, note: "x".repeat(17_000) }, 413, /16384 bytes are the most/],
    ["silence", { for: "2h" }, 400, /Cannot silence everything/],
    ["silence", { stream: "shop", for: "soon" }, 400, /expected a length of time/],
    ["silence", { stream: "shop", for: "9000d" }, 400, /a year at the most/],
    ["feedback", { alert: firing, said: "maybe" }, 400, /said: /],
    ["feedback", { alert: firing, said: "true", always: "on" }, 400, /only what is expected/],
    ["activate", { version: "../v0001" }, 400, /version: expected such as v0001/],
  ];
  for (const [name, body, status, why] of wrong) {
    const [given, text] = await post(name, body);
    assert.deepEqual([given, name, body], [status, name, body]);
    assert.match(text, why);
  }
  assert.equal(
    (await post("acknowledge", "incident=x", { ...BEARER, "content-type": "text/plain" }))[0],
    415,
  );
});

Deno.test("POST /changes: nothing can be changed where the settings say so, nor before there was a run", async () => {
  await using fixed = await madeSite({ settings: { read_only: true } });
  const browser = await fixed.browser();
  assert.equal(browser.csrf, ""); // its pages have no forms
  await using made = await madeSite({ token: TOKEN, settings: { read_only: true } });
  const asked = { method: "POST", headers: BEARER, body: JSON.stringify({ version: "v0001" }) };
  const answer = await made.ask("/api/v1/changes/activate", asked);
  assert.deepEqual([answer.status, await answer.json()], [403, {
    error: "Cannot change anything: dashboard.read_only is set",
  }]);
  await using empty = await madeSite({ token: TOKEN, hasState: false });
  const none = await empty.ask("/api/v1/changes/acknowledge", {
    ...asked,
    body: JSON.stringify({ incident: "0a1b" }),
  });
  assert.deepEqual([none.status, await none.json()], [409, {
    error: "Cannot change anything: there was no run yet",
  }]);
});

Deno.test("changeState() waits for another process that writes, and says so when that takes too long", async () => {
  await using made = await madeSite();
  const other = State.open(`${made.plan.config.state.directory}/state.db`);
  other.database.exec("begin immediate");
  const acknowledge = (state: State) =>
    state.transaction(() => state.incidents.acknowledge({ incident: "x", at: 0, who: "k", note: "" }));
  await assert.rejects(
    changeState(made.plan, acknowledge, { patience: 0 }),
    /Cannot change the state: another process is writing to it; try again/,
  );
  const changing = changeState(made.plan, acknowledge);
  other.database.exec("commit");
  await changing;
  other.close();
});

Deno.test("changeRegistry() makes no change later that it has said it can't make", async () => {
  await using made = await madeSite();
  const { registry } = made.site.source,
    held = Promise.withResolvers<void>(),
    let_ = Promise.withResolvers<void>();
  const other = registry.exclusively(async () => {
    held.resolve();
    await let_.promise;
  });
  await held.promise;
  let made_ = 0;
  await assert.rejects(
    changeRegistry(registry, () => Promise.resolve(++made_), { patience: 0 }),
    /another process is changing the models/,
  );
  let_.resolve();
  await other;
  await registry.exclusively(() => Promise.resolve()); // whoever waited has had its turn
  assert.equal(made_, 0);
  assert.equal(await changeRegistry(registry, () => Promise.resolve(++made_)), 1);
});
