/**
 * Why something was found, as fields of a document.
 *
 * @module
 */
import { type DetectorShare, levelOfSeverity, type Reason, reasonTitle } from "../../lib/mod.ts";
import { exampleText } from "../alert/message.ts";
import { nameText, shownText, timeText } from "./document.ts";

/** Reasons of a document at the most. */
const MOST_REASONS = 20;
/** Characters of texts. */
const TITLE = 300, NOTE = 500;

/** The fields of a reason. Texts were redacted when they were taken out of a log. */
export function reasonFields(reason: Reason) {
  const { kind, id, detector, share, actual, expected, firstSeen, note = "", level = 0 } = reason;
  return {
    ...{ kind, id: nameText(id), detector, title: shownText(reasonTitle(reason), TITLE) },
    ...{ share, actual, expected, first_seen: timeText(firstSeen) },
    note: shownText(note, NOTE),
    example: shownText(exampleText(reason), NOTE),
    level: level === 0 ? undefined : levelOfSeverity(level),
  };
}

/** `deepscan.reasons` and `deepscan.detectors`; absent where there are none. */
export function evidenceFields(reasons: readonly Reason[], detectors: readonly DetectorShare[]) {
  return {
    reasons: reasons.length === 0 ? undefined : reasons.slice(0, MOST_REASONS).map(reasonFields),
    detectors: detectors.length === 0
      ? undefined
      : detectors.map(({ detector, share }) => ({ name: detector, share })),
  };
}

/** What `threat` says of a technique of MITRE ATT&CK. */
interface ThreatFields {
  framework: string;
  technique: {
    id: string[];
    name: string[];
    reference: string[];
    subtechnique?: { id: string[]; name: string[]; reference: string[] };
  };
}

/** `threat` of the techniques that reasons name; absent where there is none. */
export function threatFields(reasons: readonly Reason[]): ThreatFields | undefined {
  const named = new Map(
    reasons.flatMap(({ technique }) => technique ? [[technique.id, technique.name]] : []),
  );
  if (named.size === 0) return undefined;
  const techniques = new Map<string, string>(), subtechniques = new Map<string, string>();
  for (const [id, name] of named) {
    const [above, own] = name.split(": "), [parent] = id.split(".");
    techniques.set(parent, above);
    if (id !== parent) subtechniques.set(id, own ?? name);
  }
  return {
    framework: "MITRE ATT&CK",
    technique: {
      ...columns(techniques),
      ...(subtechniques.size === 0 ? {} : { subtechnique: columns(subtechniques) }),
    },
  };
}

function columns(named: ReadonlyMap<string, string>) {
  const ids = [...named.keys()].sort();
  return {
    id: ids,
    name: ids.map((id) => named.get(id)!),
    reference: ids.map((id) => `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`),
  };
}
