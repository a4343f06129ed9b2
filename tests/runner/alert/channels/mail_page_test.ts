import assert from "node:assert/strict";
import { mailHtml } from "../../../../runner/alert/channels/mail_body.ts";
import { mailChart } from "../../../../runner/alert/channels/mail_chart.ts";
import { testThatNeeds } from "../../../needs.ts";
import { startBrowser } from "../../../services/browser.ts";
import { messagesOfEachKind } from "../sample_alert.ts";
import { worldOf } from "./stage.ts";

testThatNeeds(
  ["chromium"],
  "mails of each kind fit into 400 pixels, light and dark, show their chart, load nothing and run nothing",
  async () => {
    await using browser = await startBrowser();
    const folder = await Deno.makeTempDir();
    for (const [kind, message] of Object.entries(messagesOfEachKind())) {
      const chart = await mailChart(message, worldOf("")), path = `${folder}/${kind}.html`;
      const src = chart && `data:image/png;base64,${chart.png.toBase64()}`;
      await Deno.writeTextFile(path, mailHtml(message, chart && { ...chart, src: src! }));
      for (const colourScheme of ["light", "dark"] as const) {
        const page = await browser.open(`file://${path}`, { width: 400, colourScheme });
        const seen = await page.evaluate(`({
          beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          card: getComputedStyle(document.querySelector(".card")).backgroundColor,
          picture: document.querySelector("img")?.naturalWidth ?? 0,
          active: document.querySelectorAll("script, iframe, a, object").length,
        })`);
        const card = colourScheme === "light" ? "rgb(255, 255, 255)" : "rgb(31, 36, 41)";
        const picture = chart === null ? 0 : 2 * chart.width;
        assert.deepEqual(seen, { beyond: 0, card, picture, active: 0 }, `${kind}, ${colourScheme}`);
        assert.deepEqual(page.complaints.filter((complaint) => !complaint.includes("data:image/png")), []);
        await page.close();
      }
    }
    await Deno.remove(folder, { recursive: true });
  },
);
