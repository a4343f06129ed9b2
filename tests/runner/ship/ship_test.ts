import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { lines, Shipper, text } from "./shipper.ts";

Deno.test("ship sends every record once, with its fields", async () => {
  await using shipper = await Shipper.make();
  shipper.append(
    '2026-03-02T10:00:00.123Z ERROR pay: no stock\n  at shop.js:1\n2026-03-03T00:00:00Z WARN näh "x"\n',
  );
  const { code, figures, stderr } = await shipper.ship();
  assert.equal(code, 0, stderr);
  assert.equal(figures.created, 2);
  const [first, second] = shipper.cluster.sorted();
  assert.equal(first.index, "server-logs-2026.03.02");
  assert.equal(second.index, "server-logs-2026.03.03");
  assert.deepEqual(first.source.log, { level: "ERROR", file: { path: shipper.path("shop.log") }, offset: 0 });
  assert.equal(first.source["@timestamp"], "2026-03-02T10:00:00.123Z");
  assert.equal(first.source.event.severity, 17);
  assert.equal(first.source.event.original, "2026-03-02T10:00:00.123Z ERROR pay: no stock\n  at shop.js:1");
  assert.match(first.source.message, /no stock\n {2}at shop\.js:1$/);
  assert.deepEqual([first.source.service, first.source.deepscan], [{ name: "shop" }, { parsed: true }]);
  assert.equal(second.source.message, 'näh "x"');
});

Deno.test("ship goes on where it stopped, and adds nothing when its state is lost", async () => {
  await using shipper = await Shipper.make();
  const all = lines(0, 900);
  shipper.append(text(all.slice(0, 500)));
  assert.equal((await shipper.ship()).figures.created, 500);
  shipper.append(text(all.slice(500)));
  assert.equal((await shipper.ship()).figures.read, 400);
  await Deno.remove(shipper.path("state"), { recursive: true });
  const { figures } = await shipper.ship();
  assert.deepEqual([figures.created, figures.existing], [0, 900]);
  assert.deepEqual(shipper.cluster.originals(), all);
});

for (const way of ["renamed", "copied and truncated", "compressed"]) {
  Deno.test(`ship names a record alike when its file was ${way}`, async () => {
    await using shipper = await Shipper.make();
    const all = lines(0, 700), log = shipper.path("shop.log");
    shipper.append(text(all.slice(0, 300)));
    await shipper.ship();
    shipper.append(text(all.slice(300, 500)));
    const content = await Deno.readFile(log);
    if (way === "renamed") await Deno.rename(log, `${log}.1`);
    else {await Deno.writeFile(
        `${log}.1${way === "compressed" ? ".gz" : ""}`,
        way === "compressed" ? gzipSync(content) : content,
      );}
    await Deno.writeTextFile(log, text(all.slice(500)));
    assert.equal((await shipper.ship()).figures.created, 400);
    assert.deepEqual(shipper.cluster.originals(), all);
    await Deno.remove(shipper.path("state"), { recursive: true });
    assert.equal((await shipper.ship()).figures.existing, 700);
  });
}

Deno.test("ship sends only what was refused for now again", async () => {
  await using shipper = await Shipper.make({ more: "ship: {patience: 5s}" });
  const all = lines(0, 100), refused = new Set<string>();
  shipper.append(text(all));
  shipper.cluster.refuse = ({ id, source }) => {
    if (source.event.sequence % 5 > 0 || refused.has(id)) return null;
    refused.add(id);
    return { status: 429, type: "es_rejected_execution_exception", reason: "full" };
  };
  const { code, figures } = await shipper.ship();
  assert.equal(code, 0);
  assert.deepEqual(shipper.cluster.requests, [100, refused.size]);
  assert.deepEqual([figures.created, figures.retried], [100, refused.size]);
});

