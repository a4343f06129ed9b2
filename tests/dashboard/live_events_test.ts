import assert from "node:assert/strict";
import { LiveEvents } from "../../runner/dashboard/api/live_events.ts";
import { madeSite, NOW } from "./made_site.ts";

/** Reads events as they come. */
function reading(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader(), decoder = new TextDecoder();
  const next = async () => {
    const { value } = await reader.read();
    return value && decoder.decode(value);
  };
  return { next, cancel: () => reader.cancel() };
}

function watched() {
  const seen = { version: "1", looks: 0 };
  const events = new LiveEvents({
    version: () => (seen.looks++, seen.version),
    newestIncident: () => "0a1b",
    now: () => 7,
  }, { every: 3_600_000, heartbeat: 2 * 3_600_000, most: 2 });
  return { seen, events };
}

Deno.test("LiveEvents tells all pages of a change, after one look for all of them", async () => {
  const { seen, events } = watched(), pages = [events.listen(null)!, events.listen(null)!].map(reading);
  for (const page of pages) assert.equal(await page.next(), "retry: 3000\n\n");
  const { looks } = seen;
  events.look();
  seen.version = "2";
  events.look();
  assert.equal(seen.looks, looks + 2);
  for (const page of pages) {
    assert.equal(
      await page.next(),
      'id: 7-1\nevent: changed\ndata: {"version":1,"incident":"0a1b","at":7}\n\n',
    );
  }
  events.close();
  assert.equal(await pages[0].next(), undefined);
});

Deno.test("LiveEvents gives signs of life, and refuses more pages than it can tell", async () => {
  const { events } = watched(), page = reading(events.listen(null)!);
  const other = reading(events.listen(null)!);
  assert.equal(events.listen(null), null);
  await page.next();
  events.look();
  events.look();
  assert.equal(await page.next(), ": still here\n\n");
  await other.cancel();
  assert.equal(events.size, 1);
  const third = events.listen(null);
  assert.ok(third !== null);
  await third.cancel();
  events.close();
  assert.equal(events.size, 0);
});

Deno.test("LiveEvents tells at once a page that comes back what it has missed", async () => {
  const { seen, events } = watched(), first = reading(events.listen(null)!);
  await first.next();
  seen.version = "2";
  events.look();
  const [, id] = /^id: (.*)$/m.exec((await first.next())!)!;
  assert.equal(await reading(events.listen(id)!).next(), "retry: 3000\n\n");
  await first.cancel();
  assert.match((await reading(events.listen("7-0")!).next())!, /^retry: 3000\n\nid: 7-1\nevent: changed/);
  events.close();
});

Deno.test("LiveEvents lets a page go that does not read", () => {
  const { seen, events } = watched();
  events.listen(null);
  for (let i = 0; i < 2000 && events.size > 0; i++) {
    seen.version = `${i}`;
    events.look();
  }
  assert.equal(events.size, 0);
});

Deno.test("GET /events: a page hears of what somebody writes to the state", async () => {
  await using made = await madeSite({ live: { every: 20 } });
  const answer = await made.ask("/events"), page = reading(answer.body!);
  assert.equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(await page.next(), "retry: 3000\n\n");
  made.change((state) =>
    state.putRun({
      ...{
        command: "detect",
        startedAt: NOW,
        finishedAt: NOW,
        lines: 0,
        windows: 0,
        anomalous: 0,
        skipped: 0,
      },
    })
  );
  const [, data] = /\ndata: (.*)\n/.exec((await page.next())!)!;
  assert.deepEqual(JSON.parse(data), { version: 1, incident: made.incidents.firing, at: NOW });
  await page.cancel();
});
