/**
 * Who is logged in: a cookie that names a session, and what proves that a form is of this session.
 *
 * @module
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Somebody who has logged in, or a browser where nobody needs to. */
export interface Session {
  id: string;
  /** `null` = nobody has logged in. */
  user: string | null;
}

/** What came of a change, shown on the next page. */
export interface Notice {
  kind: "done" | "failed";
  text: string;
}

/** What is kept of a session of somebody who has logged in; ms since the epoch. */
interface Kept {
  user: string;
  begun: number;
  used: number;
}

/** Sessions that are kept, how long without a request, and how long at all, ms. */
const SESSIONS = 1000, IDLE = 12 * 3_600_000, LONGEST = 7 * 86_400_000;
/** Notices that wait for a page. */
const NOTICES = 1000;
/** What an id looks like: 256 bits, base64url. */
const ID = /^[\w-]{43}$/;

/**
 * Sessions in memory: a restart ends them all. Ids are random; only those of people who have logged in are kept.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Sessions } from "./sessions.ts";
 *
 * const sessions = new Sessions(), { id } = sessions.begin("kim", 0);
 * assert.deepEqual(sessions.of(id, 1), { id, user: "kim" });
 * assert.ok(sessions.isOwn(id, sessions.proof(id)) && !sessions.isOwn("other", sessions.proof(id)));
 * assert.equal(sessions.of(id, 13 * 3_600_000).user, null); // too long ago
 * ```
 */
export class Sessions {
  readonly #key = randomBytes(32);
  readonly #kept = new Map<string, Kept>();
  readonly #notices = new Map<string, Notice>();

  /** A session for somebody who has just logged in: its id was never used before. */
  begin(user: string, now: number): Session {
    const id = newId();
    remember(this.#kept, SESSIONS, id, { user, begun: now, used: now });
    return { id, user };
  }

  /** The session that a cookie names; a new one of nobody where it names none. */
  of(cookie: string | undefined, now: number): Session {
    if (cookie === undefined || !ID.test(cookie)) return { id: newId(), user: null };
    const kept = this.#kept.get(cookie);
    if (kept === undefined) return { id: cookie, user: null };
    if (now - kept.used > IDLE || now - kept.begun > LONGEST) {
      this.#kept.delete(cookie);
      return { id: newId(), user: null };
    }
    kept.used = now;
    return { id: cookie, user: kept.user };
  }

  /** Ends a session. */
  end(id: string): void {
    this.#kept.delete(id);
    this.#notices.delete(id);
  }

  /** What forms of a session send along. */
  proof(id: string): string {
    return createHmac("sha256", this.#key).update(id).digest("base64url");
  }

  /** Whether something that a form sent is the proof of a session. */
  isOwn(id: string, proof: string): boolean {
    return isSame(this.proof(id), proof);
  }

  /** Has the next page of a session say something. */
  tell(id: string, notice: Notice): void {
    remember(this.#notices, NOTICES, id, notice);
  }

  /** What is to be said on this page; it is said once. */
  told(id: string): Notice | null {
    const notice = this.#notices.get(id) ?? null;
    this.#notices.delete(id);
    return notice;
  }
}

function newId(): string {
  return randomBytes(32).toString("base64url");
}

function remember<T>(kept: Map<string, T>, most: number, id: string, value: T): void {
  kept.delete(id);
  if (kept.size >= most) kept.delete(kept.keys().next().value!);
  kept.set(id, value);
}

/**
 * Whether two texts are the same, in a time that does not tell how much of them is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isSame } from "./sessions.ts";
 *
 * assert.ok(isSame("secret", "secret") && !isSame("secret", "secret2"));
 * ```
 */
export function isSame(one: string, other: string): boolean {
  const key = randomBytes(32), hash = (text: string) => createHmac("sha256", key).update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
