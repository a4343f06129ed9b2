/**
 * What the corpus is made of: messages that common software writes, each with what it means.
 *
 * @module
 */
import type { Category } from "../category.ts";

/** What a message means; after a blank, what it could as well be read as. */
export type Label = Category | `${Category} ${Category}`;

/** Messages of one piece of software. */
export interface Software {
  name: string;
  /** Whether these are words that any software may say, not messages of one: a model always learns them. */
  words?: boolean;
  messages: { readonly [label in Label]?: readonly string[] };
}
