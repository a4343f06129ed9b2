/**
 * Templates of failures mined from real logs, to be read and judged; nothing of them is kept in the project but a number each.
 *
 * @module
 */
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { openFiles } from "../../../lib/source/files.ts";
import { Miner } from "../../../lib/template/miner.ts";
import { templateId } from "../../../lib/template/template.ts";
import { wordsOf } from "../../../lib/explain/meaning/words.ts";
import { REAL_LOGS } from "../../needs.ts";

/** A template that speaks of a failure. */
export interface FailureTemplate {
  /** Made from its words alone, so that it stays where only places change. */
  id: string;
  log: string;
  text: string;
  severity: number;
  count: number;
}

/** The logs, by what they are called: files below the folder of real logs. System calls and access logs have no messages. */
const LOGS: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    ["Android", "Apache", "HDFS", "HPC", "HealthApp", "Linux", "OpenSSH", "Zookeeper"]
      .map((name) => [name, [`loghub_2k/${name}/${name}_2k.log`]]),
  ),
  ...{ linux: ["linux_raw/*"], hdfs: ["hdfs_loglead_2pct/*.log.gz"], health: ["healthapp_raw/*"] },
  ...{ auth: ["elastic_auth/*"], broker: ["elastic_kafka/kafka*/logs/*"], alerts: ["ait_ads/*.gz"] },
  ...Object.fromEntries(
    ["agent-logfmt", "calico", "distributor-logfmt", "drone-json", "ingester-logfmt", "journald", "kafka"]
      .concat(["kubernetes", "vault"]).map((name) => [name, [`loki_drain_testdata/${name}.*`]]),
  ),
};

/** Words that failures are told with, whatever the level. */
const FAILING =
  /error|fail|fatal|exception|refused|denied|timed? ?out|timeout|unable|cannot|can't|could not|couldn't|invalid|corrupt|panic|abort|killed|unreachable|not found|no such|missing|lost|reject|warn|illegal|unexpected|exceed|\bfull\b|out of|segfault|\bbad /i;

/** First severities of information and of warnings. */
const INFO = 9, WARNING = 13;

/**
 * Templates at warning and above, and those of information or without a level that have words of failures; each wording once, logs
 * in the order above.
 */
export async function failureTemplates(): Promise<FailureTemplate[]> {
  const found = new Map<string, FailureTemplate>();
  for (const [log, patterns] of Object.entries(LOGS)) {
    const miner = await mined(patterns.map((pattern) => new URL(pattern, REAL_LOGS).pathname));
    for (const { text, severity, count } of miner.templates().values()) {
      if (severity < WARNING && !((severity === 0 || severity >= INFO) && FAILING.test(text))) continue;
      const words = wordsOf(text), id = templateId(words.join(" "));
      if (words.length > 0 && !found.has(id)) found.set(id, { id, log, text, severity, count });
    }
  }
  return [...found.values()];
}

async function mined(paths: string[]): Promise<Miner> {
  const { inputs } = await openFiles(paths), miner = new Miner(), services = new Dictionary();
  for (const input of inputs) {
    const reader = new RecordReader(input, { services, fallbackService: "log" });
    for (let batch = await reader.next(); batch; batch = await reader.next()) miner.learn(batch);
    reader.close();
  }
  miner.settle();
  return miner;
}
