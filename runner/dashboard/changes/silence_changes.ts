/**
 * What keeps alerts from being told.
 *
 * @module
 */
import { z } from "zod";
import { matcherText } from "../../alert/matcher.ts";
import { formatTime } from "../../alert/plain_text.ts";
import { ALERT_KINDS, SEVERITIES } from "../../config/alert_names.ts";
import { parseDuration } from "../../config/duration.ts";
import { cleanedNote } from "../../silence/said.ts";
import { addSilence, endSilence } from "../../silence/silences.ts";
import { shownName } from "../data/texts.ts";
import { type Change, ChangeError, changeState } from "./change.ts";
import { identity, note, word } from "./fields.ts";

/** Longest silence, ms. */
const LONGEST = 366 * 86_400_000;

const length = z.string().trim().max(20).describe("How long, such as `2h`; a year at the most.").refine(
  (text) => lengthOf(text) > 0 && lengthOf(text) <= LONGEST,
  { error: "expected a length of time such as 2h, a year at the most" },
);

function lengthOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof SyntaxError) return NaN;
    throw error;
  }
}

const silenceFields = z.strictObject({
  alert: word().default("").describe("Id of an alert."),
  incident: word().default("").describe("Id of an incident."),
  stream: word().default("").describe("Name of a stream; `*` stands for any characters."),
  service: word().default("").describe("Name of a service; `*` stands for any characters."),
  template: word().default("").describe("Id or text of the template that an alert is about."),
  kind: z.enum(["", ...ALERT_KINDS]).default("").describe("What an alert is about."),
  severity: z.enum(["", ...SEVERITIES]).default("").describe("Alerts of this severity or lower."),
  for: length,
  note: note(),
});

/** Nothing is told for a while. */
export const silencing: Change<typeof silenceFields> = {
  about:
    "Keeps alerts from being told for a while: those that are what all fields say that are not empty, one at the least.",
  fields: silenceFields,
  run: ({ for: length, note, ...about }, { plan, who, now }) => {
    const matcher = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== ""));
    if (Object.keys(matcher).length === 0) throw new ChangeError("Cannot silence everything: say what", 400);
    return changeState(plan, (state) => {
      const said = { who, note: cleanedNote(note, plan), at: now };
      const mute = addSilence(state, { matcher, until: now + lengthOf(length), ...said });
      const text = shownName(matcherText(JSON.parse(mute.matcher)));
      return {
        said: `silenced until ${formatTime(mute.end)}: ${text}`,
        about: `${mute.id}: ${text}`,
        note: said.note,
      };
    });
  },
};

const endFields = z.strictObject({ id: identity("the silence") });

/** What was silenced is told again. */
export const endingSilence: Change<typeof endFields> = {
  about: "Ends a silence, a deployment or a suppression.",
  fields: endFields,
  run: ({ id }, { plan, now }) =>
    changeState(plan, (state) => {
      const text = shownName(matcherText(JSON.parse(endSilence(state, id, now).matcher)));
      return { said: `ended: ${text}`, about: `${id}: ${text}` };
    }),
};
