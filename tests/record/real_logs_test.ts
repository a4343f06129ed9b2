import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { MemoryInput } from "./memory_input.ts";

/** By path: the format, and the least share of records that parse. */
const EXPECTED: [RegExp, string, number][] = [
  [/HDFS_\w+\.log/, "log4j", 1],
  [/Zookeeper_2k\.log$/, "log4j", 1],
  [/(OpenSSH|Linux)_2k\.log$/, "syslog", 1],
  [/linux_raw|elastic_auth/, "syslog", 0.99],
  [/elastic_web.*log|acunetix/, "combined", 0.99],
  [/kafka\d\/logs\/(server|controller|state-change)|kafka\.txt/, "log4j", 0.99],
  [/Apache_2k\.log$/, "apache_error", 1],
  [/logfmt/, "logfmt", 1],
  [/drone-json|jsonl/, "json", 1],
  [/vault|calico/, "iso8601", 0.99],
];

function* logs(folder: URL): Generator<URL> {
  for (
    const { name, isDirectory } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)
  ) {
    if (isDirectory) yield* logs(new URL(`${name}/`, folder));
    else yield new URL(name, folder);
  }
}

function bytesOfFile(url: URL): Uint8Array {
  const bytes = Deno.readFileSync(url);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

testThatNeeds(
  ["realLogs"],
  "RecordReader reads every real log: each line once, its format told",
  async (t) => {
    let files = 0;
    for (const url of logs(REAL_LOGS)) {
      const path = url.pathname.slice(REAL_LOGS.pathname.length), bytes = bytesOfFile(url);
      if (bytes.length === 0) continue;
      files++;
      await t.step(path, async () => {
        const input = new MemoryInput(bytes);
        const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "f" });
        let lines = 0;
        for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
          lines += batch.continued;
          for (let i = 0; i < batch.length; i++) lines += batch.lines[i];
        }
        assert.equal(lines, countLines(bytes));
        assert.equal(reader.quality.lines, lines);
        assert.equal(reader.offset, bytes.length);
        const expected = EXPECTED.find(([part]) => part.test(path) && !path.includes("csv"));
        if (expected !== undefined) {
          assert.equal(reader.format?.name, expected[1]);
          assert.ok(reader.quality.share >= expected[2], `${reader.quality.share} of the records parsed`);
        }
      });
    }
    assert.ok(files > 100);
  },
);

function countLines(bytes: Uint8Array): number {
  let count = bytes.at(-1) === 10 ? 0 : 1;
  for (let p = bytes.indexOf(10); p >= 0; p = bytes.indexOf(10, p + 1)) count++;
  return count;
}
