/**
 * What a score comes from, for detectors that judge whole windows.
 *
 * @module
 */

/** What part of an opinion is about. */
export interface Part {
  /**
   * `template` and `unseen` = events of a template (known to training or not), `level` = of a severity class, `total` = all
   * events, `order` = a template that follows another one, `value` = a value of a template's parameter, `source` = who sent them.
   */
  kind: "template" | "unseen" | "other" | "level" | "total" | "order" | "value" | "source";
  /** Template index; -1 where it is about none. */
  template: number;
  /** What identifies it beside the template: the level's name, the slot's id, the follower's template id, the source; else empty. */
  detail: string;
  /** One line for people where counts alone don't tell it, such as `took 4.1 s, usually below 0.3 s`; else empty. */
  text: string;
  /** Part of the opinion, 0–1; an opinion's shares sum to 1. */
  share: number;
  /** Events counted (or the value), and what a normal window, or a normal span of time, would have. */
  actual: number;
  expected: number;
  /** Length of time (ms) that the counts are of, its end the window's; absent = they are of this window alone. */
  span?: number;
}
