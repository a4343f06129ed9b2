/**
 * Ending a task with everything that it has started.
 *
 * @module
 */

/** Kills every process of a group; false where it had ended by itself. */
export function killGroup(leader: number): boolean {
  try {
    Deno.kill(-leader, "SIGKILL");
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
