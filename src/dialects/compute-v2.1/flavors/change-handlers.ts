import { exactMember } from '../../../base/exact-numbers.ts';
import type { Call, Contract, Handlers, Reply } from '../../../contract/contract.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Context } from '../../dialect.ts';
import { pythonStr } from '../../glance/python-repr.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault, KEY_MISMATCH, unknownProject } from '../protocol/errors.ts';
import { noContent, okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { requireAdmin } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { flavorChangeOperations as operations } from './change-contract.ts';
import { createFlavor } from './create.ts';
import { accessExists, accessNotFound, accessToPublic, specNotFound } from './errors.ts';
import { checkSpec } from './extra-specs/check-spec.ts';
import { withFlavor } from './find-flavor.ts';
import { presentAccess, presentFlavor } from './present.ts';
import { newFlavorSchema } from './request-schemas.ts';

interface FlavorChangesContract extends Contract {
  readonly operations: typeof operations;
}

type Specs = Readonly<Record<string, string | number>>;

/** The first microversions that reject access to public flavors, and that check known extra specs. */
const FIRST_WITHOUT_PUBLIC_ACCESS = 7;
const FIRST_WITH_KNOWN_SPECS = 86;

const checkBody = versionedBody(operations.createFlavor, newFlavorSchema);

const allow =
  (rule: string) =>
  (_call: Call, { caller }: Context) =>
    requireAdmin(caller, rule);

/** Replaces a flavor in the world. */
function put({ cloud }: Context, flavor: OfferedFlavor): OfferedFlavor {
  cloud.flavors.put(flavor);
  return flavor;
}

const tenantOf = ({ json }: Call, action: 'addTenantAccess' | 'removeTenantAccess'): string =>
  (json as Readonly<Record<typeof action, { readonly tenant: string }>>)[action].tenant;

/** Adds extra specs to a flavor; the reply repeats the body. */
function addSpecs(flavor: OfferedFlavor, specs: Specs, call: Call, context: Context): Reply {
  const entries = Object.entries(specs);
  if (minorOf(call) >= FIRST_WITH_KNOWN_SPECS) {
    for (const [name, value] of entries) {
      const error = checkSpec(name, value);
      if (error !== undefined) return fault(400, error);
    }
  }
  const texts = Object.fromEntries(entries.map(([name]) => [name, pythonStr(exactMember(specs, name))]));
  put(context, { ...flavor, extraSpecs: { ...flavor.extraSpecs, ...texts } });
  return okReply(call, call.json);
}

/** Rejects a body without the extra spec that the path names. */
const requireKey = ({ json, params }: Call): Reply | undefined =>
  Object.hasOwn(json as Specs, params['key'] ?? '') ? undefined : fault(400, KEY_MISMATCH);

/** Handlers of changes of flavors. Nova's order of errors: body, policy, flavor. */
export const flavorChangeHandlers: Handlers<FlavorChangesContract, Context> = {
  createFlavor: withPreconditions(
    operations.createFlavor,
    (call, context) =>
      checkBody(call) ?? requireAdmin(context.caller, 'os-flavor-manage:create') ?? createFlavor(call, context),
  ),

  updateFlavor: withFlavor(
    operations.updateFlavor,
    (flavor, call, context) => {
      const { description } = (call.json as { readonly flavor: Pick<OfferedFlavor, 'description'> }).flavor;
      const changed = put(context, { ...flavor, description });
      return okReply(call, { flavor: presentFlavor(changed, addressesOf(call), minorOf(call)) });
    },
    allow('os-flavor-manage:update'),
  ),

  deleteFlavor: withFlavor(
    operations.deleteFlavor,
    (flavor, call, { cloud }) => {
      cloud.flavors.remove(flavor);
      return { ...noContent(call), status: 202 };
    },
    allow('os-flavor-manage:delete'),
  ),

  addFlavorAccess: withFlavor(
    operations.addFlavorAccess,
    (flavor, call, context) => {
      const tenant = tenantOf(call, 'addTenantAccess');
      const { number, access, isPublic } = flavor;
      if (isPublic && minorOf(call) >= FIRST_WITHOUT_PUBLIC_ACCESS) {
        return accessToPublic();
      }
      if (access.includes(tenant)) return accessExists(number, tenant);
      return okReply(call, presentAccess(put(context, { ...flavor, access: [...access, tenant] })));
    },
    (call, { caller, cloud }) => {
      const error = requireAdmin(caller, 'os-flavor-access:add_tenant_access');
      const tenant = tenantOf(call, 'addTenantAccess');
      if (error !== undefined || cloud.identity.index.project(tenant) !== undefined) return error;
      return unknownProject(tenant);
    },
  ),

  removeFlavorAccess: withFlavor(
    operations.removeFlavorAccess,
    (flavor, call, context) => {
      const tenant = tenantOf(call, 'removeTenantAccess');
      const { number, access } = flavor;
      if (!access.includes(tenant)) return accessNotFound(number, tenant);
      const others = access.filter((each) => each !== tenant);
      return okReply(call, presentAccess(put(context, { ...flavor, access: others })));
    },
    allow('os-flavor-access:remove_tenant_access'),
  ),

  createFlavorExtraSpecs: withFlavor(
    operations.createFlavorExtraSpecs,
    (flavor, call, context) => {
      const { extra_specs: specs } = call.json as { readonly extra_specs: Specs };
      return addSpecs(flavor, specs, call, context);
    },
    allow('os-flavor-extra-specs:create'),
  ),

  updateFlavorExtraSpec: withFlavor(
    operations.updateFlavorExtraSpec,
    (flavor, call, context) => addSpecs(flavor, call.json as Specs, call, context),
    (call, { caller }) => requireAdmin(caller, 'os-flavor-extra-specs:update') ?? requireKey(call),
  ),

  deleteFlavorExtraSpec: withFlavor(
    operations.deleteFlavorExtraSpec,
    (flavor, call, context) => {
      const { key = '' } = call.params;
      const { [key]: removed, ...extraSpecs } = flavor.extraSpecs;
      if (removed === undefined) return specNotFound(flavor.id, key);
      put(context, { ...flavor, extraSpecs });
      return { ...noContent(call), status: 200 };
    },
    allow('os-flavor-extra-specs:delete'),
  ),
};
