/**
 * Values that are names of something: ids, addresses, paths, titles.
 *
 * @module
 */
import type { Draw } from "./failure.ts";
import { sample, type World } from "./world.ts";

/** One of a pool that this place has of its own: the first values come far more often. */
export function pooled(world: World, values: readonly string[], sizes: readonly number[]): Draw {
  const { random } = world, pool = sample(random, values, random.pick(sizes));
  return random.chance(.5) ? () => random.pick(pool) : () => random.pickEarly(pool);
}

/** Ids in one shape. */
export function ids(world: World): Draw {
  const { random } = world,
    prefix = random.pick(["", "", "0x", "id-", "sess_", `${random.pick(world.words)}-`]);
  const length = random.pick([6, 8, 12, 16, 32, 40]), hex = () => random.hex(length);
  return random.pick<Draw>([
    () => `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
    () => prefix + hex(),
    () => String(random.integer(1, 99_999_999)),
    () => `${random.pick(["req", "job", "tx", "msg"])}-${random.integer(1, 99_999)}`,
    () => btoa(String.fromCharCode(...Array.from({ length: 9 }, () => random.integer(33, 122)))),
  ]);
}

/** An IPv4 address. */
export const ip = ({ random }: World) =>
  `${random.pick([10, 172, 192, 203])}.${random.integer(0, 255)}.${random.integer(0, 255)}.${
    random.integer(1, 254)
  }`;

/** Addresses in one to five shapes. */
export function addresses(world: World): Draw {
  const { random } = world, port = () => random.pick([80, 443, 5432, 8080, random.integer(1024, 65_000)]);
  const shapes: Draw[] = [
    () => `${ip(world)}:${port()}`,
    () => ip(world),
    () => `/${ip(world)}:${port()}`,
    () => `${random.pick(world.hosts)}:${port()}`,
    () => `localhost:${port()}`,
    () => `[2001:db8::${random.hex(3)}]:${port()}`,
  ];
  const chosen = random.pick([
    shapes.slice(0, 1),
    shapes.slice(0, 2),
    shapes.slice(2, 3),
    shapes.slice(3, 5),
    shapes.slice(1, 2),
    shapes.slice(0, 5),
    shapes.slice(5),
  ]);
  return () => random.pick(chosen)();
}

/** Paths below one folder, or always the same few. */
export function paths(world: World): Draw {
  const { random, folders, words } = world,
    root = `/${random.pick(folders)}/${random.pick(folders)}`,
    deep = random.integer(0, 2);
  const ending = random.pick<Draw>([
    () => "",
    () => `.${random.pick(["json", "log", "yml", "db"])}`,
    () => `-${random.integer(1, 900)}.snap`,
    () => `/${random.hex(8)}`,
    () => "/",
  ]);
  const fixed = Array.from({ length: random.integer(1, 3) }, () => `${root}/${random.pick(words)}.conf`);
  return random.chance(.2)
    ? () => random.pick(fixed)
    : () =>
      `${root}${"/x".repeat(deep).replaceAll("x", () => random.pick(folders))}/${
        random.pick(words)
      }${ending()}`;
}

/** Addresses of pages. */
export function urls(world: World): Draw {
  const { random, hosts, words } = world,
    scheme = random.pick(["http", "https", "https", "amqp", "ws"]),
    query = random.chance(.3);
  return () =>
    `${scheme}://${random.pick(hosts)}:${random.pick([8080, 443, random.integer(1024, 9999)])}/${
      random.pick(words)
    }/${random.hex(4)}${query ? `?limit=${random.integer(1, 99)}&q=${random.pick(words)}` : ""}`;
}

/** Texts of some words, as people name things. */
export function titles(world: World): Draw {
  const { random, words } = world,
    pool = Array.from(
      { length: random.integer(1, 7) },
      () =>
        random.pick(["the", "daily", "Main", "old", "all", ""]).concat(
          " ",
          sample(random, words, random.integer(1, 3)).join(" "),
          random.pick(["", "", " report", ` ${random.integer(2, 30)}`]),
        ).trim(),
    );
  return () => random.pick(pool);
}
