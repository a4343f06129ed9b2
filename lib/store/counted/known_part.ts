/**
 * What has been read of a part.
 *
 * @module
 */

/** What is known of a part already. */
export interface Known {
  /** Generations that are known as a whole. */
  generation: number;
  /** Of the next one what is before this border of a window, ms UTC; `null` = nothing. */
  until: number | null;
}

/** What is known of which part. */
export interface KnownPart extends Known {
  /** Where it begins, ms UTC. */
  from: number;
}
