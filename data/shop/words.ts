/**
 * Names and numbers that fill the shop's log lines. All made up; addresses are from the ranges for documentation.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** What the shop sells. */
export const CATEGORIES = [
  "lamps",
  "chairs",
  "tables",
  "garden",
  "kitchen",
  "bedding",
  "storage",
  "rugs",
  "curtains",
  "tools",
  "toys",
  "office",
];

/** What people look for. */
export const QUERIES = [
  "blue lamp",
  "oak table",
  "garden chair",
  "desk",
  "folding stool",
  "wool rug",
  "shelf 80 cm",
  "outdoor light",
  "cotton sheet",
  "bread box",
  "tool case",
  "kids chair",
  "mirror",
  "coat rack",
  "plant pot",
  "led strip",
  "cushion green",
  "wardrobe",
];

/** Browsers. */
export const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:134.0) Gecko/20100101 Firefox/134.0",
  "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
  "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
];

/** Search engines and the like. */
export const CRAWLERS = [
  {
    address: "192.0.2.66",
    agent: "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example.com/about)",
  },
  {
    address: "192.0.2.67",
    agent: "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example.com/about)",
  },
  { address: "192.0.2.91", agent: "PriceScout/1.4 (+https://prices.example.org)" },
];

/** Who runs the shop. */
export const OPERATORS = ["deploy", "ops1", "ops2", "backup"];

/** A visitor's address, IPv4 or, one time in six, IPv6. */
export function visitorAddress(random: Random): string {
  if (random.chance(1 / 6)) return `2001:db8:${random.hex(4)}:${random.hex(2)}::${random.hex(4)}`;
  return `${random.chance(.5) ? "203.0.113" : "198.51.100"}.${random.integer(1, 199)}`;
}

/** Id of a product; some are far more popular than others. */
export function product(random: Random): number {
  return 1000 + Math.floor(random.next() * random.next() * 1423);
}

/** Id of a customer. */
export function customer(random: Random): string {
  return `u${random.integer(10_000, 38_000)}`;
}

/** An amount of money. */
export function amount(random: Random): string {
  return (Math.round(random.skewed(48) * 20) / 20).toFixed(2);
}
