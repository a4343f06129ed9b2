/**
 * A step that no session ever had.
 *
 * @module
 */
import { textOf } from "../log/divided_log.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { contentOf, type SessionInjection } from "./injection.ts";
import { newText } from "./new_texts.ts";
import { insertBehind, ownRecords, timeBehind } from "./session_steps.ts";

/** The least `SeverityNumber` of an error. */
const ERROR = 17;

function newStep(sort: "error" | "info", title: string): SessionInjection {
  return {
    on: "session",
    name: `new-${sort}-step`,
    title,
    async plant(session, { log, writer }, dice, edit, number) {
      const steps = ownRecords(log, session).filter((step) => keyWord(log, step, session.key) !== null);
      if (steps.length === 0) return null;
      const at = dice.below(steps.length), step = steps[at], time = timeBehind(log, steps, at, .5);
      const word = keyWord(log, step, session.key)!, text = newText(sort, number);
      for (const severity of sort === "error" ? [ERROR, 0] : [0]) {
        const message = severity === 0 && sort === "error" ? `error: ${text}` : text;
        for (const content of [`${message} ${word}`, `${word} ${message}`]) {
          const written = await writer.write(step, {
            content,
            severity,
            ...(Number.isNaN(time) ? {} : { time }),
          });
          if (written === null) continue;
          insertBehind(edit, log, step, written);
          return `"${content}"`;
        }
      }
      return null;
    },
  };
}

/** The word of a message that names the session, such as `order=48201`; `null` where its header does. */
function keyWord(log: RecordedLog, record: number, key: string): string | null {
  const words = contentOf(log, record).split(/[\s,;()"]+/);
  return words.find((word) => word.includes(textOf(new TextEncoder().encode(key)))) ?? null;
}

/**
 * An error that no session ever had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newErrorStep } from "./new_step.ts";
 *
 * assert.equal(newErrorStep.name, "new-error-step");
 * ```
 */
export const newErrorStep: SessionInjection = newStep("error", "an error that never was");

/**
 * A plain message that no session ever had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newInfoStep } from "./new_step.ts";
 *
 * assert.equal(newInfoStep.name, "new-info-step");
 * ```
 */
export const newInfoStep: SessionInjection = newStep("info", "a plain message that never was");
