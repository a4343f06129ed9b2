import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { generateSample } from "../../data/generate.ts";
import { IndexInput, learn, type LearnedStream, openFiles, streamSettings } from "../../lib/mod.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
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
    const options = session === null ? ["--window", "1m"] : ["--session", session];
    await sameVerdicts(cwd, { name, input: name, options });
  });

  Deno.test(`an index that ship filled has what headers say: addresses, processes (${version})`, () =>
    withFolder(async (cwd) => {
      generateSample(`${cwd}/sample`, { scale: 0.15 });
      const settings = await Deno.readTextFile(new URL("../../data/deepscan.yaml", import.meta.url));
      for (const [name, file] of [["web", "shop-web.access.log"], ["auth", "auth.log"]]) {
        const files = `${settings}\nelasticsearch: {nodes: ["${server().url}"]}\nship: {index: ${name}}\n`;
        await Deno.writeTextFile(`${cwd}/file.yaml`, files);
        const indices = files.replace(`sample/${file}`, `elasticsearch:${name}-*`);
        await Deno.writeTextFile(`${cwd}/index.yaml`, indices);
        const shipped = await runTask("deepscan", ["ship", "--config", "file.yaml", "--stream", name], {
          cwd,
        });
        assert.equal(shipped.code, 0, shipped.stderr);
        await ask(server().url, "POST", `/${name}-*/_refresh`);
        await sameVerdicts(cwd, { name, input: `sample/${file}` });
      }
      assert.match(await Deno.readTextFile(`${cwd}/web-index.csv`), /""id"":""scanner 203\.0\.113\.\d+""/);
    }));
});

/**
 * Trains and judges by the tasks, from the file and from the index.
 *
 * @param log `options`: of a training by inputs; without them the stream of that name is trained, by `file.yaml` and `index.yaml`.
 */
async function sameVerdicts(
  cwd: string,
  log: { name: string; input: string; options?: string[] },
): Promise<void> {
  const { name, input, options } = log, verdicts: string[] = [];
  for (const [what, from] of [["file", input], ["index", `elasticsearch:${name}-*`]]) {
    const model = ["--model", `${name}-${what}`], stream = ["--config", `${what}.yaml`, "--stream", name];
    const training = options === undefined
      ? [...stream, "--to", "2026-03-04T00:00:00Z"]
      : ["--input", from, ...options];
    const train = await runTask("train", [...training, ...model], { cwd });
    assert.equal(train.code, 0, train.stderr);
    const judging = options === undefined ? stream : [], csv = `${name}-${what}.csv`;
    const args = ["--input", from, ...model, ...judging, "--verdicts", csv];
    const detect = await runTask("detect", args, { cwd });
    assert.equal(detect.code, 0, detect.stderr);
    verdicts.push(await Deno.readTextFile(`${cwd}/${csv}`));
  }
  assert.ok(verdicts[0].split("\n").length > 100);
  assert.ok(verdicts[1] === verdicts[0], "other verdicts");
}
