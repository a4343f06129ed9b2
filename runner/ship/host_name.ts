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
    const { NotFound, PermissionDenied, NotCapable } = Deno.errors; // the last: this run has no right to
    if ([NotFound, PermissionDenied, NotCapable].some((kind) => error instanceof kind)) return "";
    throw error;
  }
}
