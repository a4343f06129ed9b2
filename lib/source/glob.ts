/**
 * Which files a pattern names, looking nowhere but under the pattern's fixed part.
 *
 * `*` any characters of one name, `?` one of them, `[abc]`, `[a-z]`, `[!abc]` a set, `{a,b}` alternatives, `**` any number of
 * folders, `\` takes the next character as it is. As in a shell, wildcards pass over names that begin with a dot, and `**`
 * does not follow links to folders, so it always ends.
 *
 * @module
 */

/** A folder or file that could not be looked into. */
export interface GlobProblem {
  path: string;
  cause: Error;
}

/** What a pattern names. */
export interface Expansion {
  /** Paths in code unit order, each once; what they are (file, folder, pipe) is not looked at. */
  paths: string[];
  /** Folders that could not be listed. */
  problems: GlobProblem[];
}

type Token = "*" | "?" | { chars: string } | { set: string[]; ranges: [string, string][]; negated: boolean };

const WILD = /[*?[{]/;

/** Forward slashes everywhere, none doubled, no `./` at the front. */
function tidy(pattern: string): string {
  const slashed = Deno.build.os === "windows" ? pattern.replaceAll("\\", "/") : pattern;
  return slashed.replace(/(?<!^)\/{2,}/g, "/").replace(/^(\.\/)+(?=.)/, "");
}

function unescape(segment: string): string {
  return segment.replace(/\\(.)/g, "$1");
}

/**
 * Whether a path has characters that {@linkcode expandGlob} gives a meaning to, not escaped by `\\`.
 *
 * @example
 * ```ts
 * import { hasWildcard } from "./glob.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["app.log", "app*.log", "app\\*.log"].map(hasWildcard), [false, true, false]);
 * ```
 */
export function hasWildcard(pattern: string): boolean {
  return WILD.test(pattern.replace(/\\./g, ""));
}

/**
 * The part of a pattern before its first wildcard: what a launcher must grant read access to, and all that is looked at.
 *
 * @param pattern A path with or without wildcards. Without any it is its own fixed part, whether file or folder.
 *
 * @example
 * ```ts
 * import { fixedFolder } from "./glob.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(fixedFolder("/var/log/nginx/*.log"), "/var/log/nginx");
 * assert.equal(fixedFolder("logs/{web,shop}/app.log*"), "logs");
 * assert.equal(fixedFolder("*.log"), ".");
 * assert.equal(fixedFolder("/var/log/syslog"), "/var/log/syslog");
 * ```
 */
export function fixedFolder(pattern: string): string {
  const path = tidy(pattern);
  if (!hasWildcard(path)) return unescape(path);
  const segments = path.split("/");
  const fixed = segments.slice(
    0,
    segments.findIndex((_, i) => hasWildcard(segments.slice(0, i + 1).join("/"))),
  );
  return unescape(fixed.join("/")) || (path.startsWith("/") ? "/" : ".");
}

/** `a{b,c}d` → `abd`, `acd`; nested ones too. A brace without a partner is an ordinary character. */
function expandBraces(pattern: string): string[] {
  let depth = 0;
  let open = -1;
  const cuts: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === "\\") i++;
    else if (char === "{" && depth++ === 0) {
      open = i;
      cuts.length = 0;
    } else if (char === "," && depth === 1) cuts.push(i);
    else if (char === "}" && depth > 0 && --depth === 0) {
      const edges = [open, ...cuts, i];
      return edges.slice(1).flatMap((end, k) =>
        expandBraces(pattern.slice(0, open) + pattern.slice(edges[k] + 1, end) + pattern.slice(i + 1))
      );
    }
  }
  return [pattern];
}

/** One `[…]`; `null` where the bracket has no partner, so that it is an ordinary character. */
function readSet(chars: string[], from: number): { token: Token; next: number } | null {
  const negated = chars[from + 1] === "!" || chars[from + 1] === "^";
  const first = from + (negated ? 2 : 1);
  const end = chars.indexOf("]", first + 1); // a bracket right at the front is a member
  if (end < 0) return null;
  const set: string[] = [];
  const ranges: [string, string][] = [];
  for (let i = first; i < end; i++) {
    if (chars[i + 1] === "-" && i + 2 < end) {
      ranges.push([chars[i], chars[i + 2]]);
      i += 2;
    } else set.push(chars[i]);
  }
  return { token: { set, ranges, negated }, next: end + 1 };
}

