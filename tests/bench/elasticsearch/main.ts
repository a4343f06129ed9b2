/**
 * `deno task bench elasticsearch`: shipping into a real server and reading from it, beside the Python client.
 *
 * It asserts nothing: it prints a table. Every measurement is a process of its own, all of them in turn, pass by pass, on one
 * warm server; what they send are the same documents.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { REAL_LOGS } from "../../needs.ts";
import {
  canRunElasticsearch,
  ELASTICSEARCH_VERSIONS,
  type ElasticsearchMajor,
  startElasticsearch,
} from "../../services/elasticsearch.ts";
import { FetchError } from "../templates/fetch.ts";
import { tableData, tableText } from "../templates/report.ts";
import { installPeer, peerVersion } from "./peer.ts";
import { Exchange, makeExchange } from "./exchange.ts";
import { type Contender, CONTENDERS, figuresTable, type Measurement } from "./contenders.ts";

const help = `
Measures shipping and reading beside Elasticsearch's Python client, which it installs once, on a server that it starts.

  deno task bench elasticsearch [--lines N] [--passes N] [--in-flight 1,2,4] [--server 8|9]
                                  [--quick] [--json]

  --lines N    of the HDFS log; default all of its 222,579
  --passes N   of each measurement; default 3 (median, and least to most)
  --in-flight N,…  requests at a time; default 1,2,4
  --server 8   version of the server; default 8
  --quick      10,000 lines, one pass: shows that everything runs, not how fast it is
  --json       the figures as JSON on standard output
`;

/** What is measured. */
interface Size {
  lines: number;
  passes: number;
  major: ElasticsearchMajor;
  flights: readonly number[];
}

/** What is missing on this machine, in words; `null` = nothing. */
function missing(major: ElasticsearchMajor): string | null {
  if (!canRunElasticsearch(major)) return `no Java for Elasticsearch ${ELASTICSEARCH_VERSIONS[major]}`;
  try {
    Deno.statSync(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
    return null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "no HDFS log";
    throw error;
  }
}

/** All that can be measured here; without Python's client only our own. */
async function contendersFor({ major, flights }: Size, notes: string[]): Promise<readonly Contender[]> {
  const wanted = CONTENDERS.filter(({ inFlight }) => flights.includes(inFlight));
  try {
    await installPeer(major);
    notes.push(`Python's client is elasticsearch ${peerVersion(major)} of PyPI`);
    return wanted;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    notes.push(`Python's client is left out: ${error.message}`);
    return wanted.filter(({ isPeer }) => !isPeer);
  }
}

async function measureAll(size: Size): Promise<{ table: ReturnType<typeof figuresTable> }> {
  const { lines, passes, major } = size;
  const notes = [
    `Elasticsearch ${
      ELASTICSEARCH_VERSIONS[major]
    }, one shard, on ${navigator.hardwareConcurrency} cores that it shares with the client; ` +
    `load ${Deno.loadavg()[0].toFixed(1)} before`,
    "shipping is the whole command and process: reading and parsing the log, positions kept on disk; Python sends documents from memory",
  ];
  const contenders = await contendersFor(size, notes);
  await using server = await startElasticsearch(major, { thorough: true });
  await using exchange: Exchange = await makeExchange(server.url, { major, lines });
  const measurements: Measurement[] = [];
  for (let pass = 0; pass < passes; pass++) {
    for (const contender of turned(contenders, pass)) {
      console.error(
        `bench: pass ${pass + 1} of ${passes}, ${contender.name}, ${contender.inFlight} in flight …`,
      );
      measurements.push({ contender, measured: await exchange.measure(contender) });
    }
  }
  return { table: figuresTable(measurements, notes) };
}

/** Each pass begins with another one, so that none is always the first behind a quiet moment. */
function turned(contenders: readonly Contender[], pass: number): Contender[] {
  const by = pass * 5 % contenders.length;
  return [...contenders.slice(by), ...contenders.slice(0, by)];
}

const { values } = parseArgs({
  options: {
    ...{
      lines: { type: "string" },
      passes: { type: "string" },
      "in-flight": { type: "string", default: "1,2,4" },
      server: { type: "string", default: "8" },
    },
    ...{ quick: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  },
});
const size = {
  lines: Number(values.lines ?? (values.quick ? 10_000 : Infinity)),
  passes: Number(values.passes ?? (values.quick ? 1 : 3)),
  major: Number(values.server) as ElasticsearchMajor,
  flights: values["in-flight"].split(",").map(Number),
};
if (values.help) console.log(help.trim());
else if (
  !(size.lines > 0 && size.passes > 0 && size.flights.every((count) => [1, 2, 4].includes(count)) &&
    size.major in ELASTICSEARCH_VERSIONS)
) {
  console.error(
    "deepscan bench: Cannot measure: --lines and --passes must be positive numbers, --server 8 or 9",
  );
  Deno.exit(2);
} else {
  const lack = missing(size.major);
  if (lack !== null) console.log(`nothing was measured: ${lack} here`);
  else {
    const { table } = await measureAll(size);
    console.log(values.json ? JSON.stringify(tableData(table), null, 2) : tableText(table));
  }
}
