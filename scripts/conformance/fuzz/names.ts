/** Usual values for members and path parameters, by their name. */
import type { Scene } from './scene.ts';
import { SEGMENTS } from './values.ts';

/** Values of members of bodies. */
const MEMBERS: Readonly<Record<string, readonly unknown[]>> = {
  domain_id: ['default', 'default', '{nil}'],
  project_id: ['{project_demo}', '{project_alt}', '{nil}'],
  default_project_id: ['{project_demo}', '{nil}'],
  user_id: ['{user_demo}', '{user_alt}', '{nil}'],
  region_id: ['RegionOne', 'nope'],
  parent_region_id: ['RegionOne', 'nope'],
  url: ['http://x.example/y', 'http://x/$(tenant_id)s', 'x'],
  interface: ['public', 'internal', 'admin', 'x'],
  type: ['x', 'ec2', 'cert', 'string', 'array', 'application/json'],
  blob: ['{"access": "a", "secret": "b"}', 'x'],
  password: ['secret', ''],
  email: ['x@example.org'],
  member: ['{project_alt}', '{project_alt}', 'x'],
  status: ['accepted', 'rejected', 'pending', 'x'],
  disk_format: ['raw', 'qcow2', 'iso', 'x'],
  container_format: ['bare', 'ovf', 'x'],
  visibility: ['private', 'shared', 'community', 'public', 'x'],
  owner: ['{project_demo}', '{project_alt}', 'x'],
  id: ['{fresh1}', '{fresh2}', '{fresh3}', '{uuid1}', 'x'],
  path: ['/name', '/x', '/tags', '/protected', '/visibility', '/min_disk', '/a~1b', '/'],
  op: ['add', 'replace', 'remove', 'add', 'replace', 'remove', 'test', 'move'],
  uri: ['{web}/image.bin', 'http://127.0.0.1:1/x', 'x'],
  enabled: [true, false],
  expires_at: [null, '2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z', 'x'],
  roles: [[{ name: 'member' }], [{ name: 'reader' }], []],
};

/** Values of path parameters that are not ids of something that sequences create. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  member_id: ['{project_alt}', '{project_alt}', '{project_demo}', '{project_admin}'],
  tag: ['t', 'u', 'x%20y', '%C3%A4'],
  store_id: ['store1', 'store2'],
  key: ['k', 'os_distro', 'kernel_id', 'Key'],
  project_id: ['{project_demo}', '{project_alt}', '{project_admin}'],
  user_id: ['{user_demo}', '{user_alt}', '{user_admin}', '{user_reader}'],
  domain_id: ['default'],
  region_id: ['RegionOne'],
  class_name: ['default', 'x'],
  alias: ['os-keypairs'],
  flavor_id: ['1'],
  resource_type_name: ['OS::Glance::Image', 'x'],
  property_name: ['p1', 'p2'],
  object_name: ['o1', 'o2'],
  tag_name: ['t1', 't2'],
  role_id: ['{role_member}', '{role_reader}'],
};

/** Parameters whose usual values belong to all: only reads may use them, except below these paths. */
const SHARED = new Set(['project_id', 'user_id', 'domain_id', 'region_id', 'class_name', 'role_id', 'flavor_id']);
const OWN_PATHS = /\/(application_credentials|access_rules)(\/|$)/;

/** Returns a usual value for a member of a body. */
export function memberNamed(name: string, scene: Scene): unknown {
  const { random } = scene;
  const created = scene.things.filter(({ param }) => param !== undefined && param === name);
  if (created.length > 0 && random.chance(0.6)) return `{${random.pick(created).name}}`;
  if (name === 'name' || name === 'namespace' || name === 'keypair') return scene.next('n');
  const usual = MEMBERS[name];
  return usual === undefined ? undefined : random.pick(usual);
}

/** Returns a value for a path parameter. @param isRead - whether the request changes nothing. */
export function parameterNamed(name: string, path: string, isRead: boolean, scene: Scene): string {
  const { random } = scene;
  if (random.chance(0.08)) return random.pick(SEGMENTS);
  if (name === 'image_id') return scene.image();
  const created = scene.things.filter(({ param }) => param === name);
  const isOwn = OWN_PATHS.test(path);
  const usual = isRead || isOwn || !SHARED.has(name) ? (PARAMETERS[name] ?? []) : [];
  if (created.length > 0 && (usual.length === 0 || (!isOwn && random.chance(0.7))))
    return `{${random.pick(created).name}}`;
  return usual.length === 0 ? random.pick(SEGMENTS) : random.pick(usual);
}
