import assert from "node:assert/strict";
import { testThatNeeds } from "../../needs.ts";
import type { BrowserPage } from "../../services/browser.ts";
import { DashboardStage, graveFindings } from "./dashboard_stage.ts";

/** Addresses of every view, with something in it. */
async function everyView(stage: DashboardStage): Promise<string[]> {
  const incidents = await stage.json("incidents?last=7d"),
    templates = await stage.json("templates?state=error");
  const { stream, id } = templates.rows[0];
  return [
    ...["overview", "overview?last=7d&zone=Asia%2FKathmandu", "services/app/app", "incidents?last=7d"],
    ...[`incidents/${incidents.rows[0].id}`, "templates?last=7d", `templates/${stream}/${id}`],
    ...["models", "models/v0001", "health", "search?text=app", "search", "incidents?text=nothing+like+it"],
  ];
}

/** Asserts that a page is whole: drawn, quiet, accessible in both themes, and no wider than what it is shown on. */
async function assertWhole(stage: DashboardStage, page: BrowserPage, path: string): Promise<void> {
  await page.until(
    `[...document.querySelectorAll("figure[data-chart]")].slice(0, 1).every((figure) => figure.querySelector(".uplot"))`,
  );
  for (const colourScheme of ["light", "dark"] as const) {
    await page.show({ width: 1280, colourScheme });
    assert.deepEqual(await graveFindings(page), [], `${path}, ${colourScheme}`);
  }
  await page.show({ width: 390, colourScheme: "light" });
  const reach = await page.evaluate("document.documentElement.scrollWidth");
  assert.ok(Number(reach) <= 390, `${path}: something sticks out: ${reach} of 390 pixels`);
  assert.deepEqual(stage.complaints(page), [], path);
}

async function viewsAreWhole(stage: DashboardStage): Promise<void> {
  for (const path of await everyView(stage)) {
    const page = await stage.page(path);
    await assertWhole(stage, page, path);
    await page.close();
  }
}

/** Lines that want to be more than text are shown, and are text. */
async function hostileLinesAreText(stage: DashboardStage): Promise<void> {
  const { rows } = await stage.json("incidents?status=open"),
    page = await stage.page(`incidents/${rows[0].id}`);
  const text = String(await page.evaluate("document.body.textContent"));
  assert.ok(
    text.includes(
      `=cmd|' /C calc'!A0 <img src=x onerror=alert(1)><script>alert(2)</script> ␛[31m⟨U+202E⟩gnp.exe`,
    ),
    text,
  );
  assert.match(text, /payload A{300,}/);
  assert.equal(await page.evaluate(`document.querySelectorAll("img, main script").length`), 0);
  assert.ok(Number(await page.evaluate("document.documentElement.outerHTML.length")) < 300_000);
  assert.deepEqual(stage.complaints(page), []);
  await page.close();
}

/** An address is a state: filters, span and zone come back from it, and what is done to them goes into it. */
async function addressesRestore(stage: DashboardStage): Promise<void> {
  const path =
    "incidents?from=2026-03-04T00%3A00%3A00Z&to=2026-03-06T12%3A00%3A00Z&zone=Europe%2FBerlin&severity=high";
  const page = await stage.page(path);
  assert.deepEqual(
    await page.evaluate(`({
      severity: document.querySelector("select[name=severity]").value,
      span: document.querySelector("#range .what").textContent,
      lower: document.querySelectorAll(".incidents .badge.low, .incidents .badge.medium").length,
      any: document.querySelectorAll(".incidents > li").length > 0,
    })`),
    { severity: "high", span: "2026-03-04 01:00 – 2026-03-06 13:00", lower: 0, any: true },
  );
  await page.evaluate(`document.querySelector("select[name=severity]").value = "critical"`);
  await page.evaluate(
    `document.querySelector("select[name=severity]").dispatchEvent(new Event("change", { bubbles: true }))`,
  );
  await page.until(
    `location.search.includes("severity=critical") && location.search.includes("zone=Europe%2FBerlin")`,
  );
  await page.close();
}

/** A brush over a chart leads to what it covers. */
async function brushZooms(stage: DashboardStage): Promise<void> {
  const page = await stage.page("overview?last=3d");
  await page.evaluate(`document.getElementById("volume").scrollIntoView({ block: "center" })`);
  await page.until(`document.querySelector("#volume .u-over") !== null`);
  const { x, y, width } = await page.evaluate(
    `document.querySelector("#volume .u-over").getBoundingClientRect().toJSON()`,
  ) as DOMRect;
  await page.drag({ x: x + width / 4, y: y + 30 }, { x: x + width / 2, y: y + 40 });
  await page.until(
    `/from=2026-03-0\\dT.*&to=2026-03-0\\dT/.test(location.search) && !location.search.includes("last")`,
  );
  await page.close();
}

