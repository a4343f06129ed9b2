/**
 * PostgreSQL: statements with their durations, connections, checkpoints, vacuums, errors, the nightly backup.
 *
 * @module
 */
import { DAY, HOUR, MINUTE, SECOND } from "./calendar.ts";
import { lateBackup } from "./host.ts";
import type { Random } from "./random.ts";
import { type Process, type Shop, STEADY } from "./shop.ts";
import { customer, product } from "./words.ts";

/** Process id of one of the pool's connections. */
function backend(random: Random): number {
  return 4_200 + random.integer(0, 15);
}

function statement(random: Random): readonly [median: number, text: string] {
  const id = product(random), cart = random.hex(12);
  return random.pick<readonly [number, string]>([
    [
      14,
      `SELECT id, name, price FROM products WHERE category_id = ${
        random.integer(1, 12)
      } ORDER BY rank LIMIT 24`,
    ],
    [3, `SELECT * FROM products WHERE id = ${id}`],
    [6, `UPDATE stock SET quantity = quantity - ${random.integer(1, 4)} WHERE product_id = ${id}`],
    [
      5,
      `INSERT INTO cart_items (cart_id, product_id, quantity) VALUES ('${cart}', ${id}, ${
        random.integer(1, 4)
      })`,
    ],
    [9, `SELECT * FROM orders WHERE user_id = '${customer(random)}' ORDER BY created DESC LIMIT 10`],
    [21, `SELECT count(*) FROM search_log WHERE created > now() - interval '${random.integer(1, 30)} days'`],
    [4, `DELETE FROM sessions WHERE token = '${random.hex(16)}'`],
    [
      11,
      `UPDATE orders SET state = '${random.pick(["paid", "sent", "open"])}' WHERE id = ${
        random.integer(40_000, 52_000)
      }`,
    ],
  ]);
}

/** Every so-many-th statement is logged, however long it took. */
function statements(shop: Shop): Process {
  const random = shop.random("statements");
  return shop.arrivals(random, 120, (time) => {
    const [median, text] = statement(random);
    const planted = shop.underWay("latency", "db", time);
    const duration = random.skewed(median) * (planted < 0 ? 1 : shop.plan[planted].size);
    shop.db.write(
      time,
      backend(random),
      "LOG",
      `duration: ${duration.toFixed(3)} ms  statement: ${text}`,
      planted,
    );
  });
}

function connections(shop: Shop): Process {
  const random = shop.random("connections");
  return shop.arrivals(random, 20, (time) => {
    const process = random.integer(5_000, 60_000), port = random.integer(32_768, 60_999);
    const minutes = random.integer(0, 40), seconds = random.integer(10, 59);
    const source = `host=192.0.2.${random.integer(21, 24)}`;
    const name = "user=shop database=shop";
    shop.db.write(time, process, "LOG", `connection received: ${source} port=${port}`);
    shop.db.write(time + 4, process, "LOG", `connection authorized: ${name} application_name=shop-app`);
    const length = `0:${minutes < 10 ? "0" : ""}${minutes}:${seconds}.${random.integer(100, 999)}`;
    const end = time + minutes * MINUTE + seconds * SECOND;
    shop.db.write(
      end,
      process,
      "LOG",
      `disconnection: session time: ${length} ${name} ${source} port=${port}`,
    );
  });
}

function checkpoints(shop: Shop): Process {
  const random = shop.random("checkpoints");
  return shop.regularly(random, 5 * MINUTE, (time) => {
    const buffers = Math.round(random.skewed(200 + 600 * shop.rhythm.at(time)));
    const write = 60 + random.next() * 110, distance = buffers * random.integer(9, 12);
    const files = random.integer(12, 60), share = (buffers / 163.84).toFixed(1);
    shop.db.write(time, 811, "LOG", "checkpoint starting: time");
    const wrote = `wrote ${buffers} buffers (${share}%); 0 WAL file(s) added, 0 removed, ${
      random.integer(0, 3)
    } recycled`;
    const times = `write=${write.toFixed(3)} s, sync=0.0${random.integer(10, 60)} s, total=${
      (write + .1).toFixed(3)
    } s`;
    const sync = `sync files=${files}, longest=0.00${random.integer(1, 9)} s, average=0.001 s`;
    const sizes = `distance=${distance} kB, estimate=${distance + random.integer(100, 900)} kB`;
    shop.db.write(
      time + write * SECOND,
      811,
      "LOG",
      `checkpoint complete: ${wrote}; ${times}; ${sync}; ${sizes}`,
    );
  }, { offset: 47 * SECOND });
}

