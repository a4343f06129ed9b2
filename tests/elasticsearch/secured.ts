/**
 * A server with encryption, users and the roles that are shipped.
 *
 * @module
 */
import type { Client } from "@elastic/elasticsearch";
import { connect, type ElasticsearchSettings, JSON_BODY } from "../../lib/source/elasticsearch/connection.ts";
import { makeCertificate, type TestCertificate } from "../services/certificate.ts";
import {
  type ElasticsearchMajor,
  type ElasticsearchServer,
  startElasticsearch,
} from "../services/elasticsearch.ts";

/** Who may log in, beside `admin`, who may do everything. */
export type SecuredUser =
  | ("shipper" | "reader" | "mapper" | "reducer" | "writer" | "keeper" | "installer")
  | "admin";

/** The files that are shipped. */
export const DEPLOY = new URL("../../runner/deploy/", import.meta.url);

/** A running server, and clients of it. */
export interface SecuredServer extends AsyncDisposable {
  readonly server: ElasticsearchServer;
  readonly certificate: TestCertificate;
  /** A client that logs in as that user. */
  as(user: SecuredUser): Promise<Client>;
  /** How that user reaches it. */
  settings(user: SecuredUser): ElasticsearchSettings;
}

/** The password of a test's user. */
export function passwordOf(user: SecuredUser): string {
  return `password-of-${user}`; // rsyslog wants no blanks
}

/** Starts a server whose roles are those of `runner/deploy/elasticsearch/roles.yml`. */
export async function startSecured(major: ElasticsearchMajor): Promise<SecuredServer> {
  const certificate = await makeCertificate();
  const roles = await Deno.readTextFile(new URL("elasticsearch/roles.yml", DEPLOY));
  const names: SecuredUser[] = ["shipper", "reader", "mapper", "reducer", "writer", "keeper", "installer"];
  const users = names.map((name) => ({ name, password: passwordOf(name), roles: [`deepscan_${name}`] }));
  const admin = { name: "admin", password: passwordOf("admin"), roles: ["superuser"] };
  const server = await startElasticsearch(major, {
    security: { certificate, users: [...users, admin], roles },
  });
  const clients: Client[] = [];
  const settings = (user: SecuredUser): ElasticsearchSettings => {
    return { user, password: passwordOf(user), nodes: [server.url], ca: certificate.authority };
  };
  const as = async (user: SecuredUser) => {
    const client = await connect(settings(user));
    clients.push(client);
    return client;
  };
  await ready(await as("admin"));
  return {
    ...{ server, certificate, as, settings },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Waits until users are known. */
async function ready(admin: Client): Promise<void> {
  for (let tries = 0;; tries++) {
    try {
      await admin.cluster.health({ wait_for_status: "yellow" }, { headers: JSON_BODY });
      return;
    } catch (error) {
      if (tries === 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** A request as it goes over the wire; `lines` = of a bulk request. */
export function ask(
  client: Client,
  request: string,
  body?: Record<string, unknown> | Record<string, unknown>[],
): Promise<Record<string, unknown>> {
  const [method, path] = request.split(" "), { accept } = JSON_BODY;
  const headers = Array.isArray(body)
    ? { accept, "content-type": accept.replace("+json", "+x-ndjson") }
    : JSON_BODY;
  const content = body === undefined ? {} : Array.isArray(body) ? { bulkBody: body } : { body };
  return client.transport.request({ method, path, ...content }, { headers, maxRetries: 0 });
}
