/**
 * What every page that may be shared must be in a real browser.
 *
 * @module
 */
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, BrowserPage } from "../services/browser.ts";

/** A sheet's inside in CSS pixels: A4 without the margins of the pages' style. */
const SHEET = { width: 688, height: 1016 };

/** Findings that a page must not have. */
const GRAVE = ["serious", "critical"];

/**
 * Asserts that a page, with the network off, asks for nothing and complains of nothing, draws every chart, lets nothing stick out
 * on a screen, a phone and paper, keeps charts and rows whole in print, and that axe has nothing grave to say.
 *
 * @param path The page's file.
 */
export async function assertShareable(browser: Browser, path: string, name: string): Promise<void> {
  for (const width of [1200, 400]) await assertOnScreen(browser, path, { name, width });
  await assertInPrint(browser, path, name);
}

async function assertOnScreen(
  browser: Browser,
  path: string,
  { name, width }: { name: string; width: number },
) {
  const page = await browser.open(`file://${path}`, { width, colourScheme: "light", offline: true });
  const complaints = page.complaints.filter((complaint) => !complaint.startsWith("request: data:")); // in the page itself
  assert.deepEqual(complaints, [], name);
  assert.equal(await page.evaluate("document.scripts.length"), 0, `${name}: a script`);
  const undrawn =
    "[...document.images].filter((image) => !image.complete || image.naturalWidth < 100).map(({ alt }) => alt)";
  assert.deepEqual(await page.evaluate(undrawn), [], `${name}: a chart is not drawn`);
  const reach = await page.evaluate("document.documentElement.scrollWidth");
  assert.ok(Number(reach) <= width, `${name}: something sticks out: ${reach} of ${width} pixels`);
  assert.deepEqual(await page.evaluate(DEAD_LINKS), [], `${name}: a link leads nowhere`);
  if (width > 1000) await assertAccessible(page, name);
  await page.close();
}

const DEAD_LINKS = `[...document.querySelectorAll("nav a")].map((link) => link.getAttribute("href"))
  .filter((to) => document.getElementById(decodeURIComponent(to.slice(1))) === null)`;

/** With all that is folded away unfolded: who reads code needs its colours, too. */
async function assertAccessible(page: BrowserPage, name: string) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(`(async () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    const { violations } = await axe.run(document, { preload: false });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, example: nodes[0].html.slice(0, 200), why: nodes[0].failureSummary }));
  })()`) as { impact: string }[];
  assert.deepEqual(found.filter(({ impact }) => GRAVE.includes(impact)), [], name);
}

async function assertInPrint(browser: Browser, path: string, name: string) {
  const page = await browser.open(`file://${path}`, {
    ...{ width: SHEET.width, colourScheme: "light", media: "print", offline: true },
  });
  assert.deepEqual(await page.evaluate(TOO_WIDE), [], `${name}: sticks out of a sheet`);
  assert.deepEqual(await page.evaluate(CUT), [], `${name}: may be cut by the end of a sheet`);
  assert.ok(await page.print() > 0, name);
  await page.close();
}

const TOO_WIDE = `[...document.querySelectorAll("table, img, pre, p, h1, h2, h3, dl")]
  .filter((part) => part.getBoundingClientRect().right > ${SHEET.width} + 1)
  .map((part) => part.tagName + " " + Math.round(part.getBoundingClientRect().right) + " " + part.textContent.slice(0, 80))`;

/** Charts that don't fit a sheet, charts and rows that may be divided. */
const CUT = `[
  ...[...document.images].filter((image) => image.getBoundingClientRect().height > ${SHEET.height}),
  ...[...document.querySelectorAll("img, tr")].filter((part) =>
    ![part, part.parentElement].some((one) => getComputedStyle(one).breakInside === "avoid")),
].map((part) => part.tagName + " " + (part.alt ?? part.textContent).slice(0, 80))`;
