/**
 * Requests that carry something for the server to execute or to hand out.
 *
 * @module
 */
import { counted } from "./password_guessing.ts";
import { injectedCount, recentCount, type RememberedSource } from "./remembered_source.ts";
import { FILE, PROBE_NAMES } from "./request_probe.ts";
import { TECHNIQUES } from "./technique.ts";
import type { Suspect, ThreatDetector } from "./threat_detector.ts";

/** One that reached a file or a command weighs as much as so many. */
const BREACH_WEIGHT = 3;

function suspect(source: RememberedSource): Suspect {
  const different = recentCount(source.injected),
    breached = source.breached >= 0.5,
    answered = source.answered >= 0.5;
  const kinds = PROBE_NAMES.slice(0, FILE).filter((_, i) => source.probes[i] > 0).join(", ");
  const outcome = breached
    ? "; a server that is safe would not have answered with success"
    : answered
    ? "; some were answered with success"
    : "";
  return {
    source: source.key,
    value: different + (breached ? BREACH_WEIGHT : 0),
    technique: TECHNIQUES.exploit,
    severity: breached ? "high" : answered ? "medium" : "low",
    text:
      `${
        counted(injectedCount(source), "request")
      } with ${kinds} from ${source.key}, such as ${source.example}` +
      outcome,
    actual: injectedCount(source),
    expected: 0,
  };
}

/**
 * Different requests of one source within the last one to two days with SQL, scripts, commands or paths out of the served folder in
 * them. One alone may be a search for such words or a mangled link: the floor is two.
 */
export const webInjection: ThreatDetector = {
  name: "injection",
  title: "Requests with something to execute",
  floor: 2,
  budget: 0.1,
  habits: false,
  suspects: ({ active }) =>
    active.filter((each) => each.nowProbes > 0 && injectedCount(each) > 0).map(suspect),
};
