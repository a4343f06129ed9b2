/**
 * What may be asked of the views: the query parameters, checked.
 *
 * @module
 */
import { z } from "zod";
import { SEVERITIES } from "../config/alert_names.ts";

/** Characters of a text that is searched for. */
const TEXT = 200;

const name = (describe: string) => z.string().max(TEXT).default("").describe(describe);

/** What every view may be asked. */
export const SPAN_QUERY = {
  last: z.string().max(20).optional().describe("Length of the span behind the newest data: `24h`, `7d`."),
  from: z.string().max(40).optional().describe(
    "Begin of the span, ISO 8601 (UTC unless it says otherwise) or ms.",
  ),
  to: z.string().max(40).optional().describe("End of the span, not included."),
  zone: z.string().max(60).default("UTC").describe("Time zone, such as `Europe/Berlin`."),
};

const paging = {
  after: z.string().max(300).default("").describe("`next` of the page before."),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("Rows of a page."),
};

/** By view. */
export const VIEW_QUERIES = {
  overview: z.object({ ...SPAN_QUERY, stream: name("Only this stream.") }),
  service: z.object({ ...SPAN_QUERY }),
  incidents: z.object({
    ...SPAN_QUERY,
    ...paging,
    status: z.enum(["open", "over", "all"]).default("all").describe("Where incidents stand."),
    severity: z.enum(["", ...SEVERITIES]).default("").describe("This severity or higher."),
    stream: name("Only this stream."),
    service: name("Only this service."),
    text: name("Words that title, services or id must have."),
  }),
  incident: z.object({ ...SPAN_QUERY }),
  templates: z.object({
    ...SPAN_QUERY,
    ...paging,
    stream: name("Only this stream."),
    state: z.enum(["all", "new", "rare", "vanished", "usual", "error"]).default("all").describe(
      "Only such templates.",
    ),
    text: name("Words that text or id must have."),
    order: z.enum(["count", "first", "last", "text"]).default("count").describe("Order of the rows."),
  }),
  template: z.object({ ...SPAN_QUERY }),
  models: z.object({ ...SPAN_QUERY }),
  model: z.object({ ...SPAN_QUERY }),
  health: z.object({ ...SPAN_QUERY }),
  search: z.object({ ...SPAN_QUERY, text: name("Beginning of a key, an id or a name.") }),
};

/** Name of a view. */
export type ViewName = keyof typeof VIEW_QUERIES;

/** What was asked of a view, checked. */
export type ViewQuery<Name extends ViewName> = z.output<typeof VIEW_QUERIES[Name]>;
