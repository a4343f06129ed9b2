/**
 * Messages on their way to a channel, and which of them go together.
 *
 * @module
 */
import { digest } from "./digest.ts";
import { caughtUp } from "./incident_message.ts";
import type { Message } from "./message.ts";
import type { DueDelivery } from "./outbox.ts";
import { compareSeverity, type Important } from "./severity.ts";

/** A delivery and the message in it. */
export interface Parcel {
  delivery: DueDelivery;
  message: Message;
}

/** How important it is beside others. */
export function importanceOf({ message: { alert, severity, ratio } }: Parcel): Important {
  return { id: alert, severity, score: ratio, threshold: 1 };
}

/** Whether people should not wait for it. */
export function isUrgent({ message }: Parcel): boolean {
  return !message.isOld && compareSeverity(message.severity, "high") >= 0;
}

/** Parcels that are told as one: what is about one incident, or in one group. In the order of their first ones. */
export function groupsOf(parcels: readonly Parcel[]): Parcel[][] {
  const groups = Map.groupBy(
    parcels,
    ({ delivery: { key }, message: { incident, group } }) =>
      incident === undefined ? group?.id ?? key : `incident ${incident}`,
  );
  return [...groups.values()];
}

/** Messages with those about one incident as one, in the order of their first ones. */
export function eachOnce(messages: readonly Message[]): Message[] {
  const incidents = Map.groupBy(messages, ({ incident }, index) => incident ?? index);
  return [...incidents.values()].map((about) => about.length === 1 ? about[0] : caughtUp(about));
}

/** The key of a message, or of several that are told as one: the same for the same ones in any order. */
export function keyOf(deliveries: DueDelivery[]): string {
  const keys = deliveries.map(({ key }) => key).sort();
  if (keys.length === 1) return keys[0];
  return `summary-${digest(keys.join(" "))}.${deliveries[0].channel}`;
}

/** Parcels that may have arrived, together as they were sent; not those whose companions are gone. */
export function sentBefore(parcels: readonly Parcel[]): Parcel[][] {
  const tried = Map.groupBy(parcels, ({ delivery: { triedAs } }) => triedAs);
  return [...tried].filter(([as, group]) => as === keyOf(group.map(({ delivery }) => delivery)))
    .map(([, group]) => group);
}