/** What is new comes by itself, and takes nothing away from who reads and types. */
async function newsComeByThemselves(stage: DashboardStage): Promise<void> {
  const page = await stage.page("overview"), news = "certificate of the payment gateway";
  await page.evaluate(`document.querySelector("#wrong .figures").open = true; scrollTo(0, 200)`);
  await page.press("/", ..."chec");
  const written = stage.goesWrong("00:2", `${news} has expired`);
  await page.until(`document.querySelector(".incidents")?.textContent.includes("${news}")`);
  sayDelay(await written, "told by the server");
  assert.deepEqual(
    await page.evaluate(`({
      typed: document.activeElement.id + " " + document.activeElement.value,
      open: document.querySelector("#wrong .figures").open,
      scroll: scrollY,
    })`),
    { typed: "search chec", open: true, scroll: 200 },
  );
  assert.deepEqual(stage.complaints(page), []);
  await page.close();
}

/** Where the page can't be told what happens it asks, and says how often. */
async function newsAreAskedFor(stage: DashboardStage): Promise<void> {
  const page = await stage.page("overview", { state: "polling", blocked: ["*/events"] });
  const [{ id }] = (await stage.json("incidents?status=open")).rows;
  const tiles = await page.evaluate(`document.querySelector(".tiles").textContent`);
  assert.deepEqual(await stage.toldAgain(id, "00:4"), ["repeat"]);
  const written = performance.now();
  await page.until(`document.querySelector(".tiles").textContent !== ${JSON.stringify(tiles)}`);
  sayDelay(written, "asking for it");
  assert.match(String(await page.evaluate(`document.getElementById("live").textContent`)), /^Every \d+ s$/);
  await page.close();
}

/** Nothing that a busy machine could be held to. */
function sayDelay(written: number, how: string): void {
  console.log(
    `${how}, the page showed an anomaly ${
      ((performance.now() - written) / 1000).toFixed(2)
    } s after it was written`,
  );
}

/** Nothing but keys: to the incidents, to the first one; it is silenced, the silence ended, the incident taken; `detect` heeds it all. */
async function keysSuffice(stage: DashboardStage): Promise<void> {
  const [{ id }] = (await stage.json("incidents?status=open")).rows;
  const page = await stage.page("overview");
  await page.press("g", "i");
  await arrived(page, "/incidents");
  await page.press("j", "Enter");
  await arrived(page, `/incidents/${id}`);
  for (const key of ["t", "s", "a"]) {
    await page.press(key);
    assert.deepEqual(await graveFindings(page), [], `what ${key} unfolds`);
  }
  await page.press("Escape", "s", "Tab", ..."moving", "Tab", "Tab", "Enter");
  await changed(page, "service app");
  assert.deepEqual(await stage.toldAgain(id, "01:0"), []);
  await page.evaluate(`document.querySelector(".done .change button").focus()`);
  await page.press("Enter");
  await changed(page, "ended");
  assert.deepEqual(await stage.toldAgain(id, "01:2"), ["repeat"]);
  await page.press("a", ..."mine", "Tab", "Enter");
  await changed(page, "takes care");
  const done = String(await page.evaluate(`document.querySelector(".actions .done").textContent`));
  assert.match(done.replace(/\s+/g, " "), /acknowledged by .+: mine/);
  assert.deepEqual(await stage.toldAgain(id, "01:4"), []);
  assert.deepEqual(stage.complaints(page), []);
  await page.close();
}

async function arrived(page: BrowserPage, path: string): Promise<void> {
  await page.until(
    `location.pathname.endsWith("${path}") && document.getElementById("live").dataset.state === "live"`,
  );
}

/** Waits until a page says that a change was made. */
async function changed(page: BrowserPage, said: string): Promise<void> {
  await page.until(
    `document.querySelector("#notice.done")?.textContent.includes("${said}") && document.getElementById("live").dataset.state === "live"`,
  );
}

/** Without a connection the page says so. */
async function lossIsSaid(stage: DashboardStage): Promise<void> {
  const page = await stage.page("overview");
  await stage.stop();
  await page.until(`document.getElementById("live").dataset.state === "lost"`);
  assert.match(
    String(await page.evaluate(`document.getElementById("connection").textContent`)),
    /^No connection since \d\d:\d\d:\d\d/,
  );
  await page.close();
}

testThatNeeds(["chromium"], "dashboard: its pages in a real browser", async (t) => {
  await using stage = await DashboardStage.open();
  await t.step("every view is whole, light, dark and narrow", () => viewsAreWhole(stage));
  await t.step("hostile lines are text", () => hostileLinesAreText(stage));
  await t.step("addresses restore what they were taken from", () => addressesRestore(stage));
  await t.step("a brush over a chart leads to what it covers", () => brushZooms(stage));
  await t.step("news come by themselves", () => newsComeByThemselves(stage));
  await t.step("news are asked for where nobody tells of them", () => newsAreAskedFor(stage));
  await t.step("keys alone suffice to silence and to take what people are told of", () => keysSuffice(stage));
  await t.step("a lost connection is said", () => lossIsSaid(stage));
});
