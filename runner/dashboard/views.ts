/**
 * Every view: where it is, and where its data come from. Pages (`/incidents`) and the JSON interface (`/api/v1/incidents`) share it.
 *
 * @module
 */
import { health, type OwnFigures } from "./data/health.ts";
import { incidentStory } from "./data/incident.ts";
import { incidentList } from "./data/incidents.ts";
import { modelCard } from "./data/model.ts";
import { modelList } from "./data/models.ts";
import { overview } from "./data/overview.ts";
import { search } from "./data/search.ts";
import { serviceDetail } from "./data/services.ts";
import type { DataSource } from "./data/source.ts";
import type { Span } from "./data/span.ts";
import { templateDetail } from "./data/template.ts";
import { templateList } from "./data/templates.ts";
import type { Pages } from "./pages/mod.ts";
import type { ViewName, ViewQuery } from "./view_query.ts";

/** What a page shows, by its view. */
export type ViewData<Name extends ViewName> = Parameters<Pages[Name]>[0];

/** What a view is asked for. */
export interface ViewRequest<Name extends ViewName> {
  query: ViewQuery<Name>;
  span: Span;
  /** Parts of the path: `id` of `/incidents/:id`. */
  params: Record<string, string>;
  /** What only this process knows. */
  own: OwnFigures;
}

/** A view. */
export interface View<Name extends ViewName> {
  path: string;
  /** One sentence. */
  about: string;
  /** Its data; `null` = there is no such thing. */
  load(source: DataSource, request: ViewRequest<Name>): Promise<ViewData<Name> | null>;
}

const orNull = (text: string) => text === "" ? null : text;

/** By name. */
export const VIEWS: { [Name in ViewName]: View<Name> } = {
  overview: {
    path: "/overview",
    about: "Everything at a glance.",
    load: (source, { span, query: { stream } }) => overview(source, { span, stream: orNull(stream) }),
  },
  service: {
    path: "/services/:stream/:service",
    about: "One service.",
    load: (source, { span, params: { stream, service } }) => serviceDetail(source, { span, stream, service }),
  },
  incidents: {
    path: "/incidents",
    about: "Incidents that touch the span, newest first.",
    load: (source, { span, query: { status, severity, stream, service, text, after, limit } }) =>
      incidentList(source, {
        ...{ span, status, text, limit, severity: severity === "" ? null : severity },
        ...{ stream: orNull(stream), service: orNull(service), after: orNull(after) },
      }),
  },
  incident: {
    path: "/incidents/:id",
    about: "The story of one incident.",
    load: (source, { span, params: { id } }) => incidentStory(source, { id, span }),
  },
  templates: {
    path: "/templates",
    about: "The catalogue of templates.",
    load: (source, { span, query: { state, text, order, limit, stream, after } }) =>
      templateList(source, {
        ...{ span, state, text, order, limit, stream: orNull(stream), after: orNull(after) },
      }),
  },
  template: {
    path: "/templates/:stream/:id",
    about: "One template.",
    load: (source, { span, params: { stream, id } }) => templateDetail(source, { span, stream, id }),
  },
  models: {
    path: "/models",
    about: "The versions of the model.",
    load: (source, { span }) => modelList(source, { span }),
  },
  model: {
    path: "/models/:version",
    about: "The card of one version.",
    load: (source, { span, params: { version } }) => modelCard(source, { version, span }),
  },
  health: {
    path: "/health",
    about: "How DeepScan itself does.",
    load: (source, { span, own }) => health(source, { span, own }),
  },
  search: {
    path: "/search",
    about: "Whatever has a key, an id or a name that begins with a text.",
    load: (source, { span, query: { text } }) => search(source, { text, span }),
  },
};
