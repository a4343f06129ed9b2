/**
 * Property tests by fast-check, under its own name (`tests/deno.json` maps it here): the same cases in every run, so that a
 * change is judged by what it changed.
 *
 * `DEEPSCAN_SEED=random` looks for new cases, a number repeats the cases of a failure; `DEEPSCAN_RUNS` says how many each
 * property is tried on.
 *
 * @module
 */
import fc from "fast-check-unseeded";

const { DEEPSCAN_SEED: seed = "20260302", DEEPSCAN_RUNS: runs } = Deno.env.toObject();

fc.configureGlobal({
  ...(seed === "random" ? {} : { seed: Number(seed) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});

export default fc;
