/**
 * Every query that views read a state with.
 *
 * @module
 */
import { HEALTH_QUERIES } from "../../runner/dashboard/data/health.ts";
import { CHANGE_QUERIES } from "../../runner/dashboard/data/incident_changes.ts";
import { FIRING } from "../../runner/dashboard/data/incident_rows.ts";
import { INCIDENT_WINDOW_QUERIES } from "../../runner/dashboard/data/incident_windows.ts";
import { INCIDENT_QUERIES } from "../../runner/dashboard/data/incidents.ts";
import { OVERVIEW_QUERIES } from "../../runner/dashboard/data/overview.ts";
import { SEARCH_QUERIES } from "../../runner/dashboard/data/search.ts";
import { SERIES_QUERIES } from "../../runner/dashboard/data/series.ts";
import { SERVICE_QUERIES } from "../../runner/dashboard/data/service_rows.ts";
import { SERVICE_PAGE_QUERIES } from "../../runner/dashboard/data/services.ts";
import { SIMILAR_QUERIES } from "../../runner/dashboard/data/similar_incidents.ts";
import { TEMPLATE_ROW_QUERIES } from "../../runner/dashboard/data/template_rows.ts";
import { TEMPLATE_QUERIES } from "../../runner/dashboard/data/template.ts";
import { TEMPLATE_LIST_QUERIES } from "../../runner/dashboard/data/templates.ts";

/** By group and name. */
export const VIEW_SQL: Record<string, Record<string, string>> = {
  ...{
    HEALTH_QUERIES,
    CHANGE_QUERIES,
    INCIDENT_WINDOW_QUERIES,
    INCIDENT_QUERIES,
    OVERVIEW_QUERIES,
    SEARCH_QUERIES,
  },
  ...{ SERIES_QUERIES, SERVICE_QUERIES, SERVICE_PAGE_QUERIES, SIMILAR_QUERIES, TEMPLATE_ROW_QUERIES },
  ...{ TEMPLATE_QUERIES, TEMPLATE_LIST_QUERIES, ROWS: { FIRING } },
};
