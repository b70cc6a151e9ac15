/** Folder in which Debian installs the packages and their tests. */
const PACKAGES = '/usr/lib/python3/dist-packages';

const CLOUD_MODULES = 'project|users|domain|endpoints|services|identity|groups|limits|image';

/**
 * The suites, longest first. `settings` are the flags of `sideglance env`; `tests` is the folder with the tests, and `select` a pattern of
 * their names. `workers` is the number of tests at once; `forks` keeps the client loaded instead of starting it for each command.
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
];

/** Returns the configuration with which stestr finds the tests of a suite; those of a class stay together. */
export const stestrConf = ({ tests }) =>
  `[DEFAULT]\ntest_path=${PACKAGES}/${tests}\ntop_dir=${PACKAGES}\ngroup_regex=([^\\.]*\\.)*\n`;

/** Returns the suites that the command line names, or all. */
export function chosenSuites() {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(`Unknown suites: ${unknown.join(', ')}; known: ${SUITES.map(({ name }) => name).join(', ')}`);
  }
  return SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
}
