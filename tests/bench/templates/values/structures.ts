/**
 * Values of several parts: lists, maps, objects.
 *
 * @module
 */
import type { Draw } from "./failure.ts";
import type { Place } from "./kind.ts";
import { sample, type World } from "./world.ts";

/** How lists are printed: opening, mark between, closing, quotes around each item; joined ones are bare. */
const LISTS: Record<World["language"] | "joined", [string, string, string, string][]> = {
  python: [["[", ", ", "]", "'"], ["[", ", ", "]", ""], ["{", ", ", "}", "'"], ["(", ", ", ")", "'"]],
  java: [["[", ", ", "]", ""], ["[", ", ", "]", ""], ["{", ", ", "}", ""]],
  npm: [["", ",", "", ""], ["[", ",", "]", '"'], ["[ ", ", ", " ]", "'"]],
  joined: [["", ", ", "", ""], ["", ", ", "", ""], ["", ",", "", ""], ["", " ", "", ""]],
};

/** Lists as the language prints them. */
export function lists(world: World, place: Place, item: Draw): Draw {
  const { random, language } = world, most = random.pick([1, 3, 5, 8]);
  const [open, between, close, quote] = random.pick(
    LISTS[/join/i.test(place.expression) ? "joined" : language],
  );
  return () => {
    const items = new Set(Array.from({ length: random.integer(open === "" ? 1 : 0, most) }, item));
    return items.size === 0
      ? (open + close).replaceAll(" ", "")
      : open + quote + [...items].join(quote + between + quote) + quote + close;
  };
}

/** Maps as the language prints them, with the same keys, or some of them. */
export function maps(world: World): Draw {
  const { random, words, language } = world,
    keys = sample(random, [...words, "id", "size", "retries", "mode", "ttl"], random.integer(1, 4));
  const styles = {
      python: ["{'", "': ", ", '", "}"],
      java: ["{", "=", ", ", "}"],
      npm: ['{"', '":', ',"', "}"],
    }[language],
    quote = { python: "'", java: "", npm: '"' }[language];
  const values = keys.map(() =>
    random.pick<Draw>([
      () => String(random.integer(0, 999)),
      () => quote + random.pick(words) + quote,
      () => random.pick(["0", "1"]),
    ])
  );
  const varies = random.chance(.4);
  return () => {
    const shown = keys.map((key, i) => `${key}${styles[1]}${values[i]()}`).filter((_, i) =>
      !varies || i === 0 || random.chance(.6)
    );
    return styles[0] + shown.join(styles[2]) + styles[3];
  };
}

/** Objects as the language prints them. */
export function objects(world: World): Draw {
  const { random, language, words } = world,
    type = random.pick(world.classes),
    plain = type.split(/[.$]/).at(-1)!;
  const number = () => random.integer(0, 9999), word = () => random.pick(words);
  const styles: Record<World["language"], Draw[]> = {
    python: [
      () => `<${type} object at 0x7f${random.hex(10)}>`,
      () => `${plain}(id=${number()}, name='${word()}')`,
      () => `<${plain} ${word()}>`,
      () => `<${plain}: ${number()}>`,
    ],
    java: [
      () => `${type}@${random.hex(7)}`,
      () => `${plain}{id=${number()}, name=${word()}}`,
      () => `${plain}[${word()}, ${number()}]`,
      () => `${plain}(name=${word()}, epoch=${number()})`,
    ],
    npm: [
      () => `{"id":${number()},"name":"${word()}"}`,
      () => `${plain}#${number()}`,
      () => `${word()}@${number()}`,
    ],
  };
  return random.pick(styles[language]);
}