Deno.test("ship keeps what the index refuses, with the reason, and says so", async () => {
  await using shipper = await Shipper.make();
  shipper.append(text(lines(0, 10)));
  shipper.cluster.refuse = ({ source }) =>
    source.message.includes("order 7")
      ? { status: 400, type: "document_parsing_exception", reason: "no date" }
      : null;
  const { code, figures, stderr } = await shipper.ship();
  assert.deepEqual([code, figures.created, figures.dropped], [1, 9, 1]);
  assert.match(stderr, /1 × document_parsing_exception: no date/);
  const kept = JSON.parse(await Deno.readTextFile(shipper.path("state/ship/dropped.ndjson")));
  assert.deepEqual([kept.status, kept.reason], [400, "no date"]);
  assert.match(kept.document.event.original, /order 7 was packed/);
  assert.equal((await shipper.ship()).figures.read, 0);
});

Deno.test("ship spools while the cluster is away, and sends that when it is back, whatever became of the files", async () => {
  await using shipper = await Shipper.make();
  const all = lines(0, 300);
  shipper.append(text(all.slice(0, 200)));
  shipper.cluster.away = true;
  const away = await shipper.ship();
  assert.deepEqual([away.code, away.figures.created, away.figures.spooled], [1, 0, 200]);
  await Deno.writeTextFile(shipper.path("shop.log"), text(all.slice(200)));
  shipper.cluster.away = false;
  const back = await shipper.ship();
  assert.deepEqual([back.code, back.figures.replayed, back.figures.waiting], [0, 200, 0], back.stderr);
  assert.deepEqual(shipper.cluster.originals().sort(), all);
});

for (
  const [status, words] of [[401, "doesn't know the user"], [403, "no right"], [413, "dropped"]] as const
) {
  Deno.test(`ship says why where the cluster answers ${status}, and loses nothing`, async () => {
    await using shipper = await Shipper.make();
    shipper.append(text(lines(0, 4)));
    shipper.cluster.away = status;
    const { code, stderr, figures } = await shipper.ship();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(words));
    assert.equal(figures.spooled + figures.dropped, 4);
  });
}

Deno.test("ship keeps what a read-only index doesn't take", async () => {
  await using shipper = await Shipper.make();
  shipper.append(text(lines(0, 4)));
  const reason =
    "index [server-logs-2026.03.02] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];";
  shipper.cluster.refuse = () => ({ status: 429, type: "cluster_block_exception", reason });
  const { code, stderr, figures } = await shipper.ship();
  assert.deepEqual([code, figures.spooled, figures.dropped], [1, 4, 0]);
  assert.match(stderr, /the index is read-only; where its disk was full, free some space/);
  shipper.cluster.refuse = () => null;
  assert.equal((await shipper.ship()).code, 0);
  assert.equal(shipper.cluster.documents.size, 4);
});

Deno.test("ship leaves in the files what the spool has no room for", async () => {
  await using shipper = await Shipper.make({ more: "ship: {patience: 0s, spool: 1MB}" });
  const all = lines(0, 30_000);
  shipper.append(text(all));
  shipper.cluster.away = true;
  const { code, stderr, figures } = await shipper.ship();
  assert.equal(code, 1);
  assert.match(stderr, /the spool is full .*; the rest stays in its files/);
  assert.ok(figures.waiting <= 1_000_000);
  shipper.cluster.away = false;
  assert.equal((await shipper.ship()).code, 0);
  assert.deepEqual(shipper.cluster.originals(), all);
});

Deno.test("ship sets a damaged part of the spool aside and says so", async () => {
  await using shipper = await Shipper.make();
  shipper.append(text(lines(0, 4)));
  shipper.cluster.away = true;
  await shipper.ship();
  const path = shipper.path("state/ship/spool/000000000001.bulk"), bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, bytes.length - 3));
  await Deno.writeTextFile(`${path}.partial`, "half");
  shipper.cluster.away = false;
  const { code, stderr } = await shipper.ship();
  assert.equal(code, 1);
  assert.match(stderr, /000000000001\.damaged is damaged, it was set aside/);
  assert.equal((await shipper.ship()).code, 0);
});

