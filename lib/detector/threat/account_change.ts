/**
 * What is done with rights and accounts, told apart by who did what to whom.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { firstText } from "./source_counts.ts";
import type { Statement, StatementKind } from "./statement.ts";

const { fieldsOf, amount, number, text } = savedFields("an account change");

/** The statements that are account changes. */
export const CHANGES: ReadonlySet<StatementKind> = new Set<StatementKind>(
  ["sudo", "refused", "su", "user", "member", "password", "key", "stopped", "cleared"],
);

/** Something done with rights or accounts, once or several times. All texts are redacted. */
export interface AccountChange {
  kind: StatementKind;
  user: string;
  target: string;
  /** The program that was run, without its folder and arguments. */
  program: string;
  /** One of the commands, cut. */
  command: string;
  times: number;
  /** When it was first done, ms; NaN where lines have no times. */
  first: number;
}

/** Characters of a command that are kept. */
const COMMAND_LIMIT = 120;

/** The program of a command line: `/usr/bin/vim notes` → `vim`. */
function programOf(command: string): string {
  return /^\s*(?:\S*\/)?([^\s/]{1,40})/.exec(command)?.[1] ?? "";
}

/** What a statement says was done at `time`. */
export function changeOf(said: Statement, time: number, redact: (text: string) => string): AccountChange {
  const command = redact(said.command).slice(0, COMMAND_LIMIT);
  const names = { user: redact(said.user), target: redact(said.target) };
  return { kind: said.kind, ...names, program: programOf(command), command, times: 1, first: time };
}

/** What makes two changes the same: arguments of a command don't. */
export const changeKey = ({ kind, user, target, program }: AccountChange): string =>
  [kind, user, target, program].join("\n");

/** Adds the same change. Returns the first. */
export function mergeChanges(a: AccountChange, b: AccountChange): AccountChange {
  a.times += b.times;
  a.command = firstText(a.command, b.command);
  if (!(a.first <= b.first)) a.first = b.first;
  return a;
}

/**
 * A change from its saved form, in which a missing time is -1.
 *
 * @throws {TypeError} if a field is missing or of another type.
 */
export function readChange(value: unknown, path: string): AccountChange {
  const saved = fieldsOf(value, path), kind = text(saved.kind, `${path}.kind`) as StatementKind;
  if (!CHANGES.has(kind)) {
    throw new TypeError(`Cannot restore an account change: ${path}.kind is not known, ${kind}`);
  }
  const first = number(saved.first, `${path}.first`);
  return {
    kind,
    user: text(saved.user, `${path}.user`),
    target: text(saved.target, `${path}.target`),
    program: text(saved.program, `${path}.program`),
    command: text(saved.command, `${path}.command`),
    times: amount(saved.times, `${path}.times`),
    first: first < 0 ? NaN : first,
  };
}
