/**
 * Which version of the model is active.
 *
 * @module
 */
import { z } from "zod";
import { findEarlier } from "../../detect/earlier_state.ts";
import { activateVersion, type Move, promoteCandidate, rollBack } from "../../models/active_version.ts";
import { type Change, type Changed, ChangeError, changeRegistry } from "./change.ts";
import { version } from "./fields.ts";

const versionFields = z.strictObject({ version: version("Name of the version.") });

/** A version becomes active. */
export const activating: Change<typeof versionFields> = {
  about: "Makes a version of the model the active one.",
  fields: versionFields,
  run: async ({ version }, { registry, now }) =>
    movedText(await changeRegistry(registry, () => activateVersion(registry, version, now))),
};

const rollbackFields = z.strictObject({
  version: version("The version that is meant: where another one would come back, nothing is done.")
    .optional(),
});

/** The version before becomes active again. */
export const rollingBack: Change<typeof rollbackFields> = {
  about: "Makes the version active that was so before.",
  fields: rollbackFields,
  run: async ({ version }, { registry, now }) =>
    movedText(
      await changeRegistry(registry, () => {
        if (version !== undefined && registry.previous() !== version) {
          throw new ChangeError(`Cannot roll back to ${version}: it is not the one before any more`, 409);
        }
        return rollBack(registry, now);
      }),
    ),
};

const promoteFields = z.strictObject({
  version: version("The candidate that is meant: where another one is tried, nothing is done.").optional(),
});

/** The candidate becomes active. */
export const promoting: Change<typeof promoteFields> = {
  about: "Makes the candidate active, if its trial allows it.",
  fields: promoteFields,
  run: async ({ version }, { plan, registry, now }) => {
    if (version !== undefined && registry.candidate()?.version !== version) {
      throw new ChangeError(`Cannot promote ${version}: it is not tried any more`, 409);
    }
    const state = findEarlier(plan);
    try {
      const options = { config: plan.config, state, at: now, force: false };
      return movedText(await promoteCandidate(registry, options));
    } finally {
      state?.close();
    }
  },
};

function movedText({ before, version }: Move): Changed {
  const said = before === version ? `model ${version} was active already` : `model ${version} is active`;
  return { said, about: `${before ?? "none"} → ${version}` };
}
