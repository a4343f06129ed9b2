import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { IndexInput, learn, type LearnedStream, openFiles, streamSettings } from "../../lib/mod.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { runTask, withFolder } from "../runner/tasks/task.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { ask } from "./indexed.ts";

/** A real log, and how its lines form windows. */
interface RealLog {
  name: string;
  file: string;
  session: string | null;
}

const LOGS: readonly RealLog[] = [
  { name: "hdfs", file: "hdfs_raw/HDFS_5000.log.gz", session: "(blk_-?\\d+)" },
  { name: "health", file: "healthapp_raw/HealthApp_20000.log.gz", session: null },
];
/** Lines of each that are looked at. */
const LINES = 5000;

/** Puts the log into a folder and, by `ship`, into an index of its name. */
async function ship(url: string, { name, file }: RealLog, cwd: string): Promise<void> {
  const packed = await Deno.readFile(new URL(file, REAL_LOGS));
  const lines = gunzipSync(packed).toString().trimEnd().split(/\r?\n/).slice(0, LINES);
  await Deno.writeTextFile(`${cwd}/${name}`, `${lines.join("\n")}\n`);
  const settings = `elasticsearch: {nodes: ["${url}"]}
streams: [{name: ${name}, inputs: ["${name}"]}]\nstate: {directory: state}\nship: {index: ${name}}\n`;
  await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings);
  const shipped = await runTask("deepscan", ["ship"], { cwd });
  assert.equal(shipped.code, 0, shipped.stderr);
  await ask(url, "POST", `/${name}-*/_refresh`);
}

/** What windows count: one text for each, in an order of its own. */
function countsTable({ history, windows: { vectors }, catalogue, services }: LearnedStream): string[] {
  return history.rows().map(({ kind, service, start, end, lines, vector }) => {
    const { symbols, counts } = vectors.counts(vector);
    const cells = Array.from(
      symbols,
      (symbol, i) => `${catalogue.template(symbol >> 3).id}/${symbol & 7}=${counts[i]}`,
    );
    return [kind, services.text(service), start, end, lines, ...cells.sort()].join(" ");
  }).sort();
}

withElasticsearch(NEWEST, "an index gives what its files give", (server, version) => {
  const test = (name: string, run: (cwd: string, url: string, log: RealLog) => Promise<void>) => {
    for (const log of LOGS) {
      const title = `${name}: ${log.name}, ${
        log.session === null ? "time windows" : "sessions"
      } (${version})`;
      testThatNeeds(["realLogs"], title, () => withFolder((cwd) => run(cwd, server().url, log)));
    }
  };

  test("an index that ship filled gives the counts and the verdicts of the file", async (cwd, url, log) => {
    const { name, session } = log;
    await ship(url, log, cwd);
    const settings = streamSettings({ name, service: name, session: session ?? undefined, window: 60_000 });
    const { inputs } = await openFiles([`${cwd}/${name}`]);
    const ofFile = await learn(settings, inputs);
    const index = () => new IndexInput({ nodes: [url] }, { index: `${name}-*` });
    const ofIndex = await learn(settings, [index()]);
    assert.equal(ofIndex.read, LINES);
    const [expected, found] = [ofFile, ofIndex].map(countsTable);
    assert.ok(expected.length > 100, `${expected.length} windows`);
    assert.deepEqual(found, expected);
    await sameVerdicts(cwd, log);
  });
});

/** Trains and judges by the tasks, from the file and from the index. */
async function sameVerdicts(cwd: string, { name, session }: RealLog): Promise<void> {
  const windows = session === null ? ["--window", "1m"] : ["--session", session], verdicts: string[] = [];
  for (const [model, input] of [["file", name], ["index", `elasticsearch:${name}-*`]]) {
    const train = await runTask("train", ["--input", input, "--model", model, ...windows], { cwd });
    assert.equal(train.code, 0, train.stderr);
    const args = ["--input", input, "--model", model, "--verdicts", `${model}.csv`];
    const detect = await runTask("detect", args, { cwd });
    assert.equal(detect.code, 0, detect.stderr);
    verdicts.push(await Deno.readTextFile(`${cwd}/${model}.csv`));
  }
  assert.ok(verdicts[0].split("\n").length > 100);
  assert.ok(verdicts[1] === verdicts[0], "other verdicts");
}
