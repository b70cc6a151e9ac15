/** Steps that put images into every state, written by hand. */
import { type Cleanup, type Draft, type Scene, USERS } from './scene.ts';

const JSON_PATCH = 'application/openstack-images-v2.1-json-patch';
const OCTETS = { 'Content-Type': 'application/octet-stream' };

const PROPERTIES: readonly (readonly [string, unknown])[] = [
  ['os_distro', 'debian'],
  ['kernel_id', '{uuid1}'],
  ['kernel_id', ' '],
  ['hw_disk_bus', ''],
  ['x:y', '[]'],
  ['ä', 'ö'],
  ['a b', 'c'],
  ['Key', 'v'],
  ['base_image_ref', '{uuid1}'],
  ['image_type', 'snapshot'],
  ['instance_uuid', '{uuid1}'],
  ['block_device_mapping', '[]'],
  ['os_glance_x', 'v'],
  ['__proto__', 'v'],
  ['architecture', 'x86_64'],
];

/** How an image is removed. */
export function imageCleanup(name: string): Cleanup {
  const path = `/v2/images/{${name}}`;
  const text = '[{"op": "replace", "path": "/protected", "value": false}]';
  const step = { as: 'admin', method: 'PATCH', path, headers: { 'Content-Type': JSON_PATCH }, text };
  return { name, unlock: { word: 'protected', step }, remove: { as: 'admin', method: 'DELETE', path } };
}

/** Creates an image, with a name that no other image of the sequence has. */
export function createImage(scene: Scene, owner = scene.user()): readonly Draft[] {
  const { random } = scene;
  const name = scene.add('image', owner);
  const optional = {
    ...(random.chance(0.25) && { visibility: random.pick(['private', 'shared', 'community', 'public']) }),
    ...(random.chance(0.1) && { protected: true }),
    ...(random.chance(0.1) && { os_hidden: true }),
    ...(random.chance(0.2) && { tags: ['t', 'u'] }),
    ...(random.chance(0.2) && { min_disk: random.int(3), min_ram: random.int(3) }),
    ...(random.chance(0.3) && Object.fromEntries([random.pick(PROPERTIES)])),
  };
  const formats = random.chance(0.8) ? { disk_format: 'raw', container_format: 'bare' } : {};
  scene.removeLater(imageCleanup(name));
  return [
    { as: owner, method: 'POST', path: '/v2/images', json: { name, ...formats, ...optional }, save: { [name]: 'id' } },
  ];
}

type Action = (scene: Scene) => readonly Draft[];

/** Makes an action on one image, with a user that is often its owner. */
const onImage =
  (make: (path: string, as: string, scene: Scene) => readonly Draft[]): Action =>
  (scene) => {
    const thing = scene.one('image');
    return make(`/v2/images/${thing === undefined ? '{nil}' : `{${thing.name}}`}`, scene.user(thing), scene);
  };

const patch = (as: string, path: string, steps: readonly object[]): Draft => ({
  as,
  method: 'PATCH',
  path,
  headers: { 'Content-Type': JSON_PATCH },
  text: JSON.stringify(steps),
});

