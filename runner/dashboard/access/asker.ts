/**
 * Who asks: by the session of a browser, a token of a program, or the word of a reverse proxy.
 *
 * @module
 */
import { getCookie, setCookie } from "hono/cookie";
import type { Context } from "hono";
import { plainLine } from "../../alert/plain_text.ts";
import type { DashboardConfig } from "../../config/dashboard_schema.ts";
import { LoginLimit } from "./login_limit.ts";
import { isSame, type Session, Sessions } from "./sessions.ts";

/** Who asks, as far as it is known. */
export interface Asker {
  /** Whether everything may be seen. */
  isLet: boolean;
  /** `null` = nobody in particular. */
  user: string | null;
  /** The session of a browser; `null` = a program that brought its token. */
  session: Session | null;
  /** Where the request comes from. */
  address: string;
}

/** What Deno says of a request. */
export interface Connection {
  remoteAddr?: { hostname?: string };
}

/** How somebody is refused who does not have to log in, but can't. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  /** @param wait ms until the next try may be made; 0 = none will do. */
  constructor(message: string, readonly status: 401 | 403 | 429, readonly wait = 0) {
    super(message);
  }
}

/** Name of the cookie. */
const COOKIE = "deepscan_session";
/** Characters of a name. */
const NAME = 60;

/** What decides who may see and change everything. */
export class Gate {
  readonly sessions = new Sessions();
  readonly #limit = new LoginLimit();

  /**
   * @param config Settings of the dashboard.
   * @param token What people log in with; `null` = nobody has to.
   * @param now ms since the epoch.
   */
  constructor(
    private readonly config: DashboardConfig,
    private readonly token: string | null,
    private readonly now: () => number,
  ) {}

  /** Whether people have to log in by a token. */
  get hasLogin(): boolean {
    return this.token !== null;
  }

  /**
   * Who asks.
   *
   * @throws {RefusedError} if a token is wrong, or the proxy that has to say who it is has said nothing.
   */
  askerOf(context: Context): Asker {
    const address = addressOf(context),
      bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
    if (bearer !== undefined && this.token !== null) return this.#program(bearer, address);
    const session = this.sessions.of(getCookie(context, COOKIE), this.now());
    const user = this.#namedBy(context, address) ?? session.user;
    const isOpen = this.token === null && this.config.trusted_header === undefined;
    if (user === null && !isOpen && this.token === null) {
      throw new RefusedError(
        "Cannot tell who you are: the reverse proxy in front of this has not said so",
        403,
      );
    }
    return { isLet: isOpen || user !== null, user, session, address };
  }

  /**
   * Logs somebody in.
   *
   * @returns The cookie's session, one that was never used before.
   * @throws {RefusedError} if the token is wrong, or it was tried too often.
   */
  logIn({ session, address }: Asker, token: string, name: string): Session {
    this.#check(token, address);
    if (session !== null) this.sessions.end(session.id);
    return this.sessions.begin(plainLine(name, NAME) || "somebody", this.now());
  }

  /** Has the browser keep the session. */
  keep(context: Context, { id }: Session): void {
    const { base_url } = this.config, url = base_url === undefined ? null : new URL(base_url);
    setCookie(context, COOKIE, id, {
      ...{ path: url === null ? "/" : url.pathname, httpOnly: true, sameSite: "Strict" },
      secure: url?.protocol === "https:",
    });
  }

  #program(bearer: string, address: string): Asker {
    this.#check(bearer, address);
    return { isLet: true, user: "a program", session: null, address };
  }

  #check(given: string, address: string): void {
    const now = this.now(), wait = this.#limit.wait(address, now);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw new RefusedError(`Cannot log in: it was tried too often; wait ${seconds} s`, 429, wait);
    }
    if (this.token === null || !isSame(given, this.token)) {
      this.#limit.failed(address, now);
      throw new RefusedError("Cannot log in: that is not the token", 401);
    }
    this.#limit.succeeded(address);
  }

  /** Whom the header of a proxy names that is believed; `null` = nobody. */
  #namedBy(context: Context, address: string): string | null {
    const { trusted_header, trusted_proxies } = this.config;
    if (trusted_header === undefined || !trusted_proxies.includes(address)) return null;
    return plainLine(context.req.header(trusted_header) ?? "", NAME) || null;
  }
}

/** Where a request comes from; an IPv4 address is written as one. */
export function addressOf(context: Context): string {
  const { remoteAddr } = (context.env ?? {}) as Connection;
  return (remoteAddr?.hostname ?? "").replace(/^::ffff:/, "");
}
