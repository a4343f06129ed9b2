/**
 * Planted things that add lines of their own. What only changes usual lines (latency, orders, growth) is done where
 * those lines are made.
 *
 * @module
 */
import { MINUTE, SECOND } from "./calendar.ts";
import { restartLines, slowRequest, versionAt } from "./app.ts";
import { cancelled, lockWait } from "./database.ts";
import { failedLogin, STRANGERS } from "./ssh.ts";
import type { Planned } from "./plan.ts";
import type { Random } from "./random.ts";
import { PLANTED_SECRETS } from "./secrets.ts";
import type { Shop } from "./shop.ts";
import { knownBug, nodeTrace } from "./traces.ts";
import { AGENTS, OPERATORS, product, visitorAddress } from "./words.ts";

/** One entry of the plan on its way into the logs. */
interface Plant extends Planned {
  shop: Shop;
  random: Random;
  /** Position in the plan. */
  index: number;
}

/** `count` times in the span, in order and all alike. */
function* spread({ from, to, random }: Plant, count: number): Generator<number> {
  const step = (to - from) / count;
  for (let i = 0; i < count; i++) yield from + (i + random.next()) * step;
}

/** Times of something usual that grows in a straight line to `size` times as often: only what comes on top. */
function* growing(plant: Plant, perHour: number): Generator<number> {
  const { from, to, size, random, shop } = plant;
  for (let minute = from; minute < to; minute += MINUTE) {
    const extra = (size - 1) * (minute - from) / (to - from);
    const share = perHour * extra * shop.rhythm.at(minute) / 60;
    for (let i = Math.floor(share + random.next()); i > 0; i--) yield minute + random.integer(0, 59_999);
  }
}

function newError(plant: Plant): void {
  const { shop, random, index, size } = plant;
  if (plant.stream === "db") {
    for (const time of spread(plant, size)) {
      const file = `base/16384/${random.integer(24_000, 24_900)}`;
      shop.db.write(time, 4_211, "ERROR", `could not extend file "${file}": No space left on device`, index);
      shop.db.write(time, 4_211, "HINT", "Check free disk space.", index);
    }
  } else if (plant.stream === "app") {
    for (const time of spread(plant, size)) {
      const address = `https://rates:${PLANTED_SECRETS.ratesPassword}@rates.example.com/v1/XTS`;
      const message = `Catalog price lookup failed product=${product(random)} source=${address}`;
      const error = "RangeError: Invalid currency code : XTS";
      const frames = [
        "rateOf (/srv/shop/src/catalog/rates.js:27:11)",
        "priceIn (/srv/shop/src/catalog/price.js:54:18)",
      ];
      shop.app.write(time, "ERROR", nodeTrace(`${message}\n${error}`, frames), index);
    }
  }
}

function errorBurst(plant: Plant): void {
  const { shop, random, index, stream } = plant;
  for (const time of spread(plant, plant.size)) {
    const request = random.hex(8);
    if (stream === "app") shop.app.write(time, "ERROR", knownBug(random, request), index);
    else if (stream === "db") cancelled(shop, random, time, index);
    else {
      const visitor = { address: visitorAddress(random), agent: random.pickEarly(AGENTS) };
      shop.web.write(time, { ...visitor, path: "/cart", status: 500, size: 571 }, index);
    }
  }
}

function slowBurn(plant: Plant): void {
  const { shop, random, index } = plant;
  if (plant.stream === "db") { for (const time of growing(plant, 1.2)) lockWait(shop, random, time, index); }
  else for (const time of growing(plant, 4)) shop.app.write(time, "WARN", slowRequest(random), index);
}

