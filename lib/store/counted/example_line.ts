/**
 * The line behind an event.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { redactorOf } from "../../model/stream_settings.ts";
import { DocumentLines } from "../../source/elasticsearch/document_lines.ts";
import { Page } from "../../source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../source/elasticsearch/wanted_fields.ts";
import type { Cluster } from "./cluster.ts";
import { COUNTED, type Job } from "./job.ts";
import { timeFieldOf } from "./raw_counts.ts";

/** Bytes of a line that are shown. */
const LINE_BYTES = 600;

/** The window that a line is wanted for. */
export interface LineWindow {
  kind: "session" | "window";
  /** The session's key. */
  key: string;
  service: string;
  /** Milliseconds UTC; NaN where it has no times. */
  start: number;
  end: number;
}

/**
 * A line of a template in a window, redacted and on one line; empty where it is not there any more.
 *
 * The event says which document it was made of: text is read from there, nothing of it is kept with events.
 */
export async function exampleLine(
  cluster: Cluster,
  job: Job,
  { template, window }: { template: string; window: LineWindow },
): Promise<string> {
  const { body } = await cluster.search<EventAnswer>("look for an example", {
    index: `${COUNTED}${job.id}-*`,
    body: {
      ...{
        size: 1,
        _source: ["document"],
        query: { bool: { filter: filterOf(template, window) } },
      },
      sort: [{ "@timestamp": "asc" }, { sequence: { order: "asc", missing: "_last" } }],
    },
  });
  const [hit] = body.hits?.hits ?? [];
  return hit === undefined ? "" : await lineOf(cluster, job, hit._source.document);
}

interface EventAnswer {
  hits?: { hits: { _source: { document: string } }[] };
}

function filterOf(
  template: string,
  { kind, key, service, start, end }: LineWindow,
): Record<string, unknown>[] {
  const isOfIt = kind === "session"
    ? [{ term: { session: key } }]
    : [{ term: { service } }, { exists: { field: "window" } }];
  const within = Number.isFinite(start) && Number.isFinite(end)
    ? [{
      range: {
        "@timestamp": { gte: start, [kind === "session" ? "lte" : "lt"]: end, format: "epoch_millis" },
      },
    }]
    : [];
  return [{ term: { kind: "event" } }, { term: { template } }, ...isOfIt, ...within];
}

/** The document as a line, as it is read where nothing is counted. */
async function lineOf(cluster: Cluster, { definition }: Job, name: string): Promise<string> {
  const slash = name.indexOf("/"), index = name.slice(0, slash), id = name.slice(slash + 1);
  const { status, body } = await cluster.search<unknown>(`read a document of ${index}`, {
    index,
    body: { size: 1, query: { ids: { values: [id] } }, sort: [{ [timeFieldOf(definition)]: "asc" }] },
  }, [404]);
  if (status === 404) return "";
  const page = new Page(wantedFields({ ...USUAL_FIELDS, ...definition.fields })), lines = new DocumentLines();
  page.read(Buffer.from(JSON.stringify(body)));
  if (page.length === 0) return "";
  lines.write(page, 0, 1);
  const bytes = lines.text().subarray(0, Math.min(lines.length - 1, LINE_BYTES)); // without the last line break
  return redactorOf(definition.settings)(new TextDecoder().decode(bytes)).replace(/\s*[\r\n]+\s*/g, " ⏎ ");
}
