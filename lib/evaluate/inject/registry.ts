/**
 * All kinds of anomalies that can be planted.
 *
 * @module
 */
import { burst } from "./burst.ts";
import { droppedLines } from "./dropped_lines.ts";
import { earlyEnd } from "./early_end.ts";
import { foreignStep } from "./foreign_step.ts";
import type { Injection } from "./injection.ts";
import { missingStep } from "./missing_step.ts";
import { newError, newInfo } from "./new_message.ts";
import { newErrorStep, newInfoStep } from "./new_step.ts";
import { orderSwap } from "./order_swap.ts";
import { repeatedStep } from "./repeated_step.ts";
import { scanner } from "./scanner.ts";
import { slowBurn } from "./slow_burn.ts";
import { stepValue } from "./step_value.ts";
import { valueJump } from "./value_jump.ts";
import { vanished } from "./vanished.ts";

/** Every kind, in the order of tables. */
export const INJECTIONS: readonly Injection[] = [
  ...[newError, newInfo, burst, vanished, droppedLines, slowBurn, orderSwap, valueJump, scanner],
  ...[newErrorStep, newInfoStep, foreignStep, missingStep, repeatedStep, stepValue, earlyEnd],
];

/**
 * The kind with this name.
 *
 * @throws {RangeError} if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { injectionByName } from "./registry.ts";
 *
 * assert.equal(injectionByName("burst").on, "window");
 * ```
 */
export function injectionByName(name: string): Injection {
  const found = INJECTIONS.find((injection) => injection.name === name);
  if (found !== undefined) return found;
  const names = INJECTIONS.map((injection) => injection.name).join(", ");
  throw new RangeError(`Cannot plant ${name}: there is no such kind of anomaly, known are ${names}`);
}
