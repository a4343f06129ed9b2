import assert from "node:assert/strict";
import type { Verdict } from "../../lib/explain/reason.ts";
import { SCHEMA_VERSION, StateError } from "../../lib/store/schema.ts";
import { State } from "../../lib/store/state.ts";

function verdict(some: Partial<Verdict> = {}): Verdict {
  return {
    ...{ stream: "shop", key: "shop@a", kind: "window", service: "shop", start: 0, end: 300_000, lines: 9 },
    ...{ score: 0.5, threshold: 1, anomalous: false, reasons: [] },
    ...some,
  } as Verdict;
}

async function file(): Promise<string> {
  return `${await Deno.makeTempDir()}/state.db`;
}

Deno.test("State.open() creates the schema and finds it again", async () => {
  const path = await file();
  const first = State.open(path);
  first.putStream({ name: "shop", model: "v0001", detail: { a: [1, "x"] } });
  first.close();
  const second = State.open(path);
  assert.deepEqual(second.stream("shop"), { name: "shop", model: "v0001", detail: { a: [1, "x"] } });
  assert.deepEqual(second.streams(), ["shop"]);
  assert.equal(second.stream("other"), null);
  second.close();
});

Deno.test("State.open() refuses a damaged file and says which", async () => {
  const path = await file();
  await Deno.writeTextFile(
    path,
    "this is no database, and it is long enough to be taken for a header of one",
  );
  assert.throws(
    () => State.open(path),
    (error: Error) => error instanceof StateError && error.message.includes(path),
  );
});

Deno.test("State.open() refuses a newer schema", async () => {
  const path = await file();
  const state = State.open(path);
  state.database.exec(`pragma user_version = ${SCHEMA_VERSION + 1}`);
  state.close();
  assert.throws(() => State.open(path), StateError);
  assert.throws(() => State.open(path, { readOnly: true }), StateError);
});

Deno.test("State.transaction() keeps all or nothing", () => {
  const state = State.open(":memory:");
  assert.throws(() =>
    state.transaction(() => {
      state.putStream({ name: "shop", model: "v1", detail: {} });
      throw new Error("killed");
    }), /killed/);
  assert.equal(state.stream("shop"), null);
  assert.equal(state.transaction(() => 7), 7);
  state.close();
});

Deno.test("State keeps inputs, windows, births and novelties of each stream apart", () => {
  const state = State.open(":memory:");
  state.putInputs("a", [{ name: "x", position: { offset: 1 }, reader: null }, {
    name: "y",
    position: {},
    reader: { n: 1 },
  }]);
  state.putInputs("b", [{ name: "x", position: { offset: 2 }, reader: null }]);
  state.putInputs("a", [{ name: "y", position: { offset: 5 }, reader: { n: 1 } }]);
  assert.deepEqual(state.inputs("a"), [{ name: "y", position: { offset: 5 }, reader: { n: 1 } }]);
  assert.equal(state.inputs("b").length, 1);
  state.putOpenWindows("a", new Uint8Array([1, 2, 3]));
  assert.deepEqual([...state.openWindows("a")!], [1, 2, 3]);
  assert.equal(state.openWindows("b"), null);
  state.learned.putBirths("a", 0, [{ id: "p" }, { id: "q" }]);
  state.learned.putBirths("a", 2, [{ id: "r" }]);
  assert.deepEqual(state.learned.births("a"), [{ id: "p" }, { id: "q" }, { id: "r" }]);
  state.learned.clearBirths("a");
  assert.deepEqual(state.learned.births("a"), []);
  state.learned.putNovelty("a", "t", 20);
  state.learned.putNovelty("a", "t", 10);
  state.learned.putNovelty("a", "t", 30);
  assert.deepEqual([...state.learned.novelties("a")], [["t", 10]]);
  state.close();
});

