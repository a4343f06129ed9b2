/**
 * Verdicts, written down as documents.
 *
 * @module
 */
import type { Dictionary, JudgedWindows, Verdict } from "../../lib/mod.ts";
import { verdictsOf } from "../detect/commit.ts";
import type { FindingsLog } from "./findings_log.ts";
import { verdictDocument, verdictName } from "./verdict_document.ts";

/** What was judged. */
export interface JudgedStream {
  stream: string;
  services: Dictionary;
  judged: JudgedWindows[];
  /** Version of the model that judged. */
  model: string;
  /** Which alert each anomalous window belongs to, by the windows' keys. */
  holders: ReadonlyMap<string, string>;
}

/** What {@linkcode ClosedWindows} calls a window that came again, and one that is no more. */
const AGAIN = 1, WITHDRAWN = 2;

/**
 * Writes down verdicts; to be called in the transaction that stores them.
 *
 * @param all Whether normal windows get a document too; else they get one only where they were anomalous once.
 */
export function recordVerdicts(log: FindingsLog, judged: JudgedStream, all: boolean): void {
  for (const { verdict, reopened } of withReopened(judged)) {
    const isWithdrawn = reopened === WITHDRAWN, isWanted = !isWithdrawn && (verdict.anomalous || all);
    if (!isWanted && (reopened === 0 || !log.has("verdicts", verdictName(verdict)))) continue;
    putVerdict(log, verdict, { ...judged, isWithdrawn });
  }
}

/** Writes down one verdict. */
export function putVerdict(
  log: FindingsLog,
  verdict: Verdict,
  { model, holders, isWithdrawn = false }: Pick<JudgedStream, "model" | "holders"> & {
    isWithdrawn?: boolean;
  },
): void {
  const id = verdictName(verdict), time = log.timeOf("verdicts", id, verdict.start);
  const document = verdictDocument(verdict, {
    ...{ name: log.name, time, model, withdrawn: isWithdrawn },
    alert: verdict.anomalous ? holders.get(verdict.key) ?? null : null,
  });
  log.put({ kind: "verdicts", id, time, document }, Number.isFinite(verdict.start));
}

/** Verdicts in their order, and whether their windows came for the first time. */
function* withReopened(
  { judged, stream, services }: JudgedStream,
): Generator<{ verdict: Verdict; reopened: number }> {
  const verdicts = verdictsOf(judged, stream, services);
  for (const { again, windows } of judged) {
    for (let i = 0; i < again.length; i++) yield { verdict: verdicts.next().value, reopened: AGAIN };
    for (let i = 0; i < windows.length; i++) {
      yield { verdict: verdicts.next().value, reopened: windows.reopened[i] };
    }
  }
}
