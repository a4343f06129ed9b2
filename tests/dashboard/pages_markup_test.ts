import assert from "node:assert/strict";
import { HOSTILE } from "../runner/alert/sample_alert.ts";
import { ASSETS } from "../../runner/dashboard/assets/mod.ts";
import { sampleAlert, sampleReason, sampleStory } from "./pages_stories.ts";
import { everyPage, pageText, shown } from "./pages_every.ts";

/** Every tag of a page. */
function tagsOf(page: string): string[] {
  return page.match(/<[a-z][^\s/>]*(?:"[^"]*"|[^">])*>/g) ?? [];
}

/** Elements that have no end tag, or, in pictures, end at once. */
const ALONE = new Set("meta link input path rect".split(" "));

/** Tags that are opened and not closed, or the other way round. */
function unbalanced(page: string): string[] {
  const open: string[] = [], wrong: string[] = [];
  for (const [, close, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>/g)) {
    if (ALONE.has(name)) continue;
    if (close === "") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

/** Values that pages look things up by: no log line can be one. */
const NAMES = new Set(
  "severity status what state outcome kind clock zone last level said order from look".split(" "),
);

/** What no page may hold as it is. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

/** The same data with another text in place of every text in it. */
function withText(data: unknown, text: string): unknown {
  if (typeof data === "string") return text;
  if (Array.isArray(data)) return data.map((one) => withText(one, text));
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(
    Object.entries(data).map((
      [name, value],
    ) => [name, NAMES.has(name) && typeof value === "string" ? value : withText(value, text)]),
  );
}

Deno.test("pages: tags are balanced, ids unique, one first heading, one main part", async () => {
  for (const [name, page] of await everyPage()) {
    assert.deepEqual(unbalanced(page), [], name);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), [], name);
    assert.equal(page.match(/<h1>/g)?.length, 1, name);
    assert.equal(page.match(/<main /g)?.length, 1, name);
  }
});

Deno.test("pages: nothing is inline, nothing comes from elsewhere, every file is served", async () => {
  for (const [name, page] of await everyPage()) {
    for (const tag of tagsOf(page)) assert.doesNotMatch(tag, /\s(?:style|on[a-z]+)=/, `${name}: ${tag}`);
    assert.doesNotMatch(page, /<style|<script>|<iframe|<img|https?:\/\//, name);
    for (const [, file] of page.matchAll(/\/base\/assets\/([^"]*)"/g)) {
      assert.ok(file in ASSETS, `${name}: ${file}`);
    }
  }
});

Deno.test("pages: every link begins at the base address", async () => {
  for (const [name, page] of await everyPage()) {
    for (const [, to] of page.matchAll(/(?:href|action)="([^"]*)"/g)) {
      assert.match(to, /^(?:\/base\/|#)/, `${name}: ${to}`);
    }
  }
});

Deno.test("pages: links into a page lead somewhere", async () => {
  for (const [name, page] of await everyPage()) {
    for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) {
      assert.ok(page.includes(` id="${id}"`), `${name}: ${id}`);
    }
    for (const [, id] of page.matchAll(/aria-labelledby="([^"]*)"/g)) {
      assert.ok(page.includes(` id="${id}"`), `${name}: ${id}`);
    }
  }
});

Deno.test("pages: on a busy day they are below 100 KB", async () => {
  for (const [name, page] of await everyPage()) assert.ok(page.length < 100_000, `${name}: ${page.length}`);
});

Deno.test("pages: hostile text is text, whatever it is the text of", async () => {
  const text = `${HOSTILE}\u001b[31m\u202e\u200b"><img src=x onerror=alert(1)>'=cmd|' /C calc'!A0`;
  for (const [name, page] of await everyPage((data) => withText(data, text), { user: text })) {
    assert.deepEqual(unbalanced(page), [], name);
    for (const tag of tagsOf(page)) {
      assert.doesNotMatch(tag.replaceAll(/"[^"]*"/g, '""'), /^<(?:img|script>)|onerror/, `${name}: ${tag}`);
    }
    assert.doesNotMatch(page, UNSEEN, name);
  }
  const page = await pageText("incident", withText(sampleStory(), text) as never);
  assert.ok(page.includes("␛[31m⟨U+202E⟩⟨U+200B⟩&quot;&gt;&lt;img src=x"), page.slice(0, 2000));
});

Deno.test("pages: a message of a megabyte is folded, and what is left out is said", async () => {
  const example = `${"a".repeat(1_000_000)} <b>`;
  const story = sampleStory({ alerts: [sampleAlert({ reasons: [sampleReason({ example })] })] });
  const page = await pageText("incident", story);
  assert.ok(page.length < 100_000, String(page.length));
  assert.match(shown(page), /a… 1,000,004 characters a+ 992,004 more characters are not shown/);
});
