import assert from "node:assert/strict";
import { codedCategories } from "../../../lib/explain/meaning/codes.ts";
import { loadMeaningReader } from "../../../lib/explain/meaning/load_meaning_reader.ts";

Deno.test("codedCategories() knows error numbers of systems, databases and mail", () => {
  const told: [text: string, category: string][] = [
    ["write: ENOSPC", "disk"],
    ["ORA-04031: <*>", "memory"],
    ["SQLSTATE[28P01]", "authentication"],
    ["SQLSTATE 40P01 in statement <*>", "lock"],
    ["status 0xC0000022", "permission"],
    ["exception code 0xc0000005", "crash"],
    ["550 5.1.1 <*>", "missing"],
    ["socket error 10060", "timeout"],
    ["errno: 1045", "authentication"],
    ["job <*> ended with SB37", "disk"],
  ];
  for (const [text, category] of told) assert.deepEqual(codedCategories(text), [category], text);
});

Deno.test("codedCategories() takes plain numbers for codes only where something announces one", () => {
  assert.deepEqual(codedCategories("sent 1045 rows, 10060 bytes, port 2003"), []);
  assert.deepEqual(codedCategories("error 1205 from server"), ["lock"]);
  assert.deepEqual(codedCategories("HELLO WORLD, ALL IS FINE"), []);
});

Deno.test("codedCategories() names each meaning once, in the order of the text", () => {
  assert.deepEqual(codedCategories("EACCES, EPERM, then ENOENT, EACCES"), ["permission", "missing"]);
});

Deno.test("MeaningReader reads a code that stands among words that say nothing", async () => {
  const reader = await loadMeaningReader();
  assert.equal(reader.read("step <*> came back with 0xC0000234").category, "authentication");
  assert.equal(reader.read("step <*> came back with ORA-00060").category, "lock");
});
