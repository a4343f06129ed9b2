/**
 * What the application writes of its own accord: jobs, pools, mail, memory, and its rare remarks.
 *
 * @module
 */
import { DAY, HOUR, MINUTE, SECOND, type Span } from "./calendar.ts";
import type { Random } from "./random.ts";
import { PLANTED_SECRETS } from "./secrets.ts";
import type { Process, Shop } from "./shop.ts";
import { nodeTrace } from "./traces.ts";
import { CATEGORIES, customer, product } from "./words.ts";

type Level = "DEBUG" | "INFO" | "WARN" | "ERROR";

/** Version of the application that starts at this time. */
export function versionAt(shop: Shop, time: number): string {
  return shop.plan.some(({ kind, from }) => kind === "deployment" && time >= from) ? "4.13.0" : "4.12.3";
}

/** What the application says when it stops and starts, in order, with seconds since the first line. */
export function restartLines(version: string): readonly (readonly [second: number, message: string])[] {
  return [
    [0, "Server shutdown requested by SIGTERM"],
    [2.1, "Server drained 12 connections in 2.1 s"],
    [4.4, `Server starting version=${version} node=22.12.0`],
    [4.9, "Server configuration loaded from /etc/shop/app.json"],
    [5.3, `Database connected url=postgres://shop:${PLANTED_SECRETS.databasePassword}@db1/shop pool=16`],
    [5.6, "Database schema is up to date, 118 migrations"],
    [6.8, "Cache warmed 1423 products in 1.2 s"],
    [7.0, "Server listening on 0.0.0.0:8080"],
  ];
}

/** Jobs that run by the clock, each line of them in order. */
function jobs(shop: Shop): Process[] {
  const random = shop.random("app jobs"), app = shop.app;
  return [
    shop.regularly(random, MINUTE, (time) => {
      const active = Math.round(random.skewed(3 + 6 * shop.rhythm.at(time)));
      app.write(
        time,
        "DEBUG",
        `Pool connections active=${Math.min(16, active)} idle=${random.integer(2, 9)} waiting=0`,
      );
    }, { offset: 12 * SECOND }),
    shop.regularly(random, 2 * MINUTE, (time) => {
      const warehouse = random.pick(["north", "south", "east"]);
      app.write(time, "INFO", `StockSync warehouse=${warehouse} updates=${random.integer(20, 190)}`);
    }, { offset: 31 * SECOND, jitter: 4000 }),
    shop.regularly(random, 10 * MINUTE, (time) => {
      const entries = random.integer(1390, 1423), duration = Math.round(random.skewed(220));
      app.write(time, "INFO", `Cache refreshed region=products entries=${entries} duration=${duration}ms`);
      if (random.chance(.4)) {
        app.write(time + 350, "DEBUG", `Cache evicted ${random.integer(3, 80)} entries region=prices`);
      }
    }, { offset: 3 * MINUTE }),
    shop.regularly(random, 15 * MINUTE, (time) => {
      const rows = random.integer(900, 1400), seconds = random.skewed(3.2);
      app.write(time, "INFO", "Scheduler job=price-import started");
      app.write(
        time + seconds * SECOND,
        "INFO",
        `Scheduler job=price-import finished rows=${rows} in ${seconds.toFixed(1)} s`,
      );
      if (random.chance(.15)) {
        const line = random.integer(10, rows);
        app.write(
          time + 900,
          "WARN",
          `Scheduler job=price-import skipped line ${line}: unknown product ${
            random.integer(90_000, 99_999)
          }`,
        );
      }
    }, { offset: 5 * SECOND }),
    shop.regularly(random, HOUR, (time) => {
      app.write(
        time,
        "INFO",
        `Rates updated EUR/USD=1.${random.integer(780, 890)} EUR/GBP=0.8${random.integer(20, 49)}`,
      );
    }, { offset: 2 * MINUTE }),
  ];
}

/** Collections of the heap; while it fills up they take longer and free less. */
function memory(shop: Shop): Process {
  const random = shop.random("app memory");
  return shop.regularly(random, 90 * SECOND, (time) => {
    let heap = random.integer(360, 480), pause = Math.round(random.skewed(16));
    const planted = shop.underWay("resource_growth", "app", time);
    if (planted >= 0) {
      const { from, to, size } = shop.plan[planted], share = (time - from) / (to - from);
      heap = Math.round(heap + (size - heap) * share);
      pause = Math.round(pause * (1 + 7 * share));
    }
    shop.app.write(time, "DEBUG", `Memory collection pause=${pause}ms heap=${heap}MB of 1024MB`, planted);
  }, { jitter: 20_000 });
}

