/**
 * What a server needs to know who may do what.
 *
 * @module
 */
import type { TestCertificate } from "./certificate.ts";

/** Somebody who may log in. */
interface ElasticsearchUser {
  name: string;
  password: string;
  roles: string[];
}

/** Encrypted, with users and roles. */
export interface ElasticsearchSecurity {
  certificate: TestCertificate;
  users: ElasticsearchUser[];
  /** Text of `roles.yml`. */
  roles: string;
}

/** Certificate, roles and users (of the file realm, so that no API is needed). */
export async function secure(
  config: string,
  { certificate, roles, users }: ElasticsearchSecurity,
): Promise<void> {
  await Deno.writeTextFile(`${config}/http.key`, certificate.key);
  await Deno.writeTextFile(`${config}/http.crt`, certificate.certificate);
  await Deno.writeTextFile(`${config}/roles.yml`, roles);
  const known = await Promise.all(
    users.map(async ({ name, password }) => `${name}:${await hashed(password)}\n`),
  );
  const theirs = users.flatMap(({ name, roles }) => roles.map((role) => `${role}:${name}\n`));
  await Deno.writeTextFile(`${config}/users`, known.join(""));
  await Deno.writeTextFile(`${config}/users_roles`, theirs.join(""));
}

/** A password as the file realm keeps it: PBKDF2 (RFC 8018) with HMAC-SHA-512. */
async function hashed(password: string): Promise<string> {
  const iterations = 10_000, salt = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const derived = { name: "PBKDF2", hash: "SHA-512", salt, iterations };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derived, key, 256));
  return `{PBKDF2}${iterations}$${salt.toBase64()}$${bits.toBase64()}`;
}
