/**
 * What this machine is called.
 *
 * @module
 */

/** Where the name stands on Linux. */
export const HOST_NAME_FILE = "/etc/hostname";

/** The machine's name; empty where it isn't known. */
export function hostName(): string {
  try {
    return Deno.readTextFileSync(HOST_NAME_FILE).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}
