/**
 * What is asked for when inputs are opened, and what is found.
 *
 * @module
 */
import type { Input, InputNote, SavedPosition } from "../lib/mod.ts";
import type { StreamConfig } from "./config.ts";
import type { Context } from "./context.ts";

/** Inputs that were found. */
export interface FoundInputs {
  inputs: Input[];
  /** What a person should know. */
  notes: InputNote[];
  /** Saved positions of files and indices that can't be seen at the moment, to be kept. */
  kept: SavedPosition[];
  /** Logs of such that have no other either: windows wait for them. */
  unseen: string[];
}

/** Who asks for inputs. */
export interface InputsOf {
  context: Context;
  /** The stream that they belong to; absent for those that a command line names. */
  stream?: StreamConfig;
  /** The span of time that is wanted, ms since the epoch; what lies outside need not be handed out. */
  span?: { from?: number; to?: number };
}