function readTokens(segment: string): Token[] {
  const chars = Array.from(segment);
  const tokens: Token[] = [];
  for (let i = 0; i < chars.length;) {
    const set = chars[i] === "[" ? readSet(chars, i) : null;
    if (set) {
      tokens.push(set.token);
      i = set.next;
    } else if (chars[i] === "*" || chars[i] === "?") tokens.push(chars[i++] as "*" | "?");
    else {
      if (chars[i] === "\\" && i + 1 < chars.length) i++;
      tokens.push({ chars: chars[i++] });
    }
  }
  return tokens;
}

function tokenTakes(token: Token, char: string): boolean {
  if (token === "?") return true;
  if (token === "*") return false;
  if ("chars" in token) return token.chars === char;
  return token.negated !==
    (token.set.includes(char) || token.ranges.some(([low, high]) => low <= char && char <= high));
}

/** Whether a name is what the tokens say; going back only to the last star keeps it at name × pattern steps. */
function matches(tokens: Token[], name: string): boolean {
  const chars = Array.from(name);
  const first = tokens[0];
  if (chars[0] === "." && !(typeof first === "object" && "chars" in first && first.chars === ".")) {
    return false;
  }
  let at = 0;
  let star = -1;
  let starAt = 0;
  for (let i = 0; i < chars.length;) {
    if (at < tokens.length && tokens[at] === "*") {
      star = at++;
      starAt = i;
    } else if (at < tokens.length && tokenTakes(tokens[at], chars[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++starAt;
    } else return false;
  }
  while (tokens[at] === "*") at++;
  return at === tokens.length;
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) return false;
    return true; // it is there, only not for us: whoever opens it finds out why
  }
}

/** Walks the folders that a brace-free pattern can reach. */
class Walk {
  readonly paths = new Set<string>();
  readonly problems: GlobProblem[] = [];

  visit(folder: string, segments: string[]): void {
    const [segment, ...rest] = segments;
    if (!hasWildcard(segment)) return this.#step(folder + unescape(segment), rest);
    if (segment === "**") return this.#descend(folder, rest.length > 0 ? rest : ["*"]);
    const tokens = readTokens(segment);
    for (const entry of this.#list(folder)) {
      if (matches(tokens, entry.name) && (rest.length === 0 || entry.isDirectory || entry.isSymlink)) {
        this.#step(folder + entry.name, rest);
      }
    }
  }

  #step(path: string, rest: string[]): void {
    if (rest.length > 0) this.visit(path + "/", rest);
    else if (exists(path)) this.paths.add(path);
  }

  #descend(folder: string, rest: string[]): void {
    this.visit(folder, rest);
    for (const entry of this.#list(folder)) {
      if (entry.isDirectory && !entry.name.startsWith(".")) this.#descend(`${folder}${entry.name}/`, rest);
    }
  }

  #list(folder: string): Deno.DirEntry[] {
    try {
      return Array.from(Deno.readDirSync(folder === "" ? "." : folder));
    } catch (cause) {
      const gone = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
      if (!gone && !this.problems.some((problem) => problem.path === folder)) {
        this.problems.push({ path: folder, cause: cause as Error });
      }
      return [];
    }
  }
}

/**
 * The paths that a pattern names.
 *
 * A path that exists exactly as it is written is taken as it is, whatever characters it has, so `app[1].log` needs no escape.
 *
 * @param pattern A path, absolute or relative to the working folder; wildcards as said above.
 * @returns Paths and the folders that could not be listed. A folder that isn't there is not a problem: it holds no match.
 *
 * @example
 * ```ts
 * import { expandGlob } from "./glob.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(expandGlob("no/such/folder/*.log"), { paths: [], problems: [] });
 * ```
 */
export function expandGlob(pattern: string): Expansion {
  const path = tidy(pattern);
  if (!hasWildcard(path) || exists(path)) {
    const plain = hasWildcard(path) ? path : unescape(path);
    return { paths: exists(plain) ? [plain] : [], problems: [] };
  }
  const walk = new Walk();
  for (const one of expandBraces(path)) {
    const [first, ...rest] = one.split("/");
    if (first === "" && rest.length > 0) walk.visit("/", rest);
    else walk.visit("", [first, ...rest]);
  }
  return { paths: Array.from(walk.paths).sort(), problems: walk.problems };
}
