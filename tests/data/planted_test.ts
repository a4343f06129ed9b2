import assert from "node:assert/strict";
import { FILES, generateSample, PLANTED_SECRETS, type SampleIncident } from "../../data/generate.ts";
import { all, fileOf, folder, linesOf, records, root, type Seen, summary, TIMES, within } from "./sample.ts";

Deno.test("generateSample() gives the shop a daily rhythm and a quiet Sunday", () => {
  const visits = records[FILES.web].filter(({ head }) => !/HealthCheck|Probe/.test(head));
  const perDay = new Map<number, number>(), perHour = new Array(24).fill(0);
  for (const { time } of visits) {
    const day = new Date(time).getUTCDay();
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    perHour[new Date(time).getUTCHours()]++;
  }
  for (const [day, count] of perDay) {
    if (day > 0) assert.ok(count > 1.05 * perDay.get(0)!, `${day}: ${count}`);
  }
  assert.ok(perHour[20] > 5 * perHour[3], `${perHour}`);
});

Deno.test("generateSample() plants at least ten kinds after the clean days, and five harmless ones", () => {
  assert.ok(new Set(summary.incidents.map(({ kind }) => kind)).size >= 10);
  assert.ok(new Set(summary.harmless.map(({ kind }) => kind)).size >= 5);
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  for (const { id, start, end, cause } of all) {
    assert.ok(Date.parse(start) >= summary.cleanUntil && Date.parse(end) <= summary.end, id);
    assert.ok(Date.parse(start) < Date.parse(end), id);
    if (cause !== undefined) assert.ok(all.some((other) => other.id === cause), cause);
  }
});

/** What an incident's own records look like, and whether none of them lies outside. */
const LOOKS: Record<string, { look: RegExp; only?: boolean }> = {
  "ssh-brute-force": { look: /Failed password for .* from 198\.51\.100\.250 /, only: true },
  "price-error": { look: /ERROR Catalog price lookup failed/, only: true },
  "cart-errors": { look: /ERROR HttpServer unhandled error/ },
  "cart-errors-web": { look: /"GET \/cart HTTP\/1.1" 500 / },
  "scanner": { look: /Probe\/2\.5\.0/, only: true },
  "slow-requests": { look: /WARN HttpServer slow request/ },
  "deployment": { look: /Suggestions served|merged with the guest|token renewed|feature set 4\.13/ },
  "database-latency": { look: /duration: \d+\.\d+ ms {2}statement/ },
  "catalog-latency": { look: /duration=\d{2,}ms/ },
  "heap-growth": { look: /Memory collection/ },
  "disk-full": { look: /No space left on device/, only: true },
  "statement-timeouts": { look: /ERROR: {2}canceling statement/ },
  "ssh-slow-guessing": {
    look: /(?:Failed|Accepted) password for \w+ from 198\.51\.100\.2[0-3]\d /,
    only: true,
  },
  "slow-scanner": { look: /^203\.0\.113\.231 /, only: true },
  "invoice-error": { look: /order=\d+ invoice failed/, only: true },
  "lock-waits": { look: /still waiting for ShareLock/ },
  "disk-growth": { look: /warning: \/var above 90%/, only: true },
  "renewal": { look: /Certificate of shop.example.com renewed/, only: true },
  "restart": { look: /Server / },
  "late-backup": { look: /backup-shop --full/ },
  "late-backup-db": { look: /COPY public\.\w+ TO stdout/ },
};

for (const [id, { look, only }] of Object.entries(LOOKS)) {
  Deno.test(`generateSample() keeps the lines of ${id} in its span`, () => {
    const incident = all.find((incident) => incident.id === id)!;
    const inside = within(incident).filter(({ head }) => look.test(head)).length;
    assert.ok(inside > 0);
    if (!only) return;
    const everywhere = records[fileOf(incident)].filter(({ head }) => look.test(head)).length;
    assert.equal(inside, everywhere);
  });
}

/** Numbers that `pattern` finds in records. */
function values(list: Seen[], pattern: RegExp): number[] {
  return list.flatMap(({ head }) => pattern.exec(head)?.[1] ?? []).map(Number).sort((a, b) => a - b);
}

const median = (sorted: number[]) => sorted[sorted.length >> 1];

/** Records of the incident's file in the same span of an earlier day. */
function earlier(incident: SampleIncident, days: number): Seen[] {
  const shift = (time: string) => new Date(Date.parse(time) - days * 86_400_000).toISOString();
  return within({ ...incident, start: shift(incident.start), end: shift(incident.end) });
}

