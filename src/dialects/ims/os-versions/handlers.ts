import type { OperationHandlers } from '../../../contract/contract.ts';
import { jsonReply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { ifOffered } from '../gateway.ts';
import { ImsError, imsHandler } from '../wire.ts';
import type { osVersionOperations } from './contract.ts';
import { hasFeature, OS_FEATURES, OS_VERSIONS, type OsFeature, type OsVersion } from './os-versions.ts';

/** Handler of the operation that lists operating systems. */
export const osVersionHandlers: OperationHandlers<typeof osVersionOperations, Context> = {
  listOsVersions: imsHandler(
    ifOffered('huawei-calls', ({ query }) => {
      const features = query.getAll('tag').flatMap((tag) => tag.split(','));
      if (!features.every(isFeature)) {
        throw new ImsError('IMG.0017', `tag must be one of ${OS_FEATURES.join(', ')}.`);
      }
      const matching = OS_VERSIONS.filter((version) => features.every((feature) => hasFeature(version, feature)));
      const platforms = [...new Set(matching.map(({ platform }) => platform))];
      return jsonReply(
        200,
        platforms.map((platform) => ({
          platform,
          version_list: matching.filter((version) => version.platform === platform).map(presentVersion),
        })),
      );
    }),
  ),
};

const isFeature = (text: string): text is OsFeature => (OS_FEATURES as readonly string[]).includes(text);

const presentVersion = ({ platform, version, bit, type }: OsVersion): object => ({
  platform,
  os_version_key: version,
  os_version: version,
  os_bit: bit,
  os_type: type,
});
