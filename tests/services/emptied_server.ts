/**
 * A server as it was when it started.
 *
 * @module
 */

/** Deletes all that tests put into a server without security: indices, templates, pipelines, settings. */
export async function emptyServer(url: string): Promise<void> {
  await ask(url, "PUT", "/_all/_settings?expand_wildcards=all", {
    "index.blocks.read_only_allow_delete": null,
  });
  const indices = await ask(url, "GET", "/_cat/indices?h=index&format=json&expand_wildcards=all") as {
    index: string;
  }[];
  for (const { index } of indices) {
    await ask(url, "DELETE", `/${encodeURIComponent(index)}`, undefined, [404]);
  }
  await ask(url, "DELETE", "/_index_template/*", undefined, [404]);
  await ask(url, "DELETE", "/_component_template/*", undefined, [404]);
  await ask(url, "DELETE", "/_template/*", undefined, [404]);
  await ask(url, "DELETE", "/_ingest/pipeline/*", undefined, [404]);
  await ask(url, "PUT", "/_cluster/settings", { persistent: { "*": null }, transient: { "*": null } });
}

async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  allowed: readonly number[] = [],
): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  if (allowed.includes(answer.status)) return null;
  throw new Error(`Cannot empty ${url}: ${method} ${path}: ${answer.status}: ${text.slice(0, 300)}`);
}
