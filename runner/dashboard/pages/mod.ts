/**
 * Every page by the name of its view.
 *
 * @module
 */
import type { Health } from "../data/health.ts";
import type { IncidentStory } from "../data/incident.ts";
import type { IncidentList } from "../data/incidents.ts";
import type { ModelCard } from "../data/model.ts";
import type { ModelList } from "../data/models.ts";
import type { Overview } from "../data/overview.ts";
import type { SearchResult } from "../data/search.ts";
import type { ServiceDetail } from "../data/services.ts";
import type { TemplateDetail } from "../data/template.ts";
import type { TemplateList } from "../data/templates.ts";
import { type ErrorData, errorPage } from "./error.ts";
import { healthPage } from "./health.ts";
import { incidentPage } from "./incident.ts";
import { incidentsPage } from "./incidents.ts";
import { type LoginData, loginPage } from "./login.ts";
import { modelPage } from "./model.ts";
import { modelsPage } from "./models.ts";
import { overviewPage } from "./overview.ts";
import type { Html, PageContext } from "./page_context.ts";
import { searchPage } from "./search.ts";
import { servicePage } from "./service.ts";
import { templatePage } from "./template.ts";
import { templatesPage } from "./templates.ts";

/** A page: data in, markup out. */
export type Page<Data> = (data: Data, ctx: PageContext) => Html;

/** Every page. */
export interface Pages {
  overview: Page<Overview>;
  service: Page<ServiceDetail>;
  incidents: Page<IncidentList>;
  incident: Page<IncidentStory>;
  templates: Page<TemplateList>;
  template: Page<TemplateDetail>;
  models: Page<ModelList>;
  model: Page<ModelCard>;
  health: Page<Health>;
  search: Page<SearchResult>;
  login: Page<LoginData>;
  error: Page<ErrorData>;
}

/** The pages that are served. */
export const PAGES: Pages = {
  overview: overviewPage,
  service: servicePage,
  incidents: incidentsPage,
  incident: incidentPage,
  templates: templatesPage,
  template: templatePage,
  models: modelsPage,
  model: modelPage,
  health: healthPage,
  search: searchPage,
  login: loginPage,
  error: errorPage,
};
