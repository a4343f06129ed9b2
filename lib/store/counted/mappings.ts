/**
 * How the documents of jobs and parts are indexed; only types that every distribution has.
 *
 * @module
 */

const KEYWORD = { type: "keyword" }, LONG = { type: "long" }, KEPT = { type: "object", enabled: false };
/** Text that is only read back. */
const UNSEARCHED = { type: "keyword", index: false, doc_values: false };
/** Characters of a session's key that can be searched for; a longer one is read back all the same. */
const KEY_LENGTH = 1024;

/** The index of jobs, and of when each was used last. */
export const JOB_MAPPINGS = {
  dynamic: false,
  properties: {
    kind: KEYWORD,
    version: LONG,
    stream: KEYWORD,
    width: LONG,
    period: KEYWORD,
    begun: LONG,
    definition: UNSEARCHED,
    job: KEYWORD,
    used: { type: "date", format: "epoch_millis" },
    from: LONG,
    to: LONG,
  },
};

/** An index of parts, and of what was found in them: events, packed ones of sessions, windows, increments. */
export const PART_MAPPINGS = {
  dynamic: false,
  properties: {
    kind: KEYWORD,
    generation: { type: "integer" },
    // of parts and increments
    from: LONG,
    to: LONG,
    until: LONG,
    status: KEYWORD,
    owner: KEYWORD,
    lease: LONG,
    documents: LONG,
    found: KEPT,
    // of windows
    window: LONG,
    service: KEYWORD,
    facts: KEPT,
    // of events of sessions, packed
    piece: { type: "integer" },
    packed: KEPT,
    // of events
    "@timestamp": { type: "date", format: "epoch_millis" },
    template: KEYWORD,
    severity: { type: "byte" },
    sequence: LONG,
    session: { type: "keyword", ignore_above: KEY_LENGTH },
    document: UNSEARCHED,
  },
};
