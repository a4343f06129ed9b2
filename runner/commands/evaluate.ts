export const help = `
Says how right verdicts are: against labels, by a protocol that anyone can repeat, or without any labels.

  deno task evaluate --verdicts FILE.csv --labels FILE.csv              verdicts against labels
  deno task evaluate --protocol P --input GLOB --labels FILE.csv …      divides, trains, tests, seed by seed
  deno task evaluate --inject --input GLOB …                            no labels: plants anomalies into your own logs

  --verdicts FILE.csv   what \`deno task detect --verdicts\` wrote; may be repeated: one file a seed
  --labels FILE.csv     key,label[,kind] (loghub's BlockId,Label too) or start,end,service,label[,kind]
  --tolerance 10m       how far an alarm may lie beside what it is about; default: a time window

  --protocol random:P | chronological:P | completion:P
                        P percent of sessions train: any, the first to begin, the first to end; the rest is tested.
                        Time windows are divided by time. May be repeated
  --train GLOB          logs that train, where a log comes divided: --input is tested then; instead of --protocol
  --unlabelled          anomalies in the training part stay in, as they would without labels
  --seeds N             runs with different seeds; default 5 for random, else 1
  --detectors A,B       detectors that work together; may be repeated: a row each; default: those of the settings

  --inject              plants known kinds of anomalies into the last part of the logs, and says which are found,
                        how often it cries wolf on what is left as it was, and how many alerts a day to expect
  --kinds A,B           kinds to plant; default: all that fit the logs
  --count N             anomalies of each kind; default 20
  --part P              percent of the log that trains; default 65
  --model DIR           judge by the active model in this registry, and train none
  --output DIR          keep a log with anomalies in it and its labels there, to look at

  --input GLOB|-, --format NAME, --session REGEX, --window 5m, --config FILE, --stream NAME, --seed N
                        as for \`deno task train\`
  --json                the figures as JSON on standard output

A labelled key without a verdict counts as called normal, and is reported as missing. Logs are held in memory.
`;

import type { Context } from "../context.ts";
import { evaluateOptions } from "../evaluate/options.ts";

/** `deno task evaluate`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = evaluateOptions(args, context.cwd);
  if (options.mode === "verdicts") {
    const { evaluateFiles } = await import("../evaluate/verdict_files.ts");
    return await evaluateFiles(options, context);
  }
  if (options.mode === "protocol") {
    const { evaluateProtocols } = await import("../evaluate/protocols.ts");
    return await evaluateProtocols(options, context);
  }
  const { evaluateInjected } = await import("../evaluate/injected.ts");
  return await evaluateInjected(options, context);
}
