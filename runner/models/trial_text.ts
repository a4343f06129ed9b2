/**
 * What came of a candidate's trial, as people read it.
 *
 * @module
 */
import {
  countText,
  lengthText,
  numberText,
  reasonTitle,
  type Said,
  type State,
  type TrialFigures,
  type TrialService,
  type TrialWindow,
} from "../../lib/mod.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { type Promotion, rateText } from "./promotion.ts";
import { figuresOf } from "./shadow.ts";
import { type Trial, TrialFolder } from "./trial_folder.ts";

/** Windows that are shown of each kind. */
const EXAMPLES = 5;
/** Characters of a title. */
const TITLE = 120;

/** A trial with its figures. */
export interface LookedAtTrial {
  trial: Trial;
  figures: TrialFigures[];
}

/** The trial of a version, looked at; `null` where there is none. */
export function lookAtTrial(version: string, directory: string, active: State | null): LookedAtTrial | null {
  if (active === null) return null;
  const folder = new TrialFolder(directory), trial = folder.read(version);
  if (trial === null) return null;
  const candidate = folder.open({ readOnly: true });
  try {
    return { trial, figures: figuresOf(trial, active, candidate) };
  } finally {
    candidate.close();
  }
}

/** What a trial came to so far. */
export function trialLines({ trial, figures }: LookedAtTrial, { outcome, why }: Promotion): string[] {
  const word = trial.ended !== null
    ? `over since ${formatTime(trial.ended.at)}: ${trial.ended.why}`
    : `${{ promote: "may be promoted", wait: "goes on", refuse: "should not be promoted" }[outcome]}: ${
      why.join("; ")
    }`;
  return [`tried since ${formatTime(trial.since)}: ${word}`, ...figures.flatMap(figureLines)];
}

function figureLines(figures: TrialFigures): string[] {
  const { windows, span, services, added, dropped } = figures;
  return [
    `  ${rateText(figures)}; ${countText(windows, "window")}${span > 0 ? ` in ${lengthText(span)}` : ""}, ` +
    `${numberText(added.length)} added, ${numberText(dropped.length)} dropped`,
    ...services.map((service) => `    ${serviceText(service)}`),
    ...saidText(figures).map((line) => `    ${line}`),
    ...examples(added, "+"),
    ...examples(dropped, "−"),
  ];
}

function serviceText({ service, active, candidate, added, dropped }: TrialService): string {
  const name = service === "" ? "sessions" : plainLine(service, TITLE);
  return `${name}: ${countText(candidate, "alert")} beside ${active}, ${
    countText(added, "window")
  } added, ${dropped} dropped`;
}

/** How it does with alerts that people spoke of. */
function saidText({ alerts }: TrialFigures): string[] {
  const words: Said[] = ["true", "false", "expected"];
  return words.flatMap((word) => {
    const own = alerts.filter(({ said }) => said === word), seen = own.filter((one) => one.seen).length;
    return own.length === 0 ? [] : [`of ${countText(own.length, "alert")} called ${word} it sees ${seen}`];
  });
}

/** The windows with the highest scores. */
function examples(windows: readonly TrialWindow[], sign: string): string[] {
  const highest = windows.toSorted((a, b) => b.verdict.score - a.verdict.score).slice(0, EXAMPLES);
  const score = (value: number) => numberText(value, 2);
  return highest.map(({ key, active, candidate, verdict: { reasons: [reason] } }) =>
    `    ${sign} ${plainLine(key, TITLE)}: ${score(active)} → ${score(candidate)}${
      reason === undefined ? "" : `, ${plainLine(reasonTitle(reason), TITLE)}`
    }`
  );
}

/** A trial as plain data; examples as in {@linkcode trialLines}, without their reasons' details. */
export function jsonTrial({ trial, figures }: LookedAtTrial, promotion: Promotion) {
  const time = (value: number) => Number.isNaN(value) ? null : new Date(value).toISOString();
  const windows = (all: readonly TrialWindow[]) =>
    all.map(({ key, service, start, active, candidate, verdict: { reasons: [reason] } }) => ({
      ...{ key, service, start: time(start), active, candidate },
      about: reason === undefined ? "" : reasonTitle(reason),
    }));
  const { ended } = trial;
  return {
    ...{ since: time(trial.since), ended: ended && { at: time(ended.at), why: ended.why }, ...promotion },
    streams: figures.map(({ added, dropped, alerts, ...rest }) => ({
      ...{ ...rest, added: windows(added), dropped: windows(dropped) },
      alerts: alerts.map(({ alert: { id, severity, title }, said, seen }) => ({
        id,
        severity,
        title,
        said,
        seen,
      })),
    })),
  };
}
