/**
 * The parts of a job: planned, taken, mapped.
 *
 * @module
 */
import { BulkBody, jsonBytes } from "../../source/elasticsearch/bulk_body.ts";
import { sendBulk } from "../../source/elasticsearch/bulk_request.ts";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import type { Cluster } from "./cluster.ts";
import { HeldPart, type Holder } from "./held_part.ts";
import { COUNTED, countedIndex, type Job } from "./job.ts";
import { makeIndex } from "./make_index.ts";
import { PART_MAPPINGS } from "./mappings.ts";
import { type FoundPart, isFree, newPart, type Part, partId, readPart, savePart } from "./part.ts";
import { countDocuments, type Stretch } from "./raw_counts.ts";

/** Parts that are looked at with one request. */
const PAGE = 500;
/** Documents are made visible when a part is whole, not before. */
const SETTINGS = { refresh_interval: "-1" };

/** The parts of one job. */
export class Parts {
  readonly #cluster: Cluster;
  readonly #job: Job;
  readonly #made = new Set<string>();

  constructor(cluster: Cluster, job: Job) {
    this.#cluster = cluster;
    this.#job = job;
  }

  /** The index that a part is in. */
  indexOf({ from }: Pick<Part, "from">): string {
    return countedIndex(this.#job, from);
  }

  /**
   * Sees to it that there is a part for every document of a stretch, and that those with late documents are mapped again.
   *
   * @returns All of them, in order of time.
   */
  async plan({ from, to }: Stretch): Promise<FoundPart[]> {
    const { width, definition } = this.#job, begin = Math.floor(from / width) * width;
    const counts = await countDocuments(this.#cluster, definition, { from: begin, to, width });
    const parts: FoundPart[] = [], starts = [...counts.keys()];
    for (let i = 0; i < starts.length; i += PAGE) {
      const page = starts.slice(i, i + PAGE),
        wanted = page.map((from) => {
          return { from, to: from + width, until: from + width > to ? to : null };
        });
      if (await this.#amend(wanted, counts)) await this.#refresh(wanted);
      parts.push(...await this.find(page));
    }
    return parts;
  }

  /** The parts that begin at these times, as they are now; those that aren't there are left out. */
  async find(starts: readonly number[]): Promise<FoundPart[]> {
    if (starts.length === 0) return [];
    const docs = starts.map((from) => ({ _index: this.indexOf({ from }), _id: partId({ from }) }));
    const { body } = await this.#cluster.ask<{ docs: FoundDocument[] }>("look at parts", {
      ...{ method: "POST", path: "/_mget", body: { docs } },
    });
    return body.docs.filter(({ found }) => found).map((document) => ({
      ...readPart(document._source),
      ...{ seqNo: document._seq_no, primaryTerm: document._primary_term },
    }));
  }

  /** Parts that nobody works at, the earliest first, as far as one request shows them. */
  async free(): Promise<FoundPart[]> {
    const { id } = this.#job,
      filter = [{ term: { kind: "part" } }],
      must_not = [{ term: { status: "done" } }];
    const { body } = await this.#cluster.search<{ hits: { hits: { _source: unknown }[] } }>(
      "look for parts",
      {
        index: `${COUNTED}${id}-*`,
        body: { size: PAGE, query: { bool: { filter, must_not } }, sort: [{ from: "asc" }] },
      },
    );
    const now = this.#cluster.surroundings.now(),
      shown = body.hits.hits.map(({ _source }) => readPart(_source).from);
    return (await this.find(shown)).filter((part) => isFree(part, now)); // what a search shows may be over
  }

  /** Takes a part; `null` = somebody else was quicker. */
  async take(part: FoundPart, holder: Holder): Promise<HeldPart | null> {
    return await HeldPart.take(part, { cluster: this.#cluster, index: this.indexOf(part) }, holder);
  }

  /** Makes what is written so far visible to searches. */
  async refresh(index: string): Promise<void> {
    await this.#cluster.ask(`refresh ${index}`, { method: "POST", path: `/${index}/_refresh` });
  }

  /** Adds parts that aren't there, and opens those again that have fewer documents than there are. */
  async #amend(wanted: Pick<Part, "from" | "to" | "until">[], counts: Map<number, number>): Promise<boolean> {
    const known = new Map((await this.find(wanted.map(({ from }) => from))).map((part) => [part.from, part]));
    const body = new BulkBody();
    for (const stretch of wanted) {
      const part = known.get(stretch.from), index = this.indexOf(stretch), _id = partId(stretch);
      if (part === undefined) {
        await this.#make(index);
        put(body, { create: { _index: index, _id } }, newPart(stretch));
        continue;
      }
      const { seqNo: if_seq_no, primaryTerm: if_primary_term } = part, { until } = stretch;
      const version = { index: { _index: index, _id, if_seq_no, if_primary_term } };
      if (part.status === "done" && counts.get(part.from)! > part.documents) {
        put(body, version, { ...part, until, status: "open", generation: part.generation + 1 });
      } else if (part.status === "open" && isEarlier(part.until, until)) {
        put(body, version, { ...part, until });
      }
    }
    if (body.items > 0) await this.#send(body);
    return body.items > 0;
  }

  async #send(body: BulkBody): Promise<void> {
    const { client, surroundings } = this.#cluster;
    const { dead: [dead], failure } = await sendBulk(client, body, surroundings);
    if (failure !== null) throw failure;
    if (dead !== undefined) {
      throw new ElasticsearchError(`Cannot plan parts: ${dead.reason}`, "request", dead.status);
    }
  }

  async #make(index: string): Promise<void> {
    if (this.#made.has(index)) return;
    await makeIndex(this.#cluster, index, PART_MAPPINGS, SETTINGS);
    this.#made.add(index);
  }

  async #refresh(parts: Pick<Part, "from">[]): Promise<void> {
    for (const index of new Set(parts.map((part) => this.indexOf(part)))) await this.refresh(index);
  }
}

interface FoundDocument {
  found?: boolean;
  _source: unknown;
  _seq_no: number;
  _primary_term: number;
}

/** Whether less is wanted by `one`; `null` = all. */
function isEarlier(one: number | null, other: number | null): boolean {
  return one !== null && (other === null || one < other);
}

function put(body: BulkBody, action: unknown, part: Part): void {
  body.begin();
  body.put(jsonBytes(action));
  body.putShort("\n");
  body.put(jsonBytes(savePart(part)));
  body.putShort("\n");
}
