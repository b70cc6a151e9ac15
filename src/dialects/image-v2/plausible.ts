import type { Call, Operation } from '../../contract/contract.ts';
import { toSeconds } from '../../domain/clock.ts';
import { IMPORT_METHODS } from '../../domain/imports.ts';
import type { Cloud } from '../dialect.ts';
import { contract } from './contract.ts';

type Id = keyof typeof contract.operations;

/** Ids of operations, by what the contract says of them. */
const IDS = new Map<Operation, Id>(
  Object.entries(contract.operations).map(([id, operation]): [Operation, Id] => [operation, id as Id]),
);

const member = ({ params }: Call, { clock }: Cloud): object => {
  const now = toSeconds(clock.now());
  return {
    member_id: params['member_id'] ?? 'member',
    image_id: params['image_id'],
    status: 'pending',
    created_at: now,
    updated_at: now,
    schema: '/v2/schemas/member',
  };
};

const task = ({ params }: Call, { clock, ids }: Cloud): object => {
  const now = toSeconds(clock.now());
  const id = params['task_id'] ?? ids.uuid('plausible-task');
  return {
    id,
    input: {},
    type: 'import',
    status: 'pending',
    owner: '',
    message: '',
    result: null,
    created_at: now,
    updated_at: now,
    self: `/v2/tasks/${id}`,
    schema: '/v2/schemas/task',
  };
};

const stores = (_call: Call, cloud: Cloud): object => ({ stores: cloud.stores.map(({ id }) => ({ id })) });

/** What a success says that nothing brought about. */
const BODIES: Readonly<Partial<Record<Id, (call: Call, cloud: Cloud) => unknown>>> = {
  showImageTasks: () => ({ tasks: [] }),
  createImageMember: member,
  showImageMember: member,
  updateImageMember: member,
  listImageMembers: () => ({ members: [], schema: '/v2/schemas/members' }),
  discoverUsage: () => ({ usage: {} }),
  discoverImport: () => ({
    'import-methods': { description: 'Import methods available.', type: 'array', value: IMPORT_METHODS },
  }),
  discoverStores: stores,
  discoverStoresDetail: stores,
  listImageLocations: () => [],
  createTask: task,
  showTask: task,
  listTasks: () => ({ tasks: [], first: '/v2/tasks', schema: '/v2/schemas/tasks' }),
  queryCache: () => ({ cached_images: [], queued_images: [] }),
  pruneCache: () => ({ total_files_pruned: 0, total_bytes_pruned: 0 }),
};

/** What an operation's success may say, where it is not an image; `null` for one that says nothing. */
export function plausibleBody(operation: Operation, call: Call, cloud: Cloud): unknown {
  const id = IDS.get(operation);
  if (id === 'addImageLocation' || id === 'cleanCache') return null;
  return id === undefined ? undefined : BODIES[id]?.(call, cloud);
}
