/**
 * Runs the shop hour by hour.
 *
 * @module
 */
import { application } from "./app.ts";
import { HOUR, type Span } from "./calendar.ts";
import { database } from "./database.ts";
import { host } from "./host.ts";
import { plant } from "./incidents.ts";
import { checkout } from "./orders.ts";
import { robots } from "./robots.ts";
import { hoursOf, type Shop } from "./shop.ts";
import type { ShopRecord } from "./timeline.ts";
import { visits } from "./visits.ts";

/**
 * What the shop's logs say in the span: for each hour one list of records a file, each in the order of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shopRecords } from "./records.ts";
 * import { Shop } from "./shop.ts";
 *
 * const from = Date.UTC(2026, 2, 2);
 * const [hour] = shopRecords(new Shop(1, 1, from, []), { from, to: from + 3_600_000 });
 * assert(hour.length === 5 && hour[0].length > 100);
 * ```
 */
export function* shopRecords(shop: Shop, span: Span): Generator<ShopRecord[][]> {
  const processes = [visits, robots, application, checkout, host, database].flatMap((part) => part(shop));
  shop.plan.forEach((planned, i) => {
    if (planned.kind === "silence") plant(shop, i); // before anything writes ahead into it
  });
  for (const hour of hoursOf({ from: span.from, to: Math.ceil(span.to / HOUR) * HOUR })) {
    shop.plan.forEach((planned, i) => {
      if (planned.kind !== "silence" && planned.from >= hour.from && planned.from < hour.to) plant(shop, i);
    });
    for (const process of processes) process(hour);
    for (const process of shop.latecomers) process(hour);
    yield shop.timelines.map((timeline) => timeline.drain(Math.min(hour.to, span.to)));
  }
}
