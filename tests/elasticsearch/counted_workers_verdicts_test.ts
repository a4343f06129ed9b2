import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import type { PartSource } from "../../lib/model/mapped/mapped_records.ts";
import { type StreamModel, streamSnapshot } from "../../lib/model/stream_model.ts";
import { streamSettings } from "../../lib/model/stream_settings.ts";
import { IndexInput } from "../../lib/source/elasticsearch/index_input.ts";
import { CountedStream } from "../../lib/store/counted/counted_stream.ts";
import type { JobDefinition } from "../../lib/store/counted/job.ts";
import type { Cluster } from "../../lib/store/counted/cluster.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import { LiveStream } from "../model/mapped/made_parts.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { clusterAt, surroundings } from "./counted_jobs.ts";
import { logDocuments } from "./counted_log.ts";
import { Crew } from "./counted_workers.ts";
import { indexAll, makeIndex } from "./indexed.ts";

const ALL = { from: -Infinity, to: Infinity }, LEASE = 2_000, DOCUMENTS = 3000;
const STRICT = { rule: "quantile", level: .9, k: 3 };

withElasticsearch(NEWEST, "verdicts, whoever maps", (server, version) => {
  for (const session of [null, "order=(\\d+)"]) {
    const kind = session === null ? "time windows" : "sessions",
      index = session === null ? "mapped" : "mapped-sessions";

    Deno.test(`1, 2 and 4 workers, some of them killed, and no counting at all lead to the same verdicts: ${kind} (${version})`, async () => {
      await using cluster = await clusterAt(server());
      await makeIndex(server(), index);
      await indexAll(server(), index, logDocuments(DOCUMENTS));
      const input = () => new IndexInput({ nodes: [server().url] }, { index });
      const settings = streamSettings({
        name: "shop",
        service: "field",
        window: 60_000,
        session,
        lateness: 600_000,
        idle: 60_000,
      });
      const open = () => Promise.resolve([input()]);
      const learned = await learn(settings, await open(), { reopen: open, to: Date.UTC(2026, 2, 2, 12, 10) });
      learned.records.close();
      const model = await fitStream(learned, {
        detectors: ["new-template", "unseen-vector"],
        threshold: STRICT,
      });
      const snapshot = JSON.parse(JSON.stringify(streamSnapshot(model)));
      const lines = new LiveStream(snapshot);
      await lines.read([input()]);
      assert.equal(lines.records, DOCUMENTS);
      assert.ok(lines.verdicts.some(({ score }) => score > 0));
      for (
        const { workers, kills } of [{ workers: 0, kills: 0 }, { workers: 1, kills: 1 }, {
          workers: 3,
          kills: 3,
        }]
      ) {
        const counted = new LiveStream(snapshot);
        await using crew = new Crew(server().url);
        crew.hire(workers);
        const stream = await CountedStream.open(
          cluster.client,
          jobOf(model, index, `reduced with ${workers}`),
          {
            ...{ ...surroundings(), owner: "reducer", lease: LEASE, partDocuments: 200 },
          },
        );
        await counted.takeParts(disturbed(stream, crew, { kills, cluster }));
        assert.equal(crew.kills, kills);
        assert.deepEqual(counted.verdicts, lines.verdicts, `${workers} workers`);
        assert.deepEqual([counted.records, counted.late], [DOCUMENTS, lines.late]);
      }
    });
  }
});

function jobOf({ settings, catalogue, watched }: StreamModel, index: string, name: string): JobDefinition {
  const { quantities, values, sessions, spreads } = watched;
  return {
    ...{ settings: { ...settings, name }, index, fields: {}, query: null, catalogue: catalogue.toJSON() },
    watched: { quantities, values, sessions, spreads },
  };
}

/** Parts of a stream whose workers are killed at their work, until there have been so many, before any is asked for. */
function disturbed(
  stream: CountedStream,
  crew: Crew,
  { kills, cluster }: { kills: number; cluster: Cluster },
): PartSource {
  return {
    next: async () => {
      if (crew.kills < kills) await killSome(stream, crew, { kills, cluster });
      return await stream.next();
    },
  };
}

async function killSome(
  { job }: CountedStream,
  crew: Crew,
  { kills, cluster }: { kills: number; cluster: Cluster },
): Promise<void> {
  const parts = new Parts(cluster, job), planned = (await parts.plan(ALL)).map(({ from }) => from);
  const use = { id: job.id, stream: job.definition.settings.name, used: Date.now(), from: null, to: null };
  await new Jobs(cluster).use({ ...use, follows: false });
  for (let looks = 0; crew.kills < kills; looks++) {
    assert.ok(looks < 1500, "nobody works");
    for (const part of (await parts.find(planned)).filter(({ status }) => status === "taken")) {
      if (crew.kills < kills && await crew.kill(part) && crew.kills < kills) crew.hire();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
