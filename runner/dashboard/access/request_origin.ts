/**
 * Where a request was made: pages of other sites may ask for nothing here, whatever name they have this address answer to.
 *
 * @module
 */
import { type DashboardConfig, isLoopback } from "../../config/dashboard_schema.ts";

/**
 * Names by which the dashboard may be asked for, `host:port` in lower case; `null` = any, as people have to log in.
 *
 * A page of another site can have its own name lead to this machine (DNS rebinding); it asks by that name then.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { knownHosts } from "./request_origin.ts";
 *
 * assert.ok(knownHosts({ listen: "127.0.0.1:8765" })!.has("localhost:8765"));
 * assert.ok(knownHosts({ listen: "0.0.0.0:80", base_url: "https://logs.example.com" })!.has("logs.example.com"));
 * assert.equal(knownHosts({ listen: "0.0.0.0:80" }), null);
 * ```
 */
export function knownHosts(
  { listen, base_url }: Pick<DashboardConfig, "listen" | "base_url">,
): Set<string> | null {
  const port = listen.match(/\d+$/)![0], host = listen.replace(/:\d+$/, "");
  const public_ = base_url === undefined ? [] : [new URL(base_url).host];
  if (!isLoopback(host) && public_.length === 0) return null;
  const own = isLoopback(host) ? ["localhost", "127.0.0.1", "[::1]", host] : [host];
  const named = own.flatMap((name) => port === "80" ? [name, `${name}:80`] : [`${name}:${port}`]);
  return new Set([...named, ...public_].map((name) => name.toLowerCase()));
}

/**
 * Why a request that changes something is refused; empty = it is not. Browsers say where it was made; a program that says nothing
 * of it carries no cookie by accident.
 *
 * @param headers Of the request, by name.
 * @param base_url What people reach the dashboard by; absent = the name that they ask by.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { foreignOrigin } from "./request_origin.ts";
 *
 * const headers = new Headers({ host: "localhost:8765", origin: "http://localhost:8765", "sec-fetch-site": "same-origin" });
 * assert.equal(foreignOrigin(headers), "");
 * headers.set("origin", "https://evil.example");
 * assert.equal(foreignOrigin(headers), "it was made by a page of https://evil.example");
 * ```
 */
export function foreignOrigin(headers: Headers, base_url?: string): string {
  const site = headers.get("sec-fetch-site"), origin = headers.get("origin");
  if (site !== null && site !== "same-origin") return "it was made by a page of another site";
  if (origin === null) return "";
  const own = [headers.get("host"), base_url === undefined ? null : new URL(base_url).host];
  const isOwn = URL.canParse(origin) && own.includes(new URL(origin).host);
  return isOwn ? "" : `it was made by a page of ${origin.slice(0, 200)}`;
}
