/**
 * What a page consists of beside its content.
 *
 * @module
 */
import type { Html } from "./page_context.ts";

/** What a page consists of beside its content. */
export interface Frame {
  /** Name of the view whose link in the navigation is marked; empty = none. */
  view?: string;
  /** What stands beside the title: badges, facts. */
  aside?: Html;
  /** What stands above the title: where it belongs. */
  above?: Html;
  /** Whether it has neither navigation nor range: who is not logged in sees nothing. */
  isBare?: boolean;
}
