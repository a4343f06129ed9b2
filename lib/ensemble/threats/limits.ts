/**
 * How much is too much for the detectors of threats, from what a training holds.
 *
 * @module
 */
import { THREAT_DETECTORS } from "../../detector/threat/registry.ts";
import type { Suspect, ThreatDetector } from "../../detector/threat/threat_detector.ts";
import type { ThreatMemory } from "../../detector/threat/threat_memory.ts";
import { DAY, EPISODE_GAP } from "./episodes.ts";

/**
 * What is usual is one sample: it may come one standard deviation of a count (Poisson) higher without being more; three where a
 * training is so short that its highest value is the limit.
 */
const DEVIATION = 1, OF_THE_HIGHEST = 3;

/** How high an attack's value came, and when it was last seen. */
interface Peak {
  value: number;
  last: number;
}

/**
 * The values that training came to, by detector and attack, and the limits that follow.
 *
 * A limit is the value that the detector's budget times the days of training lie above: with three days and a budget of a quarter a
 * day that is the highest, with twelve days the fourth. So some attacks in a training do no harm, and a service that is under constant
 * attack is judged by what is usual there.
 */
export class Peaks {
  readonly #open = new Map<string, Peak>();
  readonly #values = new Map<string, number[]>(THREAT_DETECTORS.map(({ name }) => [name, []]));

  /** Notes the suspects of a window that ends at `time`. */
  note(detector: ThreatDetector, suspects: readonly Suspect[], time: number): void {
    for (const { source, value } of suspects) {
      const key = `${detector.name}\n${source}`, open = this.#open.get(key);
      if (open !== undefined && time - open.last <= EPISODE_GAP) {
        open.value = Math.max(open.value, value);
        open.last = time;
        continue;
      }
      if (open !== undefined) this.#close(key, open);
      this.#open.set(key, { value, last: time });
    }
  }

  #close(key: string, { value }: Peak): void {
    this.#values.get(key.slice(0, key.indexOf("\n")))!.push(value);
    this.#open.delete(key);
  }

  /** The limit of each detector, shape [THREAT_DETECTORS.length]. */
  limits(days: number): number[] {
    for (const [key, peak] of [...this.#open]) this.#close(key, peak);
    return THREAT_DETECTORS.map((detector) => {
      const values = this.#values.get(detector.name)!.sort((a, b) => b - a);
      const spared = Math.floor(detector.budget * days), usual = values[spared] ?? 0;
      return Math.max(
        detector.floor,
        usual + room(detector, usual, spared === 0 ? OF_THE_HIGHEST : DEVIATION),
      );
    });
  }
}

/** How much higher a value may come by chance. */
function room({ scale }: ThreatDetector, usual: number, deviations: number): number {
  if (scale === "count") return deviations * Math.sqrt(usual);
  return scale === "deviation" && usual > 0 ? 1 : 0;
}

/** Whether a detector can say anything of a service that is known since `first`. */
export function knowsEnough({ habits }: ThreatDetector, { first, last }: ThreatMemory): boolean {
  return !habits || last - first >= DAY;
}
