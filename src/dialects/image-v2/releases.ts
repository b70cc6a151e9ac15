import type { Cloud } from '../../cloud.ts';
import type { Handler } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { glanceErrorReply } from '../glance/errors.ts';
import { choiceOf, type PROFILES, peekChoice } from './profiles.ts';

/** Name of a release, as the profile `release` chooses it. */
export type ReleaseName = keyof (typeof PROFILES)['release']['choices'];

/** What a release of the service offers. */
export interface Release {
  /** The newest minor version. */
  readonly minor: number;
  /** Status of version 1 in the list of versions; absent in releases that have removed it. */
  readonly version1?: 'SUPPORTED' | 'DEPRECATED';
}

const RELEASES: Readonly<Record<ReleaseName, Release>> = {
  zed: { minor: 16 },
  queens: { minor: 6 },
  newton: { minor: 4, version1: 'DEPRECATED' },
  mitaka: { minor: 3, version1: 'SUPPORTED' },
};

/** The release with all versions. */
export const CURRENT = RELEASES.zed;

/** Minor version that shows visibilities other than public and private. */
const SHARED_SINCE = 5;
/** Minor version with hidden images and digests beside MD5. */
const HIDDEN_SINCE = 7;

/** Whether images have `os_hidden`, `os_hash_algo`, `os_hash_value` and stores. */
export const hasHidden = ({ minor }: Release): boolean => minor >= HIDDEN_SINCE;
/** Whether images can be shared and community images, not only public and private. */
export const hasShared = ({ minor }: Release): boolean => minor >= SHARED_SINCE;

/** Returns the release of a world. */
export function releaseOf(cloud: Pick<Cloud, 'profiles' | 'noteProfile'>): Release {
  const name = peekChoice(cloud, 'release');
  return name === 'zed' ? CURRENT : RELEASES[choiceOf(cloud, 'release')];
}

/** Minor versions that introduced operations. */
const SINCE: Readonly<Record<string, number>> = {
  stageImageData: 6,
  importImage: 6,
  discoverImport: 6,
  discoverStores: 8,
  deleteImageFromStore: 10,
  showImageTasks: 12,
  discoverUsage: 14,
  discoverStoresDetail: 15,
};

type Handlers = Readonly<Record<string, Handler<Context>>>;

/** Wraps the handlers of operations that older releases do not have, for which they return 404. */
export const failingInOlderReleases = <H extends Handlers>(handlers: H): H =>
  Object.fromEntries(
    Object.entries(handlers).map(([id, handler]) => [
      id,
      SINCE[id] === undefined ? handler : since(SINCE[id], handler),
    ]),
  ) as H;

const since =
  (minor: number, handler: Handler<Context>): Handler<Context> =>
  (call, context) =>
    peekChoice(context.cloud, 'release') !== 'zed' && releaseOf(context.cloud).minor < minor
      ? glanceErrorReply(404, 'The resource could not be found.', call)
      : handler(call, context);