function bruteForce(plant: Plant): void {
  const { shop, random, index, size } = plant;
  const slow = plant.id.startsWith("ssh-slow");
  const addresses = Array.from({ length: slow ? 40 : 1 }, (_, i) => `198.51.100.${slow ? 200 + i : 250}`);
  for (const time of spread(plant, size)) {
    const user = slow ? random.pick(OPERATORS) : random.pick([...STRANGERS, ...OPERATORS]);
    failedLogin(shop, random, time, { user, address: random.pick(addresses), planted: index });
  }
  if (!slow) return;
  const tag = `sshd[${random.integer(2_000, 64_000)}]`;
  const message = `Accepted password for backup from ${addresses[17]} port ${
    random.integer(32_768, 60_999)
  } ssh2`;
  shop.auth.write(plant.to - 4 * MINUTE, tag, message, index);
}

const PROBES = [
  "/.env",
  "/.git/config",
  "/wp-admin/setup-config.php",
  "/phpmyadmin/index.php",
  "/cgi-bin/test.cgi",
  "/server-status",
  "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
  "/backup.zip",
  "/config.php.bak",
  "/actuator/env",
  "/solr/admin/info/system",
  "/product/..%2f..%2f..%2fetc%2fpasswd",
  "/search?q=1%27+OR+%271%27%3D%271",
  "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
];

function scanner(plant: Plant): void {
  const { shop, random, index, size } = plant;
  const slow = plant.id.startsWith("slow");
  const visitor = slow
    ? { address: "203.0.113.231", agent: AGENTS[0] }
    : { address: "203.0.113.230", agent: "Mozilla/5.00 (Probe/2.5.0) (Evasions:None)" };
  let left = size;
  for (const time of spread(plant, size)) {
    const probe = random.pick(PROBES), search = probe.startsWith("/search");
    const path = slow || random.chance(.4) ? probe : `/${random.hex(6)}/${random.hex(4)}.php`;
    const status = path !== probe || !search ? random.pick([404, 404, 404, 403]) : 200;
    const found = slow && --left === 12;
    const request = found
      ? { path: "/backup.zip", status: 200, size: 18_221_004 }
      : { path, status, size: 1_932 };
    shop.web.write(time, { ...visitor, ...request }, index);
  }
}

function silence({ shop, index, from, to, stream }: Plant): void {
  shop[stream as "app" | "db"].timeline.mute({ from, to }, index);
}

function restart({ shop, index, from }: Plant): void {
  for (const [second, message] of restartLines(versionAt(shop, from))) {
    shop.app.write(from + second * SECOND, "INFO", message, index);
  }
}

/** The new version starts, and says four things from then on that the old one never said. */
function deployment(plant: Plant): void {
  const { shop, random, index, from } = plant;
  restart(plant);
  const messages = [
    () => `Suggestions served prefix=${random.pick(["la", "ch", "ta", "ga"])} count=${random.integer(1, 9)}`,
    () => `Cart ${random.hex(12)} merged with the guest's, ${random.integer(1, 5)} lines`,
    () => `Session token renewed user=u${random.integer(10_000, 38_000)}`,
  ];
  shop.app.write(
    from + 8 * SECOND,
    "INFO",
    "Server feature set 4.13 enabled: suggestions, guest-carts",
    index,
  );
  shop.later(shop.arrivals(random, 30, (time) => {
    if (time < from + 9 * SECOND) return;
    shop.app.write(time, "INFO", random.pick(messages)(), time < plant.to ? index : -1);
  }));
}

function renewal({ shop, index, from }: Plant): void {
  shop.app.write(
    from + 21 * SECOND,
    "INFO",
    "Certificate of shop.example.com renewed, valid until 2026-06-04",
    index,
  );
}

const PLANTS: Partial<Record<Planned["kind"], (plant: Plant) => void>> = {
  new_error: newError,
  error_burst: errorBurst,
  slow_burn: slowBurn,
  brute_force: bruteForce,
  scanner,
  silence,
  restart,
  deployment,
  renewal,
};

/** Puts the lines of entry `index` of the plan into the logs, all at once; none of them lies before its start. */
export function plant(shop: Shop, index: number): void {
  const planned = shop.plan[index];
  PLANTS[planned.kind]?.({ ...planned, shop, index, random: shop.random(`planted ${planned.id}`) });
}
