import type { Handlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { GlanceRefusal } from '../../glance/errors.ts';
import { applyPatch, checkStep, type PatchOperation } from '../../glance/image-patch.ts';
import { parsePatch } from '../../glance/json-patch.ts';
import { imageText, shownStatus } from '../images/facts.ts';
import { PATCH_RULES } from '../images/parse.ts';
import { hasFeature, OS_FEATURES, OS_VERSIONS, type OsFeature, type OsVersion } from '../os-versions/os-versions.ts';
import { unpublished } from '../problems.ts';
import { choiceOf } from '../profiles.ts';
import { coded, codedChange, ImsRefusal, json, parseValue } from '../wire.ts';
import { checkChange, checkTogether } from './attributes.ts';
import type { serviceOperations } from './contract.ts';

interface ServiceContract {
  readonly name: 'ims';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof serviceOperations;
}

/** What a quota can be set to. */
const QUOTA = { min: 1, max: 1000 };

/** Handlers of the service's own calls in `contract-service.ts`. */
export const serviceHandlers: Handlers<ServiceContract, Context> = {
  updateCloudImage: codedChange((call, { cloud, caller }) => {
    const changes = parseChanges(parseValue(call));
    const image = cloud.images.change(caller, call.params.image_id, (current, permit) => {
      permit({});
      if (current.status !== 'active') {
        throw new ImsRefusal('IMG.0046', `Image ${current.id} is ${shownStatus(current)}, not active.`);
      }
      const changed = applyPatch(current, changes);
      checkTogether(changed.properties ?? {});
      return changed;
    });
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: imageText(image) };
  }),

  showQuota: coded((_call, { cloud, caller }) => {
    const { images: used } = cloud.images.usage(caller.projectId);
    // Without a limit of the world's: as many as a quota can allow.
    const quota = cloud.limits.imageCountTotal ?? QUOTA.max;
    return json({ quotas: { resources: [{ type: 'image', used, quota, ...QUOTA }] } });
  }),

  listOsVersions: coded(({ query }, { cloud, requestId }) => {
    if (choiceOf(cloud, 'huawei-calls') === 'absent') return unpublished(requestId);
    const features = query.getAll('tag').flatMap((tag) => tag.split(','));
    if (!features.every(isFeature)) {
      throw new ImsRefusal('IMG.0017', `tag must be one of ${OS_FEATURES.join(', ')}.`);
    }
    const platforms = new Map<string, OsVersion[]>();
    for (const version of OS_VERSIONS) {
      if (!features.every((feature) => hasFeature(version, feature))) continue;
      const list = platforms.get(version.platform);
      if (list === undefined) platforms.set(version.platform, [version]);
      else list.push(version);
    }
    return json([...platforms].map(([platform, versions]) => ({ platform, version_list: versions.map(shown) })));
  }),
};

/** @throws ImsRefusal; DomainError `read-only`, `reserved`. */
function parseChanges(body: unknown): readonly PatchOperation[] {
  try {
    return parsePatch(body, 'v2.1', () => undefined).map(({ op, path: [name = ''], value }) => {
      // As for a removal: whether it may be touched at all; what it may be is looked at below.
      checkStep({ op: 'remove', name }, PATCH_RULES);
      return checkChange({ op, name, value });
    });
  } catch (error) {
    if (error instanceof GlanceRefusal) throw new ImsRefusal('IMG.0001', error.message);
    throw error;
  }
}

const isFeature = (text: string): text is OsFeature => (OS_FEATURES as readonly string[]).includes(text);

const shown = ({ platform, version, bit, type }: OsVersion): object => ({
  platform,
  os_version_key: version,
  os_version: version,
  os_bit: bit,
  os_type: type,
});
