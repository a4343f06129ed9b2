/**
 * Tests that a real Elasticsearch is there for.
 *
 * @module
 */
import { isPresent, type Need, testThatNeeds } from "../needs.ts";
import {
  ELASTICSEARCH_VERSIONS,
  type ElasticsearchMajor,
  type ElasticsearchServer,
} from "./elasticsearch.ts";
import { emptyElasticsearch } from "./kept_server.ts";

/** The versions that tests run with, where they can. */
export const MAJORS: readonly ElasticsearchMajor[] = [8, 9];

/** The newest of them that runs here: for tests that one version is enough for. */
export const NEWEST: ElasticsearchMajor = isPresent("elasticsearch9") ? 9 : 8;

/** What a test with a server of that version needs. */
export function elasticsearchNeed(major: ElasticsearchMajor): Need {
  return `elasticsearch${major}`;
}

/**
 * Registers tests that share one server: it is empty before the first of them, and theirs until the last.
 * Where it can't run, one test says so: it is skipped, or fails where the version is required.
 *
 * @param name What the tests are about.
 * @param register Registers them; the server is there when they run.
 *
 * @example
 * ```ts ignore
 * withElasticsearch(8, "health", (server, version) => {
 *   Deno.test(`the server answers (${version})`, async () => await fetch(server().url));
 * });
 * ```
 */
export function withElasticsearch(
  major: ElasticsearchMajor,
  name: string,
  register: (server: () => ElasticsearchServer, version: string) => void,
): void {
  const version = ELASTICSEARCH_VERSIONS[major], need = elasticsearchNeed(major);
  if (!isPresent(need)) return testThatNeeds([need], `${name} (${version})`, () => {});
  let server!: ElasticsearchServer;
  Deno.test.beforeAll(async () => {
    console.log(`Elasticsearch ${version}`);
    server = await emptyElasticsearch(major);
  });
  Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());
  register(() => server, version);
}
