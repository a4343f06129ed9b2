/**
 * What every page gets beside its data.
 *
 * @module
 */
import type { HtmlEscapedString } from "hono/utils/html";
import type { Span } from "../data/span.ts";

/** Markup in which everything that came from elsewhere is escaped: what `html` of `hono/html` makes. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page gets beside its data. */
export interface PageContext {
  /** Path of this page without the base address: `/incidents`. */
  path: string;
  /** Query parameters of this page. */
  query: Readonly<Record<string, string>>;
  span: Span;
  /** Who is logged in; `null` = nobody, or nobody needs to. */
  user: string | null;
  /** Whether changes may be made. */
  canChange: boolean;
  /** What every form sends along in the field `csrf`, and scripts in the header `x-csrf-token`. */
  csrf: string;
  /** What came of the change that led here; `null` = none did. */
  notice: { kind: "done" | "failed"; text: string } | null;
  /** ms since the epoch. */
  now: number;
  /**
   * Address of a page or change: the base address is put before it; span and zone of this page are kept. A parameter that is
   * `null` is left out.
   */
  link(path: string, query?: Readonly<Record<string, string | number | null | undefined>>): string;
  /** Address of a file in `ASSETS`. */
  asset(name: string): string;
  /** A time (ms) in the zone of the page; `–` for `null`. */
  time(at: number | null): string;
}
