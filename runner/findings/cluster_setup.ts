/**
 * Index templates and the lifecycle policy in a cluster: looked at, put there.
 *
 * @module
 */
import { type connect, ElasticsearchError, failureOf, JSON_BODY } from "../../lib/mod.ts";
import {
  type ClusterPart,
  type FindingsSettings,
  indexTemplates,
  lifecyclePolicy,
  TEMPLATE_VERSION,
} from "./index_template.ts";

/** The client of `lib`. */
export type Client = Awaited<ReturnType<typeof connect>>;

/** What a cluster has of what it should have. */
export interface ClusterSetup {
  /** Whether the cluster deletes old indices itself. */
  hasLifecycle: boolean;
  /** What a person should know; empty = nothing. */
  note: string;
}

/** A request; its answer. */
export async function request(
  client: Client,
  method: string,
  path: string,
  body?: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const headers = body === undefined ? { accept: JSON_BODY.accept } : JSON_BODY;
  return await client.transport.request({ method, path, body }, { headers, maxRetries: 0 });
}

/**
 * Puts the lifecycle policy, where the cluster has such, and the index templates, over those that are there.
 *
 * @throws {ElasticsearchError} if that is not possible; it takes the cluster privileges `manage_index_templates` and
 * `manage_ilm`.
 */
export async function putSetup(client: Client, settings: FindingsSettings): Promise<ClusterSetup> {
  const hasLifecycle = await putPolicy(client, lifecyclePolicy(settings));
  for (const part of indexTemplates(settings, hasLifecycle)) {
    try {
      await request(client, "PUT", part.path, part.body);
    } catch (error) {
      throw failureOf(`put the index template ${nameOf(part)}`, error);
    }
  }
  return { hasLifecycle, note: "" };
}

/** Whether the cluster has lifecycle policies at all, and now this one. */
async function putPolicy(client: Client, { path, body }: ClusterPart): Promise<boolean> {
  try {
    await request(client, "PUT", path, body);
    return true;
  } catch (error) {
    const failure = failureOf(`put the lifecycle policy ${path.split("/").at(-1)}`, error);
    if (/no handler found|Incorrect HTTP method/.test(failure.message)) return false;
    throw failure;
  }
}

/**
 * Sees to it that the index templates are there before documents are: they are put where they are missing or of an earlier
 * version. A cluster that doesn't let itself be looked at is taken to have them.
 *
 * @throws {ElasticsearchError} if they are missing and can't be put, or the cluster can't be asked.
 */
export async function ensureSetup(client: Client, settings: FindingsSettings): Promise<ClusterSetup> {
  const wanted = indexTemplates(settings, false);
  try {
    const present = await Promise.all(wanted.map((part) => lookAt(client, part)));
    const hasLifecycle = present[0]?.hasLifecycle ?? false;
    if (present.every((one) => one !== null && one.version >= TEMPLATE_VERSION)) {
      return { hasLifecycle, note: "" };
    }
    return await putMissing(client, settings, {
      missing: wanted.filter((_, i) => present[i] === null),
      hasLifecycle,
    });
  } catch (error) {
    const failure = failureOf("look at the index templates of findings", error);
    if (failure.kind !== "privilege" || failure instanceof SetupError) throw failure;
    return { hasLifecycle: true, note: "" };
  }
}

/** Index templates that are missing and can't be put. */
class SetupError extends ElasticsearchError {}

async function putMissing(
  client: Client,
  settings: FindingsSettings,
  { missing, hasLifecycle }: { missing: ClusterPart[]; hasLifecycle: boolean },
): Promise<ClusterSetup> {
  try {
    return await putSetup(client, settings);
  } catch (error) {
    if (!(error instanceof ElasticsearchError) || error.kind !== "privilege") throw error;
    const hint = "`deno task deepscan findings install` by somebody who may is enough, once";
    if (missing.length === 0) {
      return { hasLifecycle, note: `the index templates of findings are of an earlier version; ${hint}` };
    }
    const names = missing.map(nameOf).join(", ");
    throw new SetupError(
      `Cannot send findings: the cluster has no index template ${names}, and this user may put none; ${hint}`,
      "privilege",
      error.status,
      { cause: error },
    );
  }
}

/** What there is of a template; `null` = nothing. */
async function lookAt(
  client: Client,
  { path }: ClusterPart,
): Promise<{ version: number; hasLifecycle: boolean } | null> {
  const parts = "index_templates.index_template";
  const answer = await client.transport.request(
    {
      ...{ method: "GET", path },
      querystring: { filter_path: `${parts}.version,${parts}.template.settings.index.lifecycle` },
    },
    { headers: { accept: JSON_BODY.accept }, ignore: [404], meta: true, maxRetries: 0 },
  );
  if (answer.statusCode === 404) return null;
  const { index_templates: [found] = [] } = answer.body as { index_templates?: PresentTemplate[] };
  const { version = 0, template } = found?.index_template ?? {};
  return { version, hasLifecycle: template?.settings?.index?.lifecycle !== undefined };
}

/** A template as far as it is looked at. */
interface PresentTemplate {
  index_template?: { version?: number; template?: { settings?: { index?: { lifecycle?: unknown } } } };
}

function nameOf({ path }: ClusterPart): string {
  return path.split("/").at(-1)!;
}
