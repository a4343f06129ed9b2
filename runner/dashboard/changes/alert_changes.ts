/**
 * What people say of incidents and alerts.
 *
 * @module
 */
import { z } from "zod";
import { acknowledge } from "../../alerts/acknowledge.ts";
import { sayFeedback } from "../../feedback/say_feedback.ts";
import { cleanedNote } from "../../silence/said.ts";
import { type Change, ChangeError, changeState } from "./change.ts";
import { identity, note } from "./fields.ts";

const careFields = z.strictObject({ incident: identity("the incident"), note: note() });

/** Somebody takes care of an incident. */
export const acknowledging: Change<typeof careFields> = {
  about:
    "Says that somebody takes care of an incident: then only what is worse and that it is over are told.",
  fields: careFields,
  run: ({ incident, note }, { plan, who, now }) =>
    changeState(plan, (state) => {
      const said = { who, note: cleanedNote(note, plan), at: now };
      acknowledge(state, { incident, ...said });
      return {
        said: `${who} takes care of incident ${incident}`,
        about: `incident ${incident}`,
        note: said.note,
      };
    }),
};

const feedbackFields = z.strictObject({
  alert: identity("the alert"),
  said: z.enum(["true", "false", "expected", "none"]).describe(
    "What it was worth; `none` takes back what was said.",
  ),
  note: note(),
  always: z.enum(["", "true", "false", "on"]).default("").describe(
    "Whether more of the same is never told again; only with `expected`.",
  ),
});

/** What an alert was worth. */
export const givingFeedback: Change<typeof feedbackFields> = {
  about: "Says what an alert was worth: the next training goes by it.",
  fields: feedbackFields,
  run: ({ alert, said, note, always: word }, { plan, who, now }) => {
    const always = word === "true" || word === "on";
    if (always && said !== "expected") {
      throw new ChangeError("Cannot keep that for good: only what is expected is never told again", 400);
    }
    return changeState(plan, (state) => {
      const kept = note === "" ? null : cleanedNote(note, plan);
      const { changed } = sayFeedback(state, { alert, word: said, note: kept, always, who, at: now });
      const what = said === "none" ? "what was said is taken back" : `called ${said}`;
      return {
        said: changed ? `alert ${alert}: ${what}` : "that is what was said before: nothing changes",
        about: `alert ${alert}: ${said}`,
        note: kept ?? "",
      };
    });
  },
};
