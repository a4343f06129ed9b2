/**
 * Where a dashboard listens.
 *
 * @module
 */
import { dashboardSchema } from "../config/dashboard_schema.ts";
import { type Plan, UsageError } from "../context.ts";

/**
 * The plan with another address to listen at.
 *
 * @throws {UsageError} if that is no address, or one that other machines reach while nobody has to log in.
 */
export function withListen(plan: Plan, listen: string | null): Plan {
  if (listen === null) return plan;
  const parsed = dashboardSchema.safeParse({ ...plan.config.dashboard, listen });
  if (parsed.success) return { ...plan, config: { ...plan.config, dashboard: parsed.data } };
  throw new UsageError(`Cannot listen at ${listen}: ${parsed.error.issues[0].message}`);
}
