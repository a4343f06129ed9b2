import assert from "node:assert/strict";
import { executeNotebook } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { startBrowser } from "../services/browser.ts";
import { withFolder } from "../with_folder.ts";
import { assertShareable } from "./shown_page.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

testThatNeeds(
  ["python", "chromium"],
  "a notebook's page shows its pictures in a browser, fetches and runs nothing",
  async () => {
    await withFolder(async (folder) => {
      const html = `${folder}/smoke.html`;
      const notebook = `${root}/tests/notebooks/fixtures/smoke.ipynb`;
      const given = {
        root,
        notebook,
        html,
        python: "python3",
        timeout: 60,
        network: false,
        parameters: null,
      };
      assert.equal((await executeNotebook({ ...given, onRemark: () => {} })).error, null);
      await using browser = await startBrowser();
      await assertShareable(browser, html, "smoke");
      const page = await browser.open(`file://${html}`, { width: 1200, colourScheme: "light" });
      assert.equal(await page.evaluate("document.title"), "Smoke"); // the hostile texts would have changed it
      const pictures = await page.evaluate("[...document.images].map((image) => image.naturalWidth).join()");
      assert.match(String(pictures), /^[1-9]\d*(,[1-9]\d*){3}$/);
      await page.close();
    });
  },
);
