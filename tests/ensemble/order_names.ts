/**
 * Templates of orders, as sessions' values are told of.
 *
 * @module
 */
import type { TemplateNames } from "../../lib/feature/event_window.ts";

const TEXTS = ["order placed", "order paid in <*> ms", "parcel booked"];
/** Ids are `id0`, `id1`, …: the numbers of the templates. */
export const NAMES: TemplateNames = {
  id: (index: number) => `id${index}`,
  text: (index: number) => TEXTS[index],
  severity: () => 9,
  indexOf: (id: string) => Number(id.slice(2)),
};
