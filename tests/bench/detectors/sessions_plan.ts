/**
 * Which sessions train and which are judged, and how much of it is measured.
 *
 * @module
 */
import {
  adfaSet,
  hdfs100kSet,
  hdfsLog,
  type SessionLog,
  type SessionSet,
  sessionSet,
  splitSessions,
} from "./session_material.ts";
import { MODELS } from "./sessions_joined.ts";

/** A set of sessions, made for each of its seeds. */
export interface Protocol {
  name: string;
  /** Whether scanning goes on behind training. */
  follows: boolean;
  seeds: number[];
  make: (seed: number) => SessionSet;
}

/** What is measured. */
export interface Plan {
  protocols: Protocol[];
  models: readonly string[];
  /** Of what costs are the median of. */
  passes: number;
}

const FULL_PASSES = 5;

/** All protocols; `quick`: two, of one seed, without the slowest model. */
export function planOf(quick: boolean): Plan {
  const protocols: Protocol[] = [
    ...hdfsProtocols(hdfsLog()),
    { name: "HDFS 100,000 lines, own division", follows: false, seeds: [0], make: hdfs100kSet },
    { name: "ADFA-LD, own division", follows: false, seeds: [0], make: adfaSet },
  ];
  if (!quick) return { protocols, models: MODELS, passes: FULL_PASSES };
  const few = protocols.filter(({ name }) => ["HDFS random 10 %", "HDFS first 10 %"].includes(name));
  return {
    protocols: few.map((protocol) => ({ ...protocol, seeds: [0] })),
    models: MODELS.filter((name) => name !== "lstm"),
    passes: 1,
  };
}

function hdfsProtocols(log: SessionLog): Protocol[] {
  const protocol = (
    name: string,
    how: "random" | "chronological" | "completed",
    share: number,
    unlabelled = false,
  ): Protocol => ({
    name,
    follows: how !== "random",
    seeds: how === "random" ? [0, 1, 2, 3, 4] : [0],
    make: (seed) => sessionSet(log, splitSessions(log, { protocol: how, share, unlabelled, seed })),
  });
  return [
    protocol("HDFS random 1 %", "random", .01),
    protocol("HDFS random 10 %", "random", .1),
    protocol("HDFS random 50 %", "random", .5),
    protocol("HDFS random 50 %, unlabelled", "random", .5, true),
    protocol("HDFS first 1 %", "chronological", .01),
    protocol("HDFS first 10 %", "chronological", .1),
    protocol("HDFS first 10 %, unlabelled", "chronological", .1, true),
    protocol("HDFS first 50 %", "chronological", .5),
    protocol("HDFS first 10 % completed", "completed", .1),
  ];
}
