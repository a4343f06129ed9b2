import assert from "node:assert/strict";
import type { FailureKind } from "../../lib/source/elasticsearch/failure.ts";
import { connect, type ElasticsearchSettings, JSON_BODY } from "../../lib/source/elasticsearch/connection.ts";
import { makeCertificate } from "../services/certificate.ts";
import { freePort } from "../services/free_port.ts";
import { failureOfOpening } from "./failure_secured.ts";

type Answer = (request: Request) => Response | Promise<Response>;

/** A server of one test, and the headers of what it was asked. */
async function served<T>(answer: Answer, use: (url: string, asked: Headers[]) => Promise<T>): Promise<T> {
  const asked: Headers[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    asked.push(new Headers([...request.headers]));
    return answer(request);
  });
  return await use(`http://127.0.0.1:${server.addr.port}`, asked);
}

async function fails(settings: ElasticsearchSettings, kind: FailureKind, words: RegExp): Promise<void> {
  const failure = await failureOfOpening(settings);
  assert.equal(failure.kind, kind, failure.message);
  assert.match(failure.message, words);
}

const json = (status: number, body: unknown, headers = {}) => Response.json(body, { status, headers });

Deno.test("failureOf() refuses OpenSearch in a sentence, whatever it answers", async () => {
  const sentence =
    /^Cannot read logs: what answers is not Elasticsearch; OpenSearch and other forks are not supported/;
  const unknown = { error: "no handler found for uri [/logs/_pit] and method [POST]" };
  const versioned = {
    error: {
      type: "media_type_header_exception",
      reason: "Invalid media-type value on headers [Content-Type]",
    },
    status: 406,
  };
  for (
    const answer of [
      json(200, { id: "x" }),
      json(400, unknown),
      json(405, unknown),
      json(406, { error: "x" }),
    ]
  ) {
    await served(() => answer, (url) => fails({ nodes: [url] }, "product", sentence));
  }
  await served(() => json(406, versioned), (url) => fails({ nodes: [url] }, "version", /8 and 9 are/));
});

Deno.test("failureOf() keeps a proxy's trouble apart from another product", async () => {
  const page = () =>
    new Response("<html><body>Bad gateway</body></html>", {
      status: 502,
      headers: { "content-type": "text/html" },
    });
  await served(page, (url) => fails({ nodes: [url] }, "unavailable", /answered 502: Bad gateway$/));
  await served(() => json(429, {}), (url) => fails({ nodes: [url] }, "busy", /busy/));
  await served(() => json(401, {}), (url) => fails({ nodes: [url] }, "login", /doesn't know/));
});

Deno.test("failureOf() says that nobody listens, that nobody answers, and that the answer is cut off", async () => {
  await fails({ nodes: [`http://127.0.0.1:${freePort()}`] }, "unreachable", /no node .* ECONNREFUSED/);
  const { promise, resolve } = Promise.withResolvers<Response>();
  await served(() => promise, async (url) => {
    await fails({ nodes: [url], timeout: 200 }, "busy", /didn't answer in time/);
    resolve(new Response());
  });
  const half = () =>
    new Response('{"id": "x', {
      headers: { "content-type": "application/json", "x-elastic-product": "Elasticsearch" },
    });
  await served(half, (url) => fails({ nodes: [url] }, "busy", /not whole/));
});

Deno.test("failureOf() says that an address has the wrong scheme, and that a certificate is for another name", async () => {
  await served(() => json(200, {}), async (url) => {
    await fails({ nodes: [url.replace("http:", "https:")] }, "unreachable", /begins with http:/);
  });
  const { authority, certificate, key } = await makeCertificate();
  const options = { hostname: "::1", port: 0, cert: certificate, key, onListen: () => {} };
  await using server = Deno.serve(options, () => json(200, {}));
  await fails({ nodes: [`https://[::1]:${server.addr.port}`], ca: authority }, "certificate", /another name/);
});

Deno.test("connect() sends an API key or a login, and the media type that 8 and 9 understand", async () => {
  const answer = () => json(200, { id: "x" }, { "x-elastic-product": "Elasticsearch" });
  const headersOf = (settings: ElasticsearchSettings) =>
    served(answer, async (url, asked) => {
      const client = await connect({ nodes: [url], ...settings });
      await client.openPointInTime({ index: "logs", keep_alive: "1m" }, { headers: JSON_BODY });
      await client.close();
      return asked[0];
    });
  assert.equal((await headersOf({ apiKey: "aWQ6a2V5" })).get("authorization"), "ApiKey aWQ6a2V5");
  const basic = await headersOf({ user: "reader", password: "pä:ss" });
  assert.equal(
    basic.get("authorization"),
    `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode("reader:pä:ss")))}`,
  );
  const bare = await headersOf({});
  assert.equal(bare.get("authorization"), null);
  assert.equal(bare.get("accept"), "application/vnd.elasticsearch+json; compatible-with=8");
});
