/**
 * Names that settings may use of alerts. They stand here, so that reading settings loads no code of theirs.
 *
 * @module
 */

/** From *look at it some day* to *get up*. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;

/** Kinds of alerts: what their headlines are about. */
export const ALERT_KINDS = [
  "new",
  "template",
  "order",
  "value",
  "volume",
  "level",
  "threat",
  ...["no_data", "data_delay", "unparsed"] as const,
  "other",
] as const;
