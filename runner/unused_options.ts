/**
 * Options that a run could only ignore are refused: what a person asked for is done, or it is said that it isn't.
 *
 * @module
 */
import { type Plan, UsageError } from "./context.ts";
import type { OptionName, RunOptions } from "./options.ts";

/** What a stream of a settings file says itself. */
const OF_STREAMS = "streams of a settings file have their own; name files with --input for a one-off run";

/** Without `--input`, by command: options that have no use, and what to do instead. */
const WITHOUT_INPUT: Record<string, Partial<Record<OptionName, string>>> = {
  detect: {
    format: OF_STREAMS,
    session: OF_STREAMS,
    window: OF_STREAMS,
    model: "the settings say where models are; name files with --input to judge them by another model",
    from: "a run goes on where the last one stopped; name files with --input for a span of time",
    to: "a run goes on where the last one stopped; name files with --input for a span of time",
    notify: "alerts are sent by the channels of the settings anyway",
  },
  train: { format: OF_STREAMS, session: OF_STREAMS, window: OF_STREAMS },
};

/**
 * Refuses what `plan` can't use, and a session pattern that is none.
 *
 * @param command `detect`, `watch` or `train`.
 * @throws {UsageError} naming the option and what to do instead.
 */
export async function refuseUnused(command: string, options: RunOptions, plan: Plan): Promise<void> {
  const { given, stream, session } = options;
  if (plan.kind !== "input") {
    for (const [name, hint] of Object.entries(WITHOUT_INPUT[command] ?? {})) {
      if (given.includes(name as OptionName)) {
        throw new UsageError(`Cannot use --${name} without --input: ${hint}`);
      }
    }
    const known = plan.config.streams.map(({ name }) => name);
    if (stream !== null && !known.includes(stream)) {
      throw new UsageError(`Cannot find stream "${stream}": the settings have ${known.join(", ")}`);
    }
  } else if (command === "detect" && options.model !== null && given.includes("seed")) {
    throw new UsageError("Cannot use --seed with --model: a model that is there is not trained again");
  }
  if (session !== null) await refusePattern(session);
}

async function refusePattern(session: string): Promise<void> {
  const { RE2JS } = await import("re2js");
  try {
    RE2JS.compile(session);
  } catch (cause) {
    throw new UsageError(
      `Cannot read --session: expected a regular expression in RE2 syntax, got "${session}": ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
}
