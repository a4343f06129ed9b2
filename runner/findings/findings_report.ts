/**
 * What became of documents that were to be sent, for people. Apart from what sends them, which most runs don't load.
 *
 * @module
 */

/** What became of documents. */
export interface FindingsReport {
  /** New in the cluster, or changed there. */
  sent: number;
  /** The cluster had them already, or something newer. */
  existing: number;
  /** Why documents were refused for good, and how many were for that reason. */
  refused: ReadonlyMap<string, number>;
  /** How many still wait. */
  waiting: number;
  /** Why they wait; empty where none does. */
  failure: string;
  /** Whether somebody has to change something first: a setting, a privilege, a certificate. */
  broken: boolean;
  /** Indices that were deleted because they are old. */
  deleted: string[];
  /** What a person should know. */
  notes: string[];
}

/** Nothing was to be sent. */
export const NO_FINDINGS: FindingsReport = {
  ...{
    sent: 0,
    existing: 0,
    refused: new Map(),
    waiting: 0,
    failure: "",
    broken: false,
    deleted: [],
    notes: [],
  },
};

/** What a person must hear of the documents of a run. */
export function findingsRemarks({ refused, waiting, failure, deleted, notes }: FindingsReport): string[] {
  const count = (number: number) => `${number} ${number === 1 ? "document" : "documents"}`;
  return [
    ...notes,
    ...[...refused].map(([reason, times]) =>
      `findings: ${count(times)} refused for good: ${reason}; \`deepscan findings status\` shows them`
    ),
    ...(failure === "" ? [] : [`findings: ${count(waiting)} wait for the next run: ${failure}`]),
    ...(deleted.length === 0
      ? []
      : [`findings: deleted what is older than it is kept: ${deleted.join(", ")}`]),
  ];
}

/** Whether documents could not be sent for a reason that doesn't pass by itself. */
export function findingsFailed({ broken, refused }: FindingsReport): boolean {
  return broken || refused.size > 0;
}
