/**
 * What the probe in a measured worker tells.
 *
 * @module
 */

/** What the probe's line begins with. */
export const PROBE = "bench-probe ";

/** What the probe tells. */
export interface Probed {
  /** Most memory resident at any time, KiB. */
  maxRss: number;
  /** Processor time of all its threads, user and system, seconds. */
  cpu: number;
  /** Addresses of the scripts that were loaded; none where the right to see them is missing. */
  scripts: string[];
}
