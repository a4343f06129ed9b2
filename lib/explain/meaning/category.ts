/**
 * What an error message can be about.
 *
 * @module
 */

/** A category: its name, what it says in plain words, and where it stands between cause and symptom. */
interface CategoryPlan {
  /** Two or three words for a heading. */
  title: string;
  /** A sentence that a person who didn't write the software understands. */
  meaning: string;
  /**
   * 0 = a cause that nothing else explains, 1 = what other things lead to. Order of dependence: machine, resources, what was set
   * up or rolled out, ways to others, rights, data, agreement of several, services needed, what a user sees in the end.
   */
  depth: number;
}

/** The categories, causes before symptoms. */
export const CATEGORIES = {
  hardware: { title: "Hardware", meaning: "A part of the machine is failing or at its limits", depth: 0 },
  disk: {
    title: "Disk",
    meaning: "A disk or file system is full, slow, damaged or can't be written",
    depth: 0.05,
  },
  memory: { title: "Memory", meaning: "There isn't enough memory", depth: 0.1 },
  cpu: { title: "Processor", meaning: "The processor has more work than it can do", depth: 0.15 },
  attack: { title: "Attack", meaning: "Somebody may be trying to break in", depth: 0.15 },
  deployment: {
    title: "Deployment",
    meaning: "What was built, installed or rolled out doesn't fit or didn't finish",
    depth: 0.2,
  },
  configuration: { title: "Configuration", meaning: "A setting is wrong or missing", depth: 0.2 },
  dns: { title: "Names", meaning: "A host name could not be turned into an address", depth: 0.3 },
  network: { title: "Network", meaning: "A connection failed or broke off", depth: 0.35 },
  tls: {
    title: "Encryption",
    meaning: "Two sides could not agree on a certificate or an encrypted connection",
    depth: 0.35,
  },
  authentication: {
    title: "Sign-in",
    meaning: "Somebody or something could not prove who it is",
    depth: 0.4,
  },
  permission: { title: "Permission", meaning: "Something was not allowed", depth: 0.4 },
  quota: { title: "Limit", meaning: "A limit was reached: too many at once, or too much", depth: 0.45 },
  lock: { title: "Lock", meaning: "Several wanted the same thing at the same time", depth: 0.5 },
  missing: { title: "Not found", meaning: "Something that was asked for isn't there", depth: 0.55 },
  data: { title: "Data", meaning: "Data was not in the form that was expected", depth: 0.55 },
  cluster: { title: "Cluster", meaning: "Members of a group lost each other or disagree", depth: 0.6 },
  crash: { title: "Crash", meaning: "A program failed by its own fault, or ended unexpectedly", depth: 0.7 },
  dependency: {
    title: "Dependency",
    meaning: "Another service that is needed doesn't do its work",
    depth: 0.8,
  },
  timeout: { title: "Timeout", meaning: "Something took too long", depth: 0.9 },
  none: { title: "No failure", meaning: "The message reports no failure by itself", depth: 1 },
} as const satisfies Record<string, CategoryPlan>;

/** The name of a category; `none` = reports no failure. */
export type Category = keyof typeof CATEGORIES;

/** The names of the categories, in the order in which models number them. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as readonly Category[];
