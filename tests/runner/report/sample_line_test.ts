import assert from "node:assert/strict";
import { sampleLine } from "../../../runner/report/sample_line.ts";
import { HOSTILE, sampleReason } from "../alert/sample_alert.ts";

Deno.test("sampleLine() marks the values of the template in the whole record, and names them", () => {
  const { text } = sampleLine(sampleReason({
    title: "Payment gateway <*> refused connection after <*> ms",
    example:
      "2026-03-02T10:00:00Z ERROR Payment gateway eu-1 refused connection after 3000 ms ⏎   at shop.Pay",
  }));
  assert.match(text, /ERROR Payment gateway <b title="gateway: id">eu-1<\/b> refused/);
  assert.match(text, /after <b title="after: duration">3000<\/b> ms ⏎ {3}at shop\.Pay<\/span>$/);
});

Deno.test("sampleLine() shows a line as it is where nothing varies, and nothing without a line", () => {
  const plain = sampleReason({ title: "disk is full", example: "10:00 disk is full" });
  assert.equal(sampleLine(plain).text, '<span class="sample">10:00 disk is full</span>');
  assert.equal(sampleLine(sampleReason({ example: "" })).text, "");
});

Deno.test("sampleLine() lets no markup of a log through", () => {
  const { text } = sampleLine(
    sampleReason({ title: `<*> ${HOSTILE} <*>`, example: `${HOSTILE} 7 ${HOSTILE}` }),
  );
  assert.doesNotMatch(text.replace(/<\/?(?:span|b)(?: (?:class|title)="[^"<>]*")?>/g, ""), /[<>"]/);
});
