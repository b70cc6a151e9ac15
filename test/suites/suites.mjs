const CLOUD_MODULES = 'project|users|domain|endpoints|services|identity|groups|limits|image';

/**
 * The suites, longest first. `settings` are the flags of `sideglance env`; `runner` is what runs the tests (stestr), `tests` the folder with
 * the tests, and `select` a pattern of their names. `workers` is the number of tests at once; `forks` keeps the client loaded instead of
 * starting it for each command. `fixtures` are those of the world, by default `suites`; `baseline` names the suite whose list of the real services
 * counts, by default its own.
 */
export const SUITES = [
  {
    name: 'openstackclient-identity',
    settings: ['openstackclient'],
    tests: 'openstackclient/tests/functional/identity',
    select: 'openstackclient.tests.functional.identity.v3',
    forks: true,
    workers: 2,
  },
  {
    name: 'tempest-identity',
    settings: ['tempest', '--credentials', 'dynamic'],
    tests: 'tempest/test_discover',
    select: '^tempest\\.api\\.identity',
  },
  {
    name: 'openstackclient-image',
    settings: ['openstackclient'],
    tests: 'openstackclient/tests/functional/image',
    select: 'openstackclient.tests.functional.image.v2',
    forks: true,
  },
  {
    name: 'tempest-image-dynamic',
    settings: ['tempest', '--credentials', 'dynamic'],
    tests: 'tempest/test_discover',
    select: '^tempest\\.api\\.image',
  },
  {
    name: 'tempest-image',
    settings: ['tempest'],
    tests: 'tempest/test_discover',
    select: '^tempest\\.api\\.image',
  },
  {
    name: 'tempest-image-default',
    // Projects of their own: images of the default fixtures are shared with demo, and a test counts shared images.
    settings: ['tempest', '--credentials', 'dynamic'],
    fixtures: ['default'],
    baseline: 'tempest-image-dynamic',
    tests: 'tempest/test_discover',
    select: '^tempest\\.api\\.image',
  },
  {
    name: 'tempest-locations',
    settings: ['tempest'],
    fixtures: ['suites', 'locations'],
    tests: 'tempest/test_discover',
    select: '^tempest\\.api\\.image\\.v2\\.test_images\\.ImageLocationsTest',
  },
  {
    name: 'glance-rbac',
    settings: ['tempest', '--credentials', 'dynamic'],
    tests: 'tempest/test_discover',
    select: '^glance_tempest_plugin',
  },
  {
    name: 'glanceclient',
    settings: ['glanceclient'],
    tests: 'glanceclient/tests/functional',
    select: 'glanceclient.tests.functional',
  },
  {
    name: 'openstacksdk-cloud',
    settings: ['openstacksdk'],
    tests: 'openstack/tests/functional/cloud',
    select: `^openstack\\.tests\\.functional\\.cloud\\.test_(${CLOUD_MODULES})\\.`,
  },
  {
    name: 'openstacksdk-image',
    settings: ['openstacksdk'],
    tests: 'openstack/tests/functional/image',
    select: 'openstack.tests.functional.image',
  },
  {
    name: 'openstacksdk-identity',
    settings: ['openstacksdk'],
    tests: 'openstack/tests/functional/identity',
    select: 'openstack.tests.functional.identity',
  },
  {
    name: 'gophercloud-identity',
    settings: ['gophercloud'],
    runner: 'go',
    tests: 'identity/v3',
    select: '.',
  },
  {
    name: 'gophercloud-identity-demo',
    settings: ['gophercloud', '--user', 'demo'],
    runner: 'go',
    tests: 'identity/v3',
    select: '.',
  },
  {
    name: 'gophercloud-image',
    settings: ['gophercloud'],
    runner: 'go',
    tests: 'imageservice/v2',
    select: '.',
  },
  {
    name: 'gophercloud-image-demo',
    settings: ['gophercloud', '--user', 'demo'],
    runner: 'go',
    tests: 'imageservice/v2',
    select: '.',
  },
];

/** Returns the suites that the command line names, or all. */
export function chosenSuites() {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(`Unknown suites: ${unknown.join(', ')}; known: ${SUITES.map(({ name }) => name).join(', ')}`);
  }
  return SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
}