Deno.test("State.putVerdicts() replaces a verdict that comes again and keeps missing times", () => {
  const state = State.open(":memory:");
  const detectors = [{ detector: "record", share: 1 }];
  const timeless = verdict({ key: "s1", kind: "session", start: NaN, end: NaN, detectors });
  state.putVerdicts([verdict(), timeless, verdict({ key: "late", start: 900_000, end: 1_200_000 })], "v1");
  state.putVerdicts([verdict({ anomalous: true, score: 3 })], "v1");
  assert.equal(state.verdict("shop", "shop@a")?.score, 3);
  assert.deepEqual(state.verdict("shop", "s1"), timeless);
  assert.deepEqual(state.verdicts({ anomalous: true }).map((v) => v.key), ["shop@a"]);
  assert.deepEqual(state.verdicts({ stream: "shop" }).length, 3);
  assert.deepEqual(state.verdicts({ from: 600_000 }).map((v) => v.key), ["late"]);
  state.removeVerdict("shop", "late");
  assert.equal(state.verdict("shop", "late"), null);
  state.close();
});

Deno.test("State.sessionVerdicts() gives a session's verdicts and no longer key's", () => {
  const state = State.open(":memory:");
  const verdict = { stream: "shop", kind: "session" as const, service: "shop", start: 0, end: 1, lines: 1 };
  const keys = ["7", "7@2026-03-02T00:00:00.000Z", "70", "7A", "6@1"];
  state.putVerdicts(
    keys.map((key) => ({ ...verdict, key, score: 0, threshold: 1, anomalous: false, reasons: [] })),
    "v1",
  );
  assert.deepEqual(state.sessionVerdicts("shop", "7").map(({ key }) => key), keys.slice(0, 2));
  state.close();
});

Deno.test("State.highestScores() gives the highest of each span", () => {
  const state = State.open(":memory:");
  const verdict = { stream: "shop", kind: "window" as const, service: "shop", lines: 1, threshold: 1 };
  state.putVerdicts(
    [[0, .5], [50, 2], [100, .25], [200, 1]].map(([start, score]) => ({
      ...{
        ...verdict,
        key: `shop@${start}`,
        start,
        end: start + 50,
        score,
        anomalous: score > 1,
        reasons: [],
      },
    })),
    "v1",
  );
  assert.deepEqual(state.highestScores("shop", 0, 200, 100), [
    { start: 50, score: 2, threshold: 1, anomalous: true },
    { start: 100, score: .25, threshold: 1, anomalous: false },
  ]);
  const of = (narrow: { kind?: "session"; service?: string }) =>
    state.highestScores("shop", 0, 200, 100, narrow).length;
  assert.deepEqual([of({ service: "shop" }), of({ service: "auth" }), of({ kind: "session" })], [2, 0, 0]);
  state.close();
});

Deno.test("State.openAlerts() gives the firing ones of a stream", () => {
  const state = State.open(":memory:");
  const alert = { id: "1", stream: "a", status: "firing" as const, start: 1, end: 2, body: "{}" };
  state.putAlert(alert);
  state.putAlert({ ...alert, id: "2", status: "closed" });
  state.putAlert({ ...alert, id: "3", stream: "b" });
  assert.deepEqual(state.openAlerts("a"), [{ ...alert, service: "", cause: "", incident: "" }]);
  assert.equal(state.alerts().length, 3);
  state.close();
});

Deno.test("State.copy() is a copy that may be changed, of what is in the write-ahead log too, and leaves no file behind", async () => {
  const path = await file(),
    folder = path.replace("/state.db", ""),
    names = () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  const absent = State.copy(path);
  assert.deepEqual([absent.streams(), names()], [[], []]);
  absent.close();
  const state = State.open(path);
  state.putStream({ name: "shop", model: "v1", detail: {} });
  const open = State.copy(path);
  assert.deepEqual(open.streams(), ["shop"]);
  open.close();
  state.close();
  const before = names(), closed = State.copy(path);
  closed.putStream({ name: "bar", model: "v1", detail: {} });
  assert.deepEqual(closed.streams(), ["bar", "shop"]);
  closed.close();
  assert.deepEqual(names(), before);
  const again = State.open(path);
  assert.deepEqual(again.streams(), ["shop"]);
  again.close();
});

