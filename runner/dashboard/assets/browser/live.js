/**
 * Keeps the page fresh: told by the server when something changed, asking now and then where it can't be told, and saying so when
 * neither works.
 *
 * @module
 */
import { chartsOf } from "./lazy_charts.js";
import { morph } from "./morph.js";

/** Time between two looks where the server can't tell, and where it can but time itself moves on, ms. */
const POLL = 15_000, CALM = 60_000;
/** Rest between two looks, ms, and how long one may take. */
const REST = 1000, PATIENCE = 20_000;
/** Parts of the page that are made anew. */
const PARTS = ["masthead", "main"];

/** @type {EventSource | null} */
let source = null;
let isTold = false, isReached = true, isLooking = false, isWanted = false;
let freshAt = Date.now();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Begins; pages that show no data have nothing to keep fresh. */
export function startLive() {
  if (!document.body.dataset.events) return;
  document.addEventListener("visibilitychange", () => document.hidden ? hangUp() : listen(true));
  addEventListener("pagehide", hangUp);
  addEventListener("online", () => void refresh());
  listen(false);
}

/**
 * Looks at once.
 *
 * @returns {Promise<void>} Done when the page shows what there is.
 */
export async function refresh() {
  clearTimeout(timer);
  isWanted = isLooking;
  if (isLooking) return;
  isLooking = true;
  try {
    await look();
    isReached = true;
    freshAt = Date.now();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // no network, or too slow
    isReached = false;
  } finally {
    isLooking = false;
    tell();
    plan(isWanted ? REST : undefined);
  }
}

/** Fetches this very page and shows what is otherwise in it. */
async function look() {
  const response = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (response.redirected && new URL(response.url).pathname !== location.pathname) return location.reload();
  if (response.status >= 500) throw new TypeError(`the server answers ${response.status}`);
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of PARTS) {
    const [from, to] = [document.getElementById(id), next.getElementById(id)];
    if (from !== null && to !== null) morph(from, to);
  }
  document.title = next.title;
  chartsOf(document);
}

/** @param {boolean} isLate Whether something may have happened meanwhile. */
function listen(isLate) {
  source?.close();
  source = new EventSource(/** @type {string} */ (document.body.dataset.events));
  source.addEventListener("changed", () => void soon());
  source.addEventListener("open", () => {
    const wasBroken = !isTold;
    isTold = true;
    tell();
    if (wasBroken && (isLate || !isReached)) void refresh();
    else plan();
  });
  source.addEventListener("error", () => {
    const wasTold = isTold;
    isTold = false;
    if (wasTold) soon();
    else if (timer === undefined && !isLooking) tell(), plan();
  });
  if (isLate) void refresh();
}

function hangUp() {
  clearTimeout(timer);
  source?.close();
  isTold = false;
}

/** Looks when the last look is a while ago, so that many changes at once are one. */
function soon() {
  if (isLooking) isWanted = true;
  else plan(Math.max(0, REST - (Date.now() - freshAt)));
}

/** @param {number} [wait] ms; default: as long as it takes without news. */
function plan(wait = isTold ? CALM : POLL) {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(() => {
    timer = undefined;
    if (source?.readyState === EventSource.CLOSED) listen(true);
    else void refresh();
  }, wait);
}

/** Says how fresh the page is: a word beside the search, and a line across the page when nothing comes any more. */
function tell() {
  const mark = document.getElementById("live"), banner = document.getElementById("connection");
  if (mark === null || banner === null) return;
  const state = !isReached ? "lost" : isTold ? "live" : "polling";
  const words = { live: "Live", polling: `Every ${POLL / 1000} s`, lost: "Disconnected" };
  mark.dataset.state = state;
  mark.title = `Shown is what was there at ${clock(freshAt)}`;
  const [word] = mark.children;
  if (word.textContent !== words[state]) word.textContent = words[state];
  const said = isReached
    ? ""
    : `No connection since ${clock(freshAt)}: what you see is from then. It is tried again every ${
      POLL / 1000
    } seconds.`;
  if (banner.textContent !== said) banner.textContent = said;
}

/**
 * @param {number} at
 * @returns {string} The time of day in the page's zone.
 */
function clock(at) {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: document.body.dataset.zone })
    .format(at);
}
