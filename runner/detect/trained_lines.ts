/**
 * What a training came to, for people.
 *
 * @module
 */
import type { StreamModel } from "../../lib/mod.ts";
import { formatTime } from "../alert/plain_text.ts";
import { leftOutLines } from "./exclusions.ts";

type Scope = StreamModel["scopes"][number];
type Fitted = Scope["detectors"][number] | NonNullable<Scope["sequences"]>[number];

/** What it learned from and what not, then what is to be known of its detectors and lines. */
export function trainedLines({ settings, trained, catalogue, formats, scopes }: StreamModel): string[] {
  const { from, to, records, windows, excluded } = trained;
  const span = Number.isNaN(from) ? "" : `, ${formatTime(from)} to ${formatTime(to)}`;
  return [
    `${settings.name}: ${records.toLocaleString("en")} records (${formats.join(", ")}), ` +
    `${windows.toLocaleString("en")} windows, ${catalogue.frozen} templates${span}`,
    ...[...leftOutLines(excluded), ...scopes.flatMap(scopeLines)].map((line) => `  ${line}`),
  ];
}

function scopeLines({ name, detectors, sequences = [], ensemble }: Scope): string[] {
  return ensemble.kind === "static"
    ? [...detectors, ...sequences].map((fitted) => `${name}, ${detectorText(fitted)}`)
    : ensemble.notes.map((note) => `${name}: ${note}`);
}

function detectorText({ detector, threshold }: Fitted): string {
  const rate = threshold.nominal === null ? "" : ` of ${percent(threshold.nominal)} meant`;
  const note = threshold.note === "" ? "" : `; ${threshold.note}`;
  return `${detector.kind}: threshold ${threshold.value.toPrecision(3)} (${threshold.rule}), ` +
    `flags ${percent(threshold.realised)}${rate} on ${threshold.windows.toLocaleString("en")} windows${note}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
