/**
 * A message that was never there, as an error or as plain information.
 *
 * @module
 */
import type { ServiceGround } from "./ground.ts";
import { contentOf, nearest, placeOf, type WindowInjection } from "./injection.ts";
import { newText } from "./new_texts.ts";
import { withRequest } from "./request.ts";

/** The least `SeverityNumber` of an error, and of what is more than information. */
const ERROR = 17, WARNING = 13;

function newMessage(sort: "error" | "info", title: string): WindowInjection {
  return {
    on: "window",
    name: `new-${sort}`,
    title,
    prepare(ground, dice, number) {
      const { log, writer, size } = ground, models = modelsOf(ground, sort);
      if (models.length === 0) return null;
      const text = newText(sort, number);
      return {
        windows: 1,
        async plant(at, edit) {
          const [time] = dice.times(1, at * size, (at + 1) * size), model = nearest(log, models, time);
          for (const { content, severity } of messages(contentOf(log, model), sort, text)) {
            const written = await writer.write(model, { time, content, severity });
            if (written === null) continue;
            const { input } = log.records[model];
            edit.insert(input, placeOf(log, input, written.time), written.bytes);
            return `"${content}"`;
          }
          return null;
        },
      };
    },
  };
}

/** What may be written, the best first: a request where the log has requests; formats without levels have only the words. */
function messages(
  model: string,
  sort: "error" | "info",
  text: string,
): { content: string; severity: number }[] {
  const path = `/${text.replaceAll(/[^a-z]+/g, "-")}`,
    request = withRequest(model, path, sort === "error" ? 500 : 200);
  if (request !== null) return [{ content: request, severity: 0 }];
  if (sort === "info") return [{ content: text, severity: 0 }];
  return [{ content: text, severity: ERROR }, { content: `error: ${text}`, severity: 0 }];
}

/** Records whose header will do: of errors where there are any, of what is no warning for information. */
function modelsOf({ log, windows }: ServiceGround, sort: "error" | "info"): number[] {
  const all = [...windows.values()].flat(),
    severe = (least: number) => (record: number) => log.records[record].severity >= least;
  if (sort === "info") return all.filter((record) => !severe(WARNING)(record));
  const errors = all.filter(severe(ERROR));
  return errors.length > 0 ? errors : all;
}

/**
 * One line with an error that the log never had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newError } from "./new_message.ts";
 *
 * assert.equal(newError.name, "new-error");
 * ```
 */
export const newError: WindowInjection = newMessage("error", "one error that never was");

/**
 * One line that the log never had, and that is no error.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newInfo } from "./new_message.ts";
 *
 * assert.equal(newInfo.name, "new-info");
 * ```
 */
export const newInfo: WindowInjection = newMessage("info", "one plain message that never was");