const upload = onImage((path, as, { random }) => [
  { as, method: 'PUT', path: `${path}/file`, headers: OCTETS, text: 'x'.repeat(random.pick([0, 1, 50, 5000])) },
]);
const stage = onImage((path, as, { random }) => [
  { as, method: 'PUT', path: `${path}/stage`, headers: OCTETS, text: 'x'.repeat(random.pick([0, 1, 50, 5000])) },
]);
const importImage = onImage((path, as, { random }) => {
  const method = random.pick([
    { name: 'glance-direct' },
    { name: 'glance-direct' },
    { name: 'web-download', uri: '{web}/image.bin' },
    { name: 'copy-image' },
  ]);
  const stores = random.weighted<object>([
    [5, {}],
    [1, { stores: ['store1'] }],
    [1, { stores: ['store2', 'store1'] }],
    [1, { stores: ['store2'], all_stores_must_succeed: false }],
    [1, { all_stores: true }],
    [1, { stores: ['nope'] }],
  ]);
  const done = { field: 'os_glance_import_task', is: [null], seconds: 8 };
  return [
    { as, method: 'POST', path: `${path}/import`, json: { method, ...stores } },
    { as: 'admin', method: 'GET', path, poll: done },
  ];
});
const activate = onImage((path, as, { random }) => [
  { as, method: 'POST', path: `${path}/actions/${random.pick(['deactivate', 'deactivate', 'reactivate'])}` },
]);
const flag = onImage((path, as, { random }) => [
  patch(as, path, [
    random.pick([
      { op: 'replace', path: '/protected', value: true },
      { op: 'replace', path: '/protected', value: false },
      { op: 'replace', path: '/os_hidden', value: true },
      { op: 'replace', path: '/visibility', value: 'shared' },
      { op: 'replace', path: '/visibility', value: 'private' },
      { op: 'replace', path: '/visibility', value: 'community' },
      { op: 'replace', path: '/visibility', value: 'public' },
    ]),
  ]),
]);
const member = onImage((path, as, { random }) => {
  const project = random.pick(['{project_alt}', '{project_alt}', '{project_demo}', '{project_admin}', 'x', '{nil}']);
  const who = project === '{project_alt}' && random.chance(0.6) ? 'alt' : as;
  const status = random.pick(['accepted', 'rejected', 'pending', 'x']);
  return [
    random.weighted<Draft>([
      [3, { as, method: 'POST', path: `${path}/members`, json: { member: project } }],
      [3, { as: who, method: 'PUT', path: `${path}/members/${project}`, json: { status } }],
      [1, { as: who, method: 'GET', path: `${path}/members/${project}` }],
      [1, { as, method: 'GET', path: `${path}/members` }],
      [1, { as, method: 'DELETE', path: `${path}/members/${project}` }],
    ]),
  ];
});
const change = onImage((path, as, { random }) => {
  const steps = Array.from({ length: 1 + random.int(2) }, () => {
    const [name, value] = random.pick([
      ...PROPERTIES,
      ['min_disk', 1],
      ['min_ram', '1'],
      ['disk_format', 'qcow2'],
      ['container_format', null],
      ['owner', '{project_alt}'],
      ['tags', ['t', 't', 'v']],
      ['size', 5],
      ['status', 'active'],
      ['id', '{uuid1}'],
      ['locations', []],
      ['os_glance_import_task', 'x'],
    ]);
    const op = random.pick(['add', 'add', 'replace', 'replace', 'remove', 'test', 'move', 'copy']);
    const pointer = `/${name}${random.chance(0.05) ? random.pick(['/0', ' ', '/', '~1x', '~2']) : ''}`;
    return op === 'remove' ? { op, path: pointer } : { op, path: pointer, value };
  });
  return [patch(as, path, steps)];
});
const look = onImage((path, as, { random }) => [
  {
    as,
    method: 'GET',
    path: path + random.pick(['', '', '', '/file', '/tasks', '/members', '/locations']),
    ...(random.chance(0.2) && {
      headers: { Range: random.pick(['bytes=0-0', 'bytes=-1', 'bytes=1-', 'bytes=9-2', 'x']) },
    }),
  },
]);
const tag = onImage((path, as, { random }) => [
  {
    as,
    method: random.pick(['PUT', 'PUT', 'DELETE']),
    path: `${path}/tags/${random.pick(['t', 'u', '%C3%A4', 'x%20y'])}`,
  },
]);
const removeImage = onImage((path, as) => [{ as, method: 'DELETE', path }]);
const removeFromStore: Action = (scene) => [
  {
    as: scene.user(),
    method: 'DELETE',
    path: `/v2/stores/${scene.random.pick(['store1', 'store2', 'nope'])}/${scene.image()}`,
  },
];
const list: Action = ({ random }) => [
  {
    as: random.pick(USERS),
    method: 'GET',
    path: `/v2/images?sort=name:${random.pick(['asc', 'desc'])}${random.pick(FILTERS)}${random.chance(0.3) ? random.pick(FILTERS) : ''}`,
  },
];

const FILTERS = [
  '',
  '&limit=2',
  '&visibility=shared&member_status=all',
  '&visibility=shared&member_status=rejected',
  '&member_status=pending',
  '&visibility=community',
  '&visibility=public',
  '&visibility=all',
  '&visibility=private',
  '&owner={project_demo}',
  '&owner={project_alt}',
  '&os_hidden=true',
  '&protected=true',
  '&status=active',
  '&status=queued',
  '&status=deactivated',
  '&tag=t',
  '&tag=t&tag=u',
  '&size_min=1',
  '&size_max=50',
  '&os_distro=debian',
  '&name=in:i1,i2',
  '&id=in:{i1},{i2}',
  '&marker={i1}',
  '&created_at=gt:2020-01-01T00:00:00Z',
  '&updated_at=lt:2020-01-01T00:00:00Z',
];

const ACTIONS: readonly (readonly [number, Action])[] = [
  [2, createImage],
  [4, upload],
  [3, stage],
  [3, importImage],
  [2, activate],
  [4, flag],
  [5, member],
  [5, change],
  [5, look],
  [2, tag],
  [1, removeImage],
  [1, removeFromStore],
  [3, list],
];

/** Returns the next steps in the life of an image. */
export const imageSteps = (scene: Scene): readonly Draft[] => scene.random.weighted(ACTIONS)(scene);