Deno.test("generateSample() changes durations, not counts, in latency incidents", () => {
  const patterns: [string, RegExp, number][] = [
    ["catalog-latency", /duration=(\d+)ms/, 4],
    ["database-latency", /duration: (\S+) ms/, 5],
    ["payment-latency", /authorised code=\w+ in (\d+) ms/, 5],
  ];
  for (const [id, pattern, times] of patterns) {
    const incident = all.find((incident) => incident.id === id)!;
    const now = values(within(incident), pattern), before = values(earlier(incident, 1), pattern);
    assert.ok(median(now) > times * median(before), `${id}: ${median(now)} after ${median(before)}`);
    assert.ok(
      now.length < 2 * before.length && 2 * now.length > before.length,
      `${id}: ${now.length}, ${before.length}`,
    );
  }
});

Deno.test("generateSample() leaves silent spans empty, and no other span of that length", () => {
  for (const incident of all.filter(({ kind }) => kind === "silence")) {
    assert.equal(within(incident).length, 0, incident.id);
    assert.ok(incident.missing > 50, `${incident.id}: ${incident.missing}`);
    const length = Date.parse(incident.end) - Date.parse(incident.start), list = records[fileOf(incident)];
    const gaps = list.filter(({ time }, i) => i > 0 && time - list[i - 1].time >= length);
    assert.equal(gaps.length, 1, incident.id);
  }
});

Deno.test("generateSample() stops one job and no other", () => {
  const incident = all.find(({ kind }) => kind === "missing_heartbeat")!;
  const count = (list: Seen[], look: RegExp) => list.filter(({ head }) => look.test(head)).length;
  assert.equal(count(within(incident), /stock-export/), 0);
  assert.equal(count(earlier(incident, 1), /stock-export/), incident.missing / 3);
  assert.equal(count(within(incident), /shop-metrics/), count(earlier(incident, 1), /shop-metrics/));
});

Deno.test("generateSample() lets slow burns and resources grow over their span", () => {
  const share = (id: string, look: RegExp) => {
    const incident = all.find((incident) => incident.id === id)!, list = within(incident);
    const middle = (Date.parse(incident.start) + Date.parse(incident.end)) / 2;
    const hits = list.filter(({ head }) => look.test(head));
    return hits.filter(({ time }) => time > middle).length / hits.length;
  };
  assert.ok(share("slow-requests", /slow request/) > .6);
  assert.ok(share("lock-waits", /still waiting/) > .55);
  const heap = values(within(all.find(({ id }) => id === "heap-growth")!), /heap=(\d+)MB/);
  assert.ok(heap.at(-1)! > 950 && heap[0] < 500, `${heap[0]} to ${heap.at(-1)}`);
});

Deno.test("generateSample() brings the campaign 1.4 to 2.1 times the lines of a usual evening", () => {
  for (const incident of summary.harmless.filter(({ kind }) => kind === "traffic_peak")) {
    const count = within(incident).length, ratio = count / (count - incident.records);
    assert.ok(ratio > 1.4 && ratio < 2.1, `${incident.id}: ${ratio}`);
  }
});

Deno.test("generateSample() writes labels of what it planted", () => {
  const [head, ...rows] = linesOf("labels.csv");
  assert.equal(head, "start,end,service,label,kind");
  const expected = all.filter(({ orders }) => orders.length === 0)
    .map(({ start, end, service, harmless, kind }) =>
      `${start},${end},${service},${harmless ? 0 : 1},${kind}`
    );
  assert.deepEqual(rows.toSorted(), expected.toSorted());
  const byId = (a: SampleIncident, b: SampleIncident) => a.id < b.id ? -1 : 1;
  const stored: SampleIncident[] = JSON.parse(Deno.readTextFileSync(`${folder}/sample/incidents.json`));
  assert.deepEqual(stored.toSorted(byId), all.toSorted(byId));
});

Deno.test("data/README.md tells what is in the sample", () => {
  const readme = Deno.readTextFileSync(`${root}data/README.md`).replaceAll(/ {2,}/g, " ");
  const number = (count: number) => count.toLocaleString("en-US");
  assert.ok(readme.includes(`Together ${number(summary.lines)} lines`));
  for (const { name, lines } of summary.files) {
    assert.match(readme, new RegExp(`${name}.*\\| ${number(lines)} \\|`));
  }
  for (const { id, kind, service, start, records, missing } of all) {
    const when = `${start.slice(8, 10)} ${start.slice(11, 16)}`;
    const count = missing > 0 ? `${missing} missing` : number(records);
    assert.match(readme, new RegExp(`\\| .${id}. \\| ${kind} \\| ${service} \\| ${when} .* \\| ${count}`));
  }
});

