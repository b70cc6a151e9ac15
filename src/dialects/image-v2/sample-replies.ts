import type { Cloud } from '../../cloud.ts';
import type { Call, Operation } from '../../contract/contract.ts';
import { toSeconds } from '../../domain/clock.ts';
import type { Image } from '../../domain/image.ts';
import { IMPORT_METHODS } from '../../domain/imports/import-request.ts';
import type { Context } from '../dialect.ts';
import { parseJson } from '../shared/json-body.ts';
import { blankImage } from '../shared/placeholder-image.ts';
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

const times = ({ clock }: Cloud): object => {
  const now = toSeconds(clock.now());
  return { created_at: now, updated_at: now };
};

const NAMESPACES = '/v2/metadefs/namespaces';

const namespace = (call: Call, cloud: Cloud): object => {
  const name = call.params['namespace_name'] ?? nameIn(call, 'namespace') ?? 'namespace';
  return {
    namespace: name,
    visibility: 'private',
    protected: false,
    owner: '',
    ...times(cloud),
    self: `${NAMESPACES}/${name}`,
    schema: '/v2/schemas/metadefs/namespace',
  };
};

const metadefObject = (call: Call, cloud: Cloud): object => {
  const name = call.params['object_name'] ?? nameIn(call) ?? 'object';
  return {
    name,
    required: [],
    properties: {},
    ...times(cloud),
    self: `${NAMESPACES}/${call.params['namespace_name']}/objects/${name}`,
    schema: '/v2/schemas/metadefs/object',
  };
};

const metadefProperty = (call: Call): object => {
  const name = call.params['property_name'] ?? nameIn(call) ?? 'property';
  return { name, title: name, type: 'string' };
};

const metadefTag = ({ params }: Call, cloud: Cloud): object => ({ name: params['tag_name'], ...times(cloud) });

const stores = (_call: Call, cloud: Cloud): object => ({ stores: cloud.stores.map(({ id }) => ({ id })) });

/** The name that a body gives, whatever else is wrong with it. */
function nameIn({ body }: Call, member = 'name'): string | null {
  try {
    const name: unknown = Object(body === undefined ? undefined : parseJson(body))[member];
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

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
  listMetadefAssociations: () => ({ resource_type_associations: [] }),
  createMetadefAssociation: (call, cloud) => ({ name: nameIn(call) ?? 'type', ...times(cloud) }),
  createMetadefNamespace: namespace,
  showMetadefNamespace: namespace,
  updateMetadefNamespace: namespace,
  createMetadefProperty: metadefProperty,
  showMetadefProperty: metadefProperty,
  updateMetadefProperty: metadefProperty,
  listMetadefObjects: () => ({ objects: [] }),
  createMetadefObject: metadefObject,
  showMetadefObject: metadefObject,
  updateMetadefObject: metadefObject,
  listMetadefProperties: () => ({ properties: {} }),
  listMetadefTags: () => ({ tags: [] }),
  createMetadefTags: () => ({ tags: [] }),
  createMetadefTag: metadefTag,
  showMetadefTag: metadefTag,
  updateMetadefTag: metadefTag,
  pruneCache: () => ({ total_files_pruned: 0, total_bytes_pruned: 0 }),
};

/** What an operation's success may say, where it is not an image; `null` for one that says nothing. */
export function sampleBody(operation: Operation, call: Call, cloud: Cloud): unknown {
  const id = IDS.get(operation);
  if (id === 'addImageLocation' || id === 'cleanCache') return null;
  return id === undefined ? undefined : BODIES[id]?.(call, cloud);
}

/** The image that a success tells of where there is none: one that waits for its data. */
export const sampleImage = (call: Call, { cloud, caller }: Pick<Context, 'cloud' | 'caller'>): Image => ({
  ...blankImage(call.params['image_id'] ?? cloud.ids.uuid('plausible-image'), cloud.clock.now()),
  name: nameIn(call),
  owner: caller.projectId,
  status: 'queued',
  visibility: 'shared',
});
