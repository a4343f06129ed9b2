/**
 * The data of a view, for a page or a program.
 *
 * @module
 */
import { type Asked, type AskedView, askedView } from "./requests.ts";
import type { Site } from "./site.ts";
import type { ViewName } from "./view_query.ts";
import { type View, type ViewData, VIEWS } from "./views.ts";

/** Views that tell what changes without anybody writing to the state. */
const NEVER_KEPT: readonly ViewName[] = ["health"];

/**
 * What a view shows; `data` is `null` where there is no such thing.
 *
 * @throws {Error} as `askedView` does.
 */
export async function viewAnswer<Name extends ViewName>(
  name: Name,
  asked: Asked,
  site: Site,
): Promise<AskedView<Name> & { data: ViewData<Name> | null }> {
  site.source.refresh();
  const request = askedView(name, asked, site), view = VIEWS[name] as View<Name>;
  const make = () => view.load(site.source, { ...request, own: site });
  if (NEVER_KEPT.includes(name)) return { ...request, data: await make() };
  const question = JSON.stringify([name, request]), { version } = site.source, now = site.source.now();
  return { ...request, data: await site.answers.get(question, { version, now }, make) };
}
