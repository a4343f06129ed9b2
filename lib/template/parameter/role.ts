/**
 * What the name of a slot says about its values.
 *
 * @module
 */

/** Nothing. */
export const NO_ROLE = 0;
/** Numbers only tell things apart: `pid`, `blk_<*>`. */
export const ID_ROLE = 1;
/** Names of accounts. */
export const USER_ROLE = 2;
/** Names of machines. */
export const HOST_ROLE = 3;
/** Names of files. */
export const FILE_ROLE = 4;
/** Redaction takes the values out. */
export const SECRET_ROLE = 5;

const ROLES = new Map<string, number>([
  ..."id uid gid euid ruid pid ppid tid thread port uuid guid blk block session sid request order job task trace span"
    .split(" ").map((word): [string, number] => [word, ID_ROLE]),
  ..."spt dpt sport dport serial seq sequence offset line inode fd vlan asn zip code status errno signal version generation epoch"
    .split(" ").map((word): [string, number] => [word, ID_ROLE]),
  ..."user username ruser login account owner logname principal ugi".split(" ").map(
    (word): [string, number] => [word, USER_ROLE],
  ),
  ..."host hostname rhost server node peer client upstream broker worker".split(" ").map(
    (word): [string, number] => [word, HOST_ROLE],
  ),
  ..."file filename path dir directory folder exe cwd".split(" ").map(
    (word): [string, number] => [word, FILE_ROLE],
  ),
]);

/** The parts of a name: `requestId`, `request_id` and `request.id` have two. */
function parts(name: string): string[] {
  return name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z\d]+/).filter((part) =>
    part !== ""
  );
}

/** The role that a slot's name gives it: by its last part, `name` not counted (`userName`). */
export function roleOf(name: string): number {
  const named = parts(name), last = named.length > 1 && named.at(-1) === "name" ? named.at(-2) : named.at(-1);
  return last === undefined ? NO_ROLE : ROLES.get(last) ?? NO_ROLE;
}
