/**
 * What workers noted beside events, page by page.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";

/** Documents that come with the first answer, before it is known how long they are. */
const FIRST_PAGE = 20;
/** Characters that an answer should not be longer than. */
const PAGE_LENGTH = 8 << 20;

/** Documents of a generation of a part. */
export interface FoundSearch {
  index: string;
  /** What they must meet. */
  filter: Record<string, unknown>[];
  /** Fields that they are sorted by: no two have the same in all of them. */
  sort: string[];
  /** Most of them that come with an answer, however short those before were. */
  most: number;
}

/** Documents in their order, as many at once as fit into an answer; the next are on their way while some are read. */
export async function* foundPages<T>(
  cluster: Cluster,
  { index, filter, sort, most }: FoundSearch,
): AsyncGenerator<T[], void, void> {
  const ask = (size: number, after?: unknown[]) =>
    cluster.hits<T>(`read what was found in ${index}`, index, {
      ...{ size, query: { bool: { filter } }, sort: sort.map((field) => ({ [field]: "asc" })) },
      ...(after === undefined ? {} : { search_after: after }),
    });
  let size = Math.min(FIRST_PAGE, most);
  for (let asked: ReturnType<typeof ask> | null = ask(size); asked !== null;) {
    const { hits, length }: Awaited<ReturnType<typeof ask>> = await asked, last = hits.at(-1);
    if (last === undefined || hits.length < size) asked = null;
    else {
      size = Math.max(1, Math.min(most, Math.floor(PAGE_LENGTH * hits.length / length)));
      asked = ask(size, last.sort);
      asked.catch(() => {}); // it is awaited in its turn, unless the reader stops before
    }
    if (hits.length > 0) yield hits.map(({ _source }) => _source);
  }
}
