/**
 * What work that is divided among machines must do, with each version of the server.
 *
 * @module
 */
import type { ElasticsearchMajor } from "../services/elasticsearch.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { testChanges } from "./counted_changes.ts";
import { testFaults } from "./counted_faults.ts";
import { testKilledServer } from "./counted_killed_server.ts";
import { testParts } from "./counted_parts.ts";
import { testLargeWindow, testReading } from "./counted_reading.ts";
import { testRuns } from "./counted_runs.ts";
import { testWorkers } from "./counted_workers.ts";

/** Registers the tests with a server of one version; what asks nothing new of a server, with the newest one alone. */
export function testCounted(major: ElasticsearchMajor): void {
  withElasticsearch(major, "counted streams", (server, version) => {
    testParts(server, version);
    testReading(server, version);
    if (major !== NEWEST) return;
    testLargeWindow(server, version);
    testWorkers(server, version);
    testRuns(server, version);
    testChanges(server, version);
    testFaults(server, version);
    testKilledServer(server, version);
  });
}