Deno.test("State.prune() forgets old verdicts, closed alerts and what was sent of them, in batches, and nothing else", () => {
  const state = State.open(":memory:"), day = 86_400_000;
  for (const stream of ["a", "b"]) {
    const old = Array.from(
      { length: 5 },
      (_, i) => verdict({ stream, key: `w${i}`, start: i * day, end: (i + 1) * day }),
    );
    state.putVerdicts([...old, verdict({ stream, key: "timeless", start: NaN, end: NaN })], "v1");
  }
  const alert = { id: "old", stream: "a", status: "closed" as const, start: 0, end: day, body: "{}" };
  const alerts = [alert, { ...alert, id: "waits" }, { ...alert, id: "young", end: 9 * day }];
  for (const each of [...alerts, { ...alert, id: "open", status: "firing" as const }]) state.putAlert(each);
  for (const id of ["old", "waits"]) {
    state.deliveries.enqueue({ key: `${id}.mail`, alert: id, channel: "mail", payload: "{}", dueAt: 0 });
  }
  state.deliveries.delivered("old.mail", 1);
  assert.deepEqual(state.prune("a", 4.5 * day, 3), { verdicts: 3, alerts: 1 });
  assert.deepEqual(state.prune("a", 4.5 * day, 3), { verdicts: 1, alerts: 0 });
  assert.deepEqual(state.prune("a", 4.5 * day, 3), { verdicts: 0, alerts: 0 });
  assert.deepEqual(state.verdicts({ stream: "a" }).map(({ key }) => key), ["timeless", "w4"]);
  assert.equal(state.verdicts({ stream: "b" }).length, 6);
  assert.deepEqual(state.alerts().map(({ id }) => id).sort(), ["open", "waits", "young"]);
  assert.deepEqual(state.deliveries.counts(), { due: 1 });
  const run = {
    command: "detect",
    lines: 0,
    windows: 0,
    anomalous: 0,
    skipped: 0,
    startedAt: 5,
    finishedAt: 6,
  };
  state.putRun(run);
  state.pruneRuns(5);
  assert.equal(state.database.prepare("select count(*) as n from run").get()?.n, 1);
  state.pruneRuns(6);
  assert.equal(state.database.prepare("select count(*) as n from run").get()?.n, 0);
  state.close();
});

Deno.test("State.putAlertsOf() says which alert anomalous windows belong to, until they are judged anew", () => {
  const state = State.open(":memory:"), anomalous = verdict({ anomalous: true, score: 2 });
  state.putVerdicts([anomalous, verdict({ key: "calm" })], "v1");
  const own = new Map([["shop@a", "a1"], ["calm", "a1"], ["gone", "a1"]]);
  state.putAlertsOf("shop", own);
  const { key, kind, service, start, end } = anomalous;
  assert.deepEqual(state.alertedWindows("shop"), [{
    key,
    kind,
    service,
    start,
    end,
    alert: "a1",
    model: "v1",
  }]);
  state.putAlertsOf("other", new Map([["shop@a", "a2"]]));
  assert.equal(state.alertedWindows("shop")[0].alert, "a1");
  state.putVerdicts([{ ...anomalous, score: 3 }], "v1");
  assert.equal(state.alertedWindows("shop")[0].alert, "");
  state.close();
});

Deno.test("State.prune() keeps alerts that something was said of, and their windows", () => {
  const state = State.open(":memory:"), day = 86_400_000;
  const alert = { stream: "a", status: "closed" as const, start: 0, end: day, body: "{}" };
  for (const id of ["said", "unsaid"]) {
    state.putAlert({ ...alert, id });
    state.putVerdicts([verdict({ stream: "a", key: id, start: 0, end: day, anomalous: true })], "v1");
    state.putAlertsOf("a", new Map([[id, id]]));
  }
  state.feedback.put({ alert: "said", stream: "a", said: "expected", note: "", at: 0 });
  assert.deepEqual(state.prune("a", 9 * day), { verdicts: 1, alerts: 1 });
  assert.deepEqual(state.alerts().map(({ id }) => id), ["said"]);
  assert.deepEqual(state.alertedWindows("a").map(({ key }) => key), ["said"]);
  assert.equal(state.alert("unsaid"), null);
  assert.equal(state.alert("said")?.end, day);
  assert.equal(state.feedback.remove("said"), true);
  assert.deepEqual(state.prune("a", 9 * day), { verdicts: 1, alerts: 1 });
  state.close();
});