function vacuums(shop: Shop): Process {
  const random = shop.random("vacuums");
  return shop.arrivals(random, 2.4, (time) => {
    const table = random.pick(["carts", "cart_items", "sessions", "stock", "search_log"]);
    const pages = random.integer(80, 900), tuples = random.integer(900, 40_000);
    shop.db.write(
      time,
      random.integer(5_000, 60_000),
      "LOG",
      [
        `automatic vacuum of table "shop.public.${table}": index scans: ${random.integer(0, 1)}`,
        `\tpages: 0 removed, ${pages} remain, ${random.integer(0, 40)} skipped due to pins`,
        `\ttuples: ${random.integer(90, 800)} removed, ${tuples} remain, 0 are dead but not yet removable`,
        `\tsystem usage: CPU: user: 0.${random.integer(10, 99)} s, system: 0.0${
          random.integer(1, 9)
        } s, elapsed: 0.${random.integer(20, 99)} s`,
      ].join("\n"),
    );
  });
}

/** A statement that ran into its time limit: two lines. */
export function cancelled(shop: Shop, random: Random, time: number, planted = -1): void {
  const process = backend(random);
  shop.db.write(time, process, "ERROR", "canceling statement due to statement timeout", planted);
  shop.db.write(time, process, "STATEMENT", statement(random)[1], planted);
}

/** A transaction that waits for another one: two lines. */
export function lockWait(shop: Shop, random: Random, time: number, planted = -1): void {
  const process = backend(random), wait = `${random.integer(1000, 1009)}.${random.integer(100, 999)} ms`;
  const other = random.integer(700_000, 899_999);
  const message = `process ${process} still waiting for ShareLock on transaction ${other} after ${wait}`;
  shop.db.write(time, process, "LOG", message, planted);
  const detail = `Process holding the lock: ${backend(random)}. Wait queue: ${process}.`;
  shop.db.write(time, process, "DETAIL", detail, planted);
}

function duplicate(shop: Shop, random: Random, time: number): void {
  const process = backend(random), cart = random.hex(12), id = product(random);
  shop.db.write(time, process, "ERROR", 'duplicate key value violates unique constraint "cart_items_pkey"');
  shop.db.write(time, process, "DETAIL", `Key (cart_id, product_id)=(${cart}, ${id}) already exists.`);
  const text = `INSERT INTO cart_items (cart_id, product_id, quantity) VALUES ('${cart}', ${id}, 1)`;
  shop.db.write(time, process, "STATEMENT", text);
}

/** Remarks that come about once a day each. */
function rareLine(random: Random): readonly [level: string, message: string] {
  return random.pick<readonly [string, string]>([
    ["WARNING", "there is already a transaction in progress"],
    [
      "LOG",
      `temporary file: path "base/pgsql_tmp/pgsql_tmp${random.integer(4200, 4215)}.${
        random.integer(0, 9)
      }", size ${random.integer(11_000_000, 90_000_000)}`,
    ],
    ["LOG", "received SIGHUP, reloading configuration files"],
    ["FATAL", `password authentication failed for user "${random.pick(["report", "postgres"])}"`],
    ["LOG", `could not receive data from client: Connection reset by peer`],
    ["ERROR", `invalid input syntax for type integer: "${random.hex(6)}"`],
  ]);
}

/** The backup reads all tables, at night. */
function backup(shop: Shop): Process {
  const random = shop.random("backup");
  return shop.regularly(random, DAY, (begin) => {
    const [late, planted] = lateBackup(shop, "db", begin);
    let time = begin + late;
    for (
      const table of [
        "carts",
        "cart_items",
        "customers",
        "orders",
        "order_items",
        "products",
        "search_log",
        "stock",
      ]
    ) {
      const duration = random.skewed(70 * SECOND);
      time += duration;
      const text = `COPY public.${table} TO stdout;`;
      shop.db.write(time, 9_001, "LOG", `duration: ${duration.toFixed(3)} ms  statement: ${text}`, planted);
    }
  }, { offset: 2 * HOUR + 3 * SECOND });
}

/** Everything in postgresql.log but planted things. */
export function database(shop: Shop): Process[] {
  const random = shop.random("database errors");
  return [
    statements(shop),
    connections(shop),
    checkpoints(shop),
    vacuums(shop),
    backup(shop),
    shop.arrivals(random, 1.1, (time) => duplicate(shop, random, time)),
    shop.arrivals(random, .45, (time) => cancelled(shop, random, time)),
    shop.arrivals(random, 1.2, (time) => lockWait(shop, random, time)),
    shop.arrivals(random, .3, (time) => shop.db.write(time, backend(random), ...rareLine(random)), STEADY),
  ];
}
