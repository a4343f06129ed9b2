/**
 * Values that are numbers: counts, sizes, durations, times.
 *
 * @module
 */
import type { Draw } from "./failure.ts";
import type { Place } from "./kind.ts";
import type { World } from "./world.ts";

/** Whole numbers as one place has them: always the same few, small, any, or counting up. */
export function counts({ random }: World): Draw {
  let next = random.integer(0, 90_000);
  const few = Array.from(
    { length: random.integer(1, 4) },
    () => String(random.pick([random.integer(0, 9), random.integer(10, 999), random.integer(1000, 70_000)])),
  );
  const top = random.pick([9, 60, 999, 50_000, 9_999_999]);
  return random.pick<Draw>([
    () => random.pick(few),
    () => String(random.integer(0, top)),
    () => String(random.integer(0, top)),
    () => String(random.chance(.2) ? random.pick([-1, 0]) : random.integer(1, top)),
    () => String(next += random.integer(1, 9)),
  ]);
}

/** Offsets and positions: counting up, or any. */
export function bigCounts({ random }: World): Draw {
  let next = random.integer(1e5, 1e10);
  return random.chance(.5)
    ? () => String(next += random.integer(1, 900))
    : () => String(random.integer(0, 4e9));
}

/** Numbers with a fixed count of decimals. */
export const decimals = ({ random }: World, top: number): Draw => {
  const digits = random.pick([1, 2, 3, 6]);
  return () => (random.next() * top).toFixed(digits);
};

/** Durations as numbers where the text may hold the unit, else with a unit of their own. */
export function durations(world: World, place: Place): Draw {
  const { random } = world, top = random.pick([60, 3000, 90_000]);
  const plain: Draw[] = [() => String(random.integer(1, top)), () => (random.next() * top).toFixed(2)];
  if (place.conversion !== "text") return plain[0];
  if (/^ ?[a-z]/.test(place.after)) return random.pick(plain);
  const unit = random.pick(["ms", " ms", "s", "µs", " seconds"]);
  const own: Record<World["language"], Draw> = {
    python: () =>
      `0:${String(random.integer(0, 59)).padStart(2, "0")}:${
        String(random.integer(0, 59)).padStart(2, "0")
      }.${random.integer(100_000, 999_999)}`,
    java: () =>
      `PT${random.pick(["", `${random.integer(1, 9)}M`])}${random.integer(1, 59)}.${random.integer(1, 999)}S`,
    npm: () => `${random.integer(1, top)}${unit}`,
  };
  return random.pick([...plain, ...plain, own[world.language], () => `${random.integer(1, top)}${unit}`]);
}

/** Sizes in bytes, or with a unit where the text has none. */
export function sizes({ random }: World, place: Place): Draw {
  const bytes = () => Math.floor(2 ** (random.next() * 33)), plain = () => String(bytes());
  if (place.conversion !== "text" || /^ ?[A-Za-z]/.test(place.after) || random.chance(.7)) return plain;
  const blank = random.pick(["", " "]), i = random.pick(["", "i"]);
  return () => {
    const value = bytes(), step = value < 1024 ? 0 : value < 1 << 20 ? 1 : value < 2 ** 30 ? 2 : 3;
    return step === 0
      ? `${value}${blank}B`
      : `${(value / 1024 ** step).toFixed(1)}${blank}${"KMG"[step - 1]}${i}B`;
  };
}

/** Times in one layout. */
export function times({ random }: World): Draw {
  const at = () => new Date(1_750_000_000_000 + random.integer(0, 9_000_000) * 1000 + random.integer(0, 999));
  return random.pick<Draw>([
    () => at().toISOString(),
    () => at().toISOString().slice(0, 19).replace("T", " "),
    () => String(at().getTime()),
    () => String(Math.floor(at().getTime() / 1000)),
    () => at().toISOString().slice(0, 10),
    () => at().toUTCString(),
  ]);
}