Deno.test("generateSample() labels every order of the checkout, and only those", () => {
  const [head, ...rows] = linesOf("order_labels.csv");
  assert.equal(head, "key,label,kind");
  const keys = new Set(
    records[FILES.checkout].flatMap((record) => /order=(\d+)/.exec(record.head)?.[1] ?? []),
  );
  assert.deepEqual(new Set(rows.map((row) => row.split(",")[0])), keys);
  const anomalous = rows.filter((row) => row.split(",")[1] === "1").map((row) => row.split(",")[0]);
  assert.deepEqual(anomalous.toSorted(), summary.incidents.flatMap(({ orders }) => orders).toSorted());
  assert.ok(anomalous.length >= 30 && anomalous.length < rows.length / 20);
});

/** What each order went through, without what varies. */
const stepsOf = Map.groupBy(
  records[FILES.checkout].filter(({ head }) => head.includes(" order=")),
  ({ head }) => / order=(\d+) /.exec(head)![1],
);

/** Steps of one order, in order. */
function steps(order: string): string[] {
  return stepsOf.get(order)!.map(({ head }) =>
    head.slice(25).replace(/order=\d+ /, "").replace(/[=:]\S+|\d.*/g, "#").slice(0, 44)
  );
}

Deno.test("generateSample() swaps steps of an order without changing what they are", () => {
  const counts = new Set<string>();
  const usual = linesOf("order_labels.csv").filter((row) => /,0,$/.test(row)).map((row) => row.split(",")[0]);
  for (const order of usual) counts.add(steps(order).toSorted().join("\n"));
  for (const { id, orders } of summary.incidents.filter(({ kind }) => kind === "order_swap")) {
    const known = orders.filter((order) => counts.has(steps(order).toSorted().join("\n"))).length;
    assert.ok(known > orders.length / 2, `${id}: ${known} of ${orders.length}`);
    for (const order of orders) {
      const at = (name: string) => steps(order).findIndex((step) => step.includes(name));
      if (id === "early-parcel") assert.ok(at("parcel booked") < at("payment authorised"), order);
      else assert.ok(at("stock booked") < at("reserved"), order);
    }
  }
});

Deno.test("generateSample() plants each secret", () => {
  const text = Object.values(FILES).map((name) => Deno.readTextFileSync(`${folder}/sample/${name}`)).join("");
  const missing = Object.entries(PLANTED_SECRETS).filter(([, secret]) => !text.includes(secret));
  assert.deepEqual(missing, []);
});

Deno.test("generateSample() names nobody: mail of example.com and .org, addresses for documentation", () => {
  const documentation = ["192.0.2", "198.51.100", "203.0.113"];
  for (const { head } of Object.values(records).flat()) {
    for (const [, domain] of head.replace(/\w+:\/\/\S+/, "").matchAll(/\w@([\w.]+)/g)) {
      assert.match(domain, /^example\.(?:com|org)$/);
    }
    for (const [, address] of head.matchAll(/(?:^|from |SRC=|client=|host=)(\d+\.\d+\.\d+)\.\d+/g)) {
      assert.ok(documentation.includes(address), head);
    }
  }
});

Deno.test("generateSample() without planted things differs only where something was planted", () => {
  const clean = generateSample(`${folder}/clean`, { planted: false });
  assert.deepEqual([clean.incidents, clean.harmless], [[], []]);
  for (const name of [FILES.web, FILES.auth, FILES.db]) {
    const cleanLines = linesOf(name, `${folder}/clean`), lines = new Set(linesOf(name));
    const gone = cleanLines.filter((line) => !lines.has(line)).map((line) => TIMES[name](line));
    const spans = all.filter((incident) => fileOf(incident) === name || incident.stream === "checkout");
    const stray = gone.filter((time) =>
      !Number.isNaN(time) &&
      !spans.some(({ start, end }) =>
        time >= Date.parse(start) - 3_700_000 && time <= Date.parse(end) + 60_000
      )
    );
    assert.equal(stray.length, 0, name);
  }
});
