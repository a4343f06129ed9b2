/**
 * One message that stands for many.
 *
 * @module
 */
import {
  LOOK_FURTHER,
  type Message,
  MESSAGE_VERSION,
  type Program,
  type ToldAlert,
  toldAlerts,
} from "./message.ts";
import { plainLine } from "./plain_text.ts";

/**
 * One message for messages that are too many to be sent one by one.
 *
 * @param messages At least one, most severe first.
 * @param program How to look further; `null` where nothing is kept to look at.
 * @throws {RangeError} if there are none.
 */
export function summaryOf(messages: readonly Message[], program: Program | null = LOOK_FURTHER): Message {
  if (messages.length === 0) {
    throw new RangeError("Cannot summarise messages: expected at least one, got none");
  }
  const [{ alert, stream, severity, ratio, report }] = messages;
  const streams = [...new Set(messages.map((message) => message.stream))],
    told = messages.flatMap(toldAlerts);
  return {
    version: MESSAGE_VERSION,
    ...{ alert, stream, severity, ratio, report, isOld: false, kind: "digest" },
    title: `[${severity}] ${told.length} more alerts, ${
      messages.every(({ heldBack }) => heldBack !== undefined)
        ? `held back until now: ${messages[0].heldBack}`
        : "not sent one by one"
    }`,
    facts: [{ name: streams.length > 1 ? "Streams" : "Stream", value: plainLine(streams.join(", "), 300) }],
    reasons: [],
    others: messages.map(({ title }) => title),
    ...told.length > 1 && { alerts: told.map(briefly) },
    command: program === null
      ? ""
      : [program.command, "alerts list", program.options].filter(Boolean).join(" "),
  };
}

function briefly({ alert, stream, severity, ratio, title }: ToldAlert): ToldAlert {
  return { alert, stream, severity, ratio, title };
}
