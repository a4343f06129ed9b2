/**
 * The authorities that the machine trusts.
 *
 * Deno looks for them by itself only in a process that may ask the machine everything.
 *
 * @module
 */

/** Where systems keep them: Debian and Alpine, Red Hat, BSD. */
export const TRUST_STORES: readonly string[] = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
];

/**
 * Their certificates (PEM).
 *
 * @param stores Files, the first that is there counts.
 * @throws {Error} if there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trustedAuthorities } from "./trust_store.ts";
 *
 * await assert.rejects(trustedAuthorities([]), /name the authority's file as ca_file/);
 * ```
 */
export async function trustedAuthorities(stores: readonly string[] = TRUST_STORES): Promise<string> {
  for (const store of stores) {
    try {
      return await Deno.readTextFile(store);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(
    "Cannot reach Elasticsearch: this machine has no file of certificates that it trusts; name the authority's file as ca_file",
  );
}
