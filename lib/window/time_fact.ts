/**
 * What a session notes of the times of its records.
 *
 * @module
 */

/** Name of the fact in a session: {@linkcode TimeFact}. */
export const TIMES = "times";

/** Numbers of one template: its index, and the first and last time of its records, milliseconds UTC. */
export const TIME_WIDTH = 3;

/** `template, first, last, …`: templates ascending, each once. What lies between does not matter, nor in which order it came. */
export type TimeFact = number[];
