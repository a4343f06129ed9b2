/**
 * What people would have been told, and when.
 *
 * @module
 */
import type { MessageKind } from "../alert/message.ts";
import type { Severity } from "../alert/severity.ts";

/** One line of a timeline. Plain data; times are ms since the epoch. */
export interface TimelineEntry {
  at: number;
  /** `message` = somebody would have got it; `held` = it would have been kept back. */
  type: "message" | "held";
  /** Who; `channels` = everybody. */
  receiver: string;
  /** Names of the channels that it would have gone by; none where it is held. */
  channels: string[];
  kind: MessageKind;
  /** Whether it goes on. */
  status: "firing" | "resolved";
  severity: Severity;
  stream: string;
  /** Identity of the incident; `null` where it is about several. */
  incident: string | null;
  /** Messages about that incident that came before this one, to the same receiver. */
  number: number;
  title: string;
  /** Titles of what else it tells. */
  others: string[];
  /** Why it was held back, or why it waited for a digest; empty where nothing kept it. */
  why: string;
}
