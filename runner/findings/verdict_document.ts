/**
 * A verdict as a document.
 *
 * @module
 */
import type { Verdict } from "../../lib/mod.ts";
import { reasonTitle } from "../../lib/mod.ts";
import { common, documentId, type FindingDocument, lasting, nameText, shownText } from "./document.ts";
import { evidenceFields, reasonFields, threatFields } from "./reasons.ts";

/** Characters of what a message says of the first reason. */
const TITLE = 200;

/** What a document says beside its verdict. */
export interface VerdictPlace {
  /** What this DeepScan is called. */
  name: string;
  /** `@timestamp` where the window has no times, ms since the epoch. */
  time: number;
  /** Version of the model that judged. */
  model: string;
  /** Identity of the alert that the window belongs to; `null` = of none. */
  alert: string | null;
  /** Whether the window is no more: its session began earlier, or was joined to another. */
  withdrawn?: boolean;
}

/** The document of the verdict on one window. */
export function verdictDocument(verdict: Verdict, place: VerdictPlace): FindingDocument {
  const { stream, key, kind, service, start, lines, score, threshold, anomalous, reasons } = verdict;
  const { name, model, alert, withdrawn = false } = place;
  const base = common("verdicts", Number.isNaN(start) ? place.time : start, name);
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "event", category: [kind === "session" ? "session" : "host"], type: ["info"] },
      ...{ id: documentId(name, "verdicts", verdictName(verdict)), ...lasting(verdict) },
    },
    message: messageOf(verdict, withdrawn),
    service: { name: nameText(service) },
    threat: threatFields(reasons),
    deepscan: {
      stream,
      verdict: {
        ...{ key: nameText(key), kind, records: lines, score, threshold, ratio: score / threshold },
        ...{ anomalous, withdrawn },
      },
      model: { version: model },
      alert: alert === null ? undefined : { id: alert },
      headline: reasons.length === 0 ? undefined : reasonFields(reasons[0]),
      ...evidenceFields(reasons, verdict.detectors ?? []),
    },
  };
}

/** What a verdict is called among verdicts. */
export function verdictName({ stream, key }: Pick<Verdict, "stream" | "key">): string {
  return `${stream} ${key}`;
}

function messageOf({ key, anomalous, reasons }: Verdict, withdrawn: boolean): string {
  if (withdrawn) return `${shownText(key, TITLE)}: withdrawn, the window is no more`;
  const said = reasons.length === 0 ? "" : `: ${shownText(reasonTitle(reasons[0]), TITLE)}`;
  return `${shownText(key, TITLE)}: ${anomalous ? `anomalous${said}` : "normal"}`;
}