Deno.test("ship neither loses nor doubles lines of a record that was written in two parts", async () => {
  await using shipper = await Shipper.make();
  const head = "2026-03-02T10:00:00Z ERROR lost\n  at one\n",
    tail = "  at two\n2026-03-02T10:00:01Z INFO back\n";
  shipper.append(head);
  shipper.cluster.loseAnswer = () => true; // taken, but nobody knows
  await shipper.ship();
  await Deno.remove(shipper.path("state/ship/spool"), { recursive: true });
  shipper.append(tail);
  shipper.cluster.loseAnswer = () => false;
  await shipper.ship();
  assert.equal(text(shipper.cluster.originals()), head + tail);
  assert.deepEqual(shipper.cluster.sorted().map(({ source }) => source.deepscan.continues ?? false), [
    false,
    true,
    false,
  ]);
});

Deno.test("ship keeps records whole that lie across the borders of what is read at once", async () => {
  await using shipper = await Shipper.make();
  const record = (i: number) =>
    `${lines(i, 1)[0]}\n${"  at somewhere in a long trace of calls\n".repeat(i % 700)}`;
  const records = Array.from({ length: 200 }, (_, i) => record(i * 37));
  shipper.append(records.join(""));
  assert.equal((await shipper.ship()).code, 0);
  assert.deepEqual(shipper.cluster.originals().map((original) => `${original}\n`), records);
});

Deno.test("ship divides a record that is too long, and keeps every line of it", async () => {
  await using shipper = await Shipper.make();
  const record = `${lines(0, 1)[0]}\n${"  at somewhere in an endless trace of calls\n".repeat(30_000)}`;
  shipper.append(record + text(lines(1, 1)));
  assert.equal((await shipper.ship()).code, 0);
  assert.equal(text(shipper.cluster.originals()), record + text(lines(1, 1)));
  assert.ok(shipper.cluster.documents.size > 5);
  await Deno.remove(shipper.path("state"), { recursive: true });
  assert.equal((await shipper.ship()).figures.created, 0);
});

Deno.test("ship gives a line without a time that of the line before, and says how many there are", async () => {
  await using shipper = await Shipper.make();
  shipper.append(`no time yet\n${lines(0, 1)[0]}\n`);
  const { figures } = await shipper.ship();
  assert.equal(figures.untimed, 1);
  assert.equal(shipper.cluster.sorted()[0].source.deepscan.time_inferred, true);
});

Deno.test("ship logs in with an API key, and packs its requests", async () => {
  await using shipper = await Shipper.make({ cluster: ", api_key_file: key, compression: true" });
  await Deno.writeTextFile(shipper.path("key"), "aWQ6a2V5\n");
  shipper.append(text(lines(0, 100)));
  const { code, stderr } = await shipper.ship();
  assert.equal(code, 0, stderr);
  const { headers, documents, bytes } = shipper.cluster;
  assert.equal(headers.get("authorization"), "ApiKey aWQ6a2V5");
  assert.equal(headers.get("content-encoding"), "gzip");
  assert.ok(bytes.sent < bytes.unpacked / 3);
  assert.equal(documents.size, 100);
});

Deno.test("ship only ever creates documents in a data stream, under its one name", async () => {
  await using shipper = await Shipper.make({
    more: "ship: {patience: 0s, index: logs-shop-default, data_stream: true}",
  });
  shipper.append(text(lines(0, 3)) + "2026-03-04T10:00:00Z INFO another day\n");
  assert.equal((await shipper.ship()).code, 0);
  const sent = shipper.cluster.sorted();
  assert.deepEqual(sent.map(({ index }) => index), Array(4).fill("logs-shop-default"));
  assert.match(sent[3].source["@timestamp"], /^2026-03-04/);
  await using other = await Shipper.make({ more: "ship: {index: shop, data_stream: true}" });
  await assert.rejects(other.ship(), {
    message: /expected the index logs-DATASET-NAMESPACE of a data stream/,
  });
});

Deno.test("ship puts the index template where there is none", async () => {
  await using shipper = await Shipper.make();
  assert.match((await shipper.ship("--setup")).stderr, /was put/);
  assert.match((await shipper.ship("--setup")).stderr, /is there already/);
  assert.equal(shipper.cluster.templates, 1);
});

Deno.test("ship fails where there is nothing to read", async () => {
  await using shipper = await Shipper.make();
  const { code, stderr } = await shipper.ship();
  assert.equal(code, 1);
  assert.match(stderr, /stream shop: there is nothing to read/);
});