/** Things that follow the number of visitors. */
function traffic(shop: Shop): Process[] {
  const random = shop.random("app traffic"), app = shop.app;
  const mail = (time: number) => {
    const address = `${customer(random)}@${random.pick(["example.com", "example.org"])}`;
    const template = random.pick([
      "order-confirmation",
      "order-confirmation",
      "password-reset",
      "parcel-sent",
    ]);
    const duration = Math.round(random.skewed(210));
    app.write(time, "INFO", `Mailer sent template=${template} to=${address} duration=${duration}ms`);
    if (!random.chance(.03)) return;
    app.write(time + 40, "WARN", `Mailer attempt 1 for ${address} deferred: 451 4.7.1 try again later`);
  };
  const slow = (time: number) => app.write(time, "WARN", slowRequest(random));
  return [
    shop.arrivals(random, 42, mail),
    shop.arrivals(random, 4, slow),
    shop.arrivals(random, 24, (time) => {
      const duration = Math.round(random.skewed(25));
      app.write(
        time,
        "INFO",
        `Recommender scored candidates=40 user=${customer(random)} duration=${duration}ms`,
      );
    }),
    shop.arrivals(random, 9, (time) => {
      const minutes = random.integer(3, 55);
      app.write(time, "INFO", `Session closed user=${customer(random)} after ${minutes} minutes`);
    }),
  ];
}

/** A request that took long. */
export function slowRequest(random: Random): string {
  const path = random.pick([
    `/product/${product(random)}`,
    `/category/${random.pick(CATEGORIES)}`,
    "/search",
    "/cart",
  ]);
  return `HttpServer slow request GET ${path} took ${Math.round(1500 + random.skewed(700))} ms`;
}

/** Remarks that come about once a day each, on clean days as on others. */
function rareLine(random: Random): readonly [level: Level, message: string] {
  const user = customer(random);
  return random.pick<() => readonly [Level, string]>([
    () => ["INFO", `Coupon created code=SPRING${random.integer(10, 99)} by=${random.pick(["ops1", "ops2"])}`],
    () => ["INFO", `Feature flag=banner-${random.integer(1, 6)} set to ${random.pick(["on", "off"])}`],
    () => ["INFO", `Search index optimised segments=${random.integer(8, 24)} in ${random.integer(6, 19)} s`],
    () => [
      "WARN",
      `HttpServer rate limit reached client=198.51.100.${random.integer(1, 199)} requests=${
        random.integer(121, 190)
      }`,
    ],
    () => ["WARN", `Image of product ${product(random)} is missing, showing the default`],
    () => ["WARN", `Session of user=${user} replaced: signed in from another device`],
    () => ["INFO", `Account data export prepared user=${user} size=${random.integer(40, 900)}kB`],
    () => ["ERROR", partnerError(random)],
  ])();
}

function partnerError(random: Random): string {
  const message = `Partner export failed request=${
    random.hex(8)
  } header="Authorization: Bearer ${PLANTED_SECRETS.bearerToken}"`;
  return nodeTrace(`${message}\nError: socket hang up`, ["exportTo (/srv/shop/src/partner/export.js:61:11)"]);
}

/** Once a day: the certificate's remaining days, and the newsletter at night. */
function daily(shop: Shop): Process[] {
  const random = shop.random("app daily"), app = shop.app;
  return [
    shop.regularly(random, DAY, (time) => {
      const days = 41 - Math.floor((time - shop.start) / DAY);
      app.write(time, "INFO", `Certificate of shop.example.com is valid for ${days} days`);
    }, { offset: 6 * HOUR }),
    shop.regularly(random, DAY, (time) => {
      for (let batch = 1; batch <= 12; batch++) {
        app.write(
          time + batch * 20 * SECOND,
          "INFO",
          `Newsletter batch ${batch} of 12 queued recipients=500`,
        );
      }
    }, { offset: HOUR + 10 * MINUTE }),
    shop.regularly(random, DAY, (time) => {
      for (const [second, message] of restartLines(versionAt(shop, time))) {
        app.write(time + second * SECOND, "INFO", message);
      }
    }, { offset: 4 * HOUR + 30 * MINUTE }),
  ];
}

/** Everything that the application does without being asked. */
export function application(shop: Shop): Process[] {
  const random = shop.random("app rare");
  const rare = shop.arrivals(random, 8 / 18, (time) => shop.app.write(time, ...rareLine(random)));
  const processes = [...jobs(shop), memory(shop), ...traffic(shop), ...daily(shop), rare];
  return [(span: Span) => processes.forEach((process) => process(span))];
}
