/**
 * How bad, and how things are: a word, a shape before it and a colour, so that none of them is needed alone.
 *
 * @module
 */
import type { Severity } from "../../alert/severity.ts";
import type { ServiceStatus } from "../data/services.ts";
import type { TemplateState } from "../data/templates.ts";
import { html } from "./html.ts";
import type { Html } from "./page_context.ts";

/** What a badge looks like; style sheet and shapes are named alike. */
type Look =
  | Severity
  | ServiceStatus
  | TemplateState
  | "done"
  | "failed"
  | "muted"
  | "plain"
  | "error"
  | "active"
  | "more"
  | "less";

/** A word in a look of its own. */
export function badge(look: Look, word: string): Html {
  return html`<span class="badge ${look}">${word}</span>`;
}

/** How urgent something is. */
export function severityBadge(severity: Severity): Html {
  return badge(severity, severity);
}

const STATUS_WORDS: Record<ServiceStatus, string> = {
  firing: "firing",
  warning: "anomalous",
  silent: "silent",
  unknown: "not judged",
  ok: "normal",
};

/** How a service is. */
export function statusBadge(status: ServiceStatus): Html {
  return badge(status, STATUS_WORDS[status]);
}

/** How a template comes. */
export function stateBadge(state: TemplateState): Html {
  return badge(state, state);
}

/** A level as lines name it; nothing where none is known. */
export function levelMark(level: string): Html {
  return level === "" || level === "none" ? html`` : html`<span class="level ${level}">${level}</span>`;
}
