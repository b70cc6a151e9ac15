import type { ServiceConventions } from '../domain/conventions.ts';
import { HASH_ALGORITHM, type HashAlgorithm } from '../domain/data/image-data.ts';
import { IMPORT_CONVENTIONS } from './image-v2/import/conventions.ts';
import { NOVA_SNAPSHOTS } from './nova/snapshot-conventions.ts';
import { SCHEDULED_IMAGES } from './rackspace-servers/servers/scheduled-images.ts';

/** The names and sentences of the doubled services that the domain writes into images and tasks. */
export const SERVICE_CONVENTIONS: ServiceConventions = {
  imports: IMPORT_CONVENTIONS,
  snapshots: { ...NOVA_SNAPSHOTS, schedule: SCHEDULED_IMAGES },
  cache: { api: 'image-v2' },
  hashAlgorithm: (profiles) => (profiles['image-v2']?.['hashing'] ?? HASH_ALGORITHM) as HashAlgorithm,
};
