/**
 * A search through a point in time, page by page.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { PointInTime, type SearchOptions } from "./point_in_time.ts";
import type { Page } from "./page.ts";
import { failureOf } from "./failure.ts";
import { type TimeRange, TimeRanges } from "./time_ranges.ts";
import type { FieldNode } from "./wanted_fields.ts";

/** Share of a page that a range of time is meant to fill, so that most need no second one. */
const FILLED = 0.8;

/** A range of time, or what has none, whose first page was asked for. */
interface Flight {
  query: Record<string, unknown>[];
  page: Promise<Page>;
}

/**
 * The documents in order of time, as they were when the search began; documents of the same time come by their `event.sequence`,
 * where they have one, those without a time before all others.
 *
 * The span of time is cut into ranges of about a page. Several are asked for at once and handed out in their order; of each no
 * more than a page is held. So no page costs more the further it lies behind the first.
 *
 * @throws {ElasticsearchError} `lost` where the point in time expired, and whatever else goes wrong.
 */
export async function* searchPages(
  client: Client,
  fields: FieldNode,
  options: SearchOptions,
): AsyncGenerator<Page, void, void> {
  const { index, inFlight = 3 } = options, pit = new PointInTime(client, fields, options);
  try {
    await pit.open();
    if (options.untimed ?? options.from === undefined) yield* pagesOf(pit, fly(pit, [withoutTime(options)]));
    const ranges = await rangesOf(pit, options), flights: Flight[] = [];
    while (true) {
      while (flights.length < inFlight) {
        const range = ranges?.next() ?? null;
        if (range === null) break;
        flights.push(flyRange(pit, range, ranges!, options));
      }
      const flight = flights.shift();
      if (flight === undefined) return;
      yield* pagesOf(pit, flight);
    }
  } catch (error) {
    throw failureOf(`read ${index}`, error);
  } finally {
    await pit.close();
  }
}

/** The pages of a flight; the next one is asked for while one is read. */
async function* pagesOf(pit: PointInTime, { query, page: first }: Flight): AsyncGenerator<Page, void, void> {
  for (let asked: Promise<Page> | null = first; asked !== null;) {
    const page: Page = await asked;
    asked = page.isFull ? fly(pit, query, page.sort(page.length - 1)).page : null;
    if (page.length > 0) yield page;
  }
}

function fly(pit: PointInTime, query: Record<string, unknown>[], after?: unknown[]): Flight {
  const page = pit.page(query, after);
  page.catch(() => {}); // it is awaited in its turn, unless the reader stops before
  return { query, page };
}

function flyRange(pit: PointInTime, range: TimeRange, ranges: TimeRanges, options: SearchOptions): Flight {
  const flight = fly(pit, [between(range, options)]);
  const page = flight.page.then((page) => {
    const found = page.isFull ? 4 * page.length : page.length; // or more
    ranges.learn(range, { found, wanted: FILLED * pit.pageSize });
    return page;
  });
  page.catch(() => {});
  return { ...flight, page };
}

/** Ranges of the time that documents have; `null` = none has one. */
async function rangesOf(pit: PointInTime, options: SearchOptions): Promise<TimeRanges | null> {
  const { from = -Infinity, to = Infinity } = options, asked = { from, to };
  const bounded = from > -Infinity || to < Infinity ? [between(asked, options)] : [];
  const { least, greatest, count } = await pit.span(bounded);
  if (least === null || greatest === null) return null;
  const span = { from: Math.floor(least), to: Math.floor(greatest) + 1 };
  return new TimeRanges(span, (span.to - span.from) * FILLED * pit.pageSize / Math.max(1, count));
}

function between({ from, to }: TimeRange, { timeField = "@timestamp" }: SearchOptions) {
  return {
    range: {
      [timeField]: {
        ...(from > -Infinity ? { gte: from } : {}),
        ...(to < Infinity ? { lt: to } : {}),
        format: "epoch_millis",
      },
    },
  };
}

function withoutTime({ timeField = "@timestamp" }: SearchOptions) {
  return { bool: { must_not: [{ exists: { field: timeField } }] } };
}
