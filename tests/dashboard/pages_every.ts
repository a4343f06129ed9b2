/**
 * Every page, filled with made-up data.
 *
 * @module
 */
import type { PageContext } from "../../runner/dashboard/pages/page_context.ts";
import { PAGES, type Pages } from "../../runner/dashboard/pages/mod.ts";
import { sampleContext } from "./pages_context.ts";
import { sampleHealth } from "./pages_health.ts";
import { sampleCard, sampleModels } from "./pages_models.ts";
import * as sample from "./pages_sample.ts";
import { sampleServiceDetail, sampleStory } from "./pages_stories.ts";
import { sampleTemplateDetail, sampleTemplates } from "./pages_templates.ts";

/** What a page shows. */
export type DataOf<Name extends keyof Pages> = Parameters<Pages[Name]>[0];

const ASKED = {
  span: sample.SPAN,
  stream: null,
  service: null,
  severity: null,
  text: "",
  after: null,
  limit: 50,
};

/** Data of every page. */
export function sampleData(): { [Name in keyof Pages]: DataOf<Name> } {
  const incidents = sample.sampleIncidents(), templates = sampleTemplates();
  const { END, SPAN } = sample, found = { kind: "window" as const, stream: "shop", title: "", at: END };
  return {
    overview: sample.sampleOverview(),
    service: sampleServiceDetail(),
    incidents: {
      ...{ span: SPAN, query: { ...ASKED, status: "all" }, rows: incidents, next: "n3xt", total: 61 },
      ...{ streams: ["db", "shop", "web"], services: ["checkout", "db"] },
    },
    incident: sampleStory(),
    templates: {
      ...{
        span: SPAN,
        query: { ...ASKED, state: "all", order: "count" },
        rows: templates,
        next: null,
        total: 4,
      },
      ...{ streams: ["db", "shop"], states: { new: 1, rare: 1, vanished: 1, usual: 1, error: 1 } },
    },
    template: sampleTemplateDetail(),
    models: sampleModels(),
    model: sampleCard(),
    health: sampleHealth(),
    search: { span: SPAN, text: "chec", found: [{ ...found, id: "checkout@2026", path: "/incidents/0a1b" }] },
    login: { problem: "That token is wrong", back: "/overview" },
    error: { status: 404, title: "Not found", text: "There is no such thing" },
  };
}

/** The markup of a page. */
export async function pageText<Name extends keyof Pages>(
  name: Name,
  data: DataOf<Name> = sampleData()[name],
  context: Partial<PageContext> = {},
): Promise<string> {
  return String(await PAGES[name](data as never, sampleContext({ path: `/${name}`, ...context })));
}

/** The markup of all pages. */
export async function everyPage(
  change: (data: unknown) => unknown = (data) => data,
  context: Partial<PageContext> = {},
): Promise<[name: keyof Pages, page: string][]> {
  const names = Object.keys(PAGES) as (keyof Pages)[], data = sampleData();
  return await Promise.all(
    names.map(async (name) => [name, await pageText(name, change(data[name]) as never, context)] as const),
  ) as [keyof Pages, string][];
}

/** What a reader sees, without tags. */
export function shown(page: string): string {
  return page.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}
