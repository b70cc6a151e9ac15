/** Steps that see and change images through the Compute API, written by hand. */
import { type Draft, type Scene, USERS } from './scene.ts';

const KEYS = [
  'k',
  'os_distro',
  'kernel_id',
  'Key',
  'image_type',
  'os_glance_importing_to_stores',
  'os_hidden',
  '%C3%A4',
];
const VALUES = ['v', '', ' ', 'é', '{uuid1}', '[]', 'x'.repeat(255), 'x'.repeat(256)];
const LISTS = [
  '',
  '?name=i1',
  '?status=ACTIVE',
  '?status=SAVING',
  '?minDisk=1',
  '?minRam=1',
  '?type=snapshot',
  '?changes-since=2020-01-01T00:00:00Z',
];

/** Returns a request for an image or its metadata. */
export function computeSteps(scene: Scene): readonly Draft[] {
  const { random } = scene;
  const thing = scene.one('image');
  const image = thing === undefined ? '{nil}' : `{${thing.name}}`;
  const as = scene.user(thing);
  const path = `/v2.1${random.chance(0.2) ? `/{project_${as}}` : ''}/images`;
  const one = `${path}/${image}`;
  const key = random.pick(KEYS);
  const value = random.pick(VALUES);
  const metadata = Object.fromEntries([[decodeURIComponent(random.chance(0.8) ? key : random.pick(KEYS)), value]]);
  const api = 'compute' as const;
  return [
    random.weighted<Draft>([
      [4, { as, api, method: 'GET', path: one }],
      [2, { as, api, method: 'GET', path: `${one}/metadata` }],
      [1, { as, api, method: 'GET', path: `${one}/metadata/${key}` }],
      [3, { as, api, method: 'PUT', path: `${one}/metadata/${key}`, json: { meta: metadata } }],
      [3, { as, api, method: 'POST', path: `${one}/metadata`, json: { metadata } }],
      [3, { as, api, method: 'PUT', path: `${one}/metadata`, json: { metadata } }],
      [2, { as, api, method: 'DELETE', path: `${one}/metadata/${key}` }],
      [1, { as, api, method: 'DELETE', path: one }],
      [
        3,
        {
          as: random.pick(USERS),
          api,
          method: 'GET',
          path: `${path}${random.pick(['', '/detail'])}${random.pick(LISTS)}`,
          unordered: true,
        },
      ],
    ]),
  ];
}
