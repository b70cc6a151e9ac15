import type { DialectName } from '../../../src/dialects/dialect.ts';
import { computeAnnexes } from '../by-state/compute-annexes.ts';
import { computeV21 } from '../by-state/compute-v2.1.ts';
import { identity } from '../by-state/identity.ts';
import { imageV2 } from '../by-state/image-v2.ts';
import { imsJobs } from '../by-state/ims-jobs.ts';
import { imsNative } from '../by-state/ims-native.ts';
import { rackspaceImages } from '../by-state/rackspace-images.ts';
import { rackspaceServers } from '../by-state/rackspace-servers.ts';
import { joinTables, type RecipeTable } from '../by-state/table.ts';

/** The recipes of each dialect, which are followed without a fault and with one. */
export const BOTH_WAYS: Readonly<Record<DialectName, RecipeTable>> = {
  'image-v2': imageV2,
  'compute-v2.1': joinTables(computeV21, computeAnnexes),
  'rackspace-images': rackspaceImages,
  'rackspace-servers': rackspaceServers,
  ims: joinTables(imsNative, imsJobs),
  identity,
};
