/**
 * Panels about the logs themselves.
 *
 * @module
 */
import type { Condition, SearchPanel, Section } from "./panel.ts";

/** What shippers and programs call errors and worse. */
const ERROR_WORDS = [
  ...["ERROR", "ERR", "SEVERE", "FATAL", "CRITICAL", "CRIT", "ALERT", "EMERG", "EMERGENCY", "PANIC"],
];
const ERRORS: Condition = {
  field: "log.level",
  is: ERROR_WORDS.flatMap((word) => [word, word.toLowerCase()]),
};

/** Logs: how many, how bad, by whom. */
export const LOG_PANELS: Section<SearchPanel> = {
  title: "Logs",
  panels: [
    {
      ...{ id: "log-volume", title: "Log volume", view: "bars", of: "logs", unit: "count", width: 12 },
      about: "Records over time, by service.",
      measures: [{ kind: "count", title: "records" }],
      by: "service.name",
    },
    {
      ...{ id: "log-levels", title: "Levels", view: "bars", of: "logs", unit: "count", width: 12 },
      about: "Records over time by their level, as it stands in the logs.",
      measures: [{ kind: "count", title: "records" }],
      by: "log.level",
    },
    {
      ...{ id: "log-errors", title: "Errors by service", view: "bars", of: "logs", unit: "count", width: 12 },
      about: "Records of level ERROR and worse over time.",
      where: [ERRORS],
      measures: [{ kind: "count", title: "errors" }],
      by: "service.name",
    },
    {
      ...{ id: "latest-errors", title: "Latest errors", view: "table", of: "logs", width: 12 },
      about: "Records of level ERROR and worse.",
      where: [ERRORS],
      columns: [
        { field: "service.name", title: "Service" },
        { field: "log.level", title: "Level" },
        { field: "message", title: "Message" },
      ],
    },
  ],
};
