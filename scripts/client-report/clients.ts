import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APIS, type Api } from '../../src/conform/tasks.ts';
import { packageFile } from '../../src/input/package-files.ts';
import { GOPHERCLOUD, NPM_FOLDER } from './install.ts';

/** A client of the report. */
export interface ReportedClient {
  /** As on the page and on the command line. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** The package that has it: of Debian, or of npm. */
  readonly package: string;
  readonly from: 'Debian' | 'npm';
  /** The APIs that its program knows; cases of others are not played. */
  readonly apis: readonly Api[];
  readonly command: readonly string[];
}

const program = (path: string): string => packageFile(`test/client-programs/${path}`);
const python = (file: string): readonly string[] => ['/usr/bin/python3', '-B', program(`python/${file}`)];
const ruby = (file: string): readonly string[] => ['/usr/bin/ruby', program(`ruby/${file}`)];
const node = (file: string): readonly string[] => [process.execPath, program(`node/${file}`)];

const OPENSTACK = ['identity', 'image-v2', 'compute-v2.1'] as const;

/** The clients, in the order of the page. */
export const CLIENTS: readonly ReportedClient[] = [
  {
    name: 'openstacksdk',
    about: 'Python SDK of OpenStack',
    package: 'python3-openstacksdk',
    from: 'Debian',
    apis: OPENSTACK,
    command: python('openstack_sdk.py'),
  },
  {
    name: 'glanceclient',
    about: 'Python client of the Image API',
    package: 'python3-glanceclient',
    from: 'Debian',
    apis: ['identity', 'image-v2'],
    command: python('glance_client.py'),
  },
  {
    name: 'openstackclient',
    about: 'the `openstack` command',
    package: 'python3-openstackclient',
    from: 'Debian',
    apis: OPENSTACK,
    command: python('openstack_client.py'),
  },
  {
    name: 'novaclient',
    about: 'Python client of the Compute API',
    package: 'python3-novaclient',
    from: 'Debian',
    apis: OPENSTACK,
    command: python('nova_client.py'),
  },
  {
    name: 'gophercloud',
    about: 'Go SDK of OpenStack',
    package: 'golang-github-gophercloud-gophercloud-dev',
    from: 'Debian',
    apis: OPENSTACK,
    command: [GOPHERCLOUD],
  },
  {
    name: 'pkgcloud',
    about: 'Node.js library for several clouds; its providers `openstack` and `rackspace`',
    package: 'pkgcloud',
    from: 'npm',
    apis: ['compute-v2.1', 'rackspace-servers'],
    command: node('pkgcloud.mjs'),
  },
  {
    name: 'fog-openstack',
    about: 'Ruby library for OpenStack',
    package: 'ruby-fog-openstack',
    from: 'Debian',
    apis: OPENSTACK,
    command: ruby('fog_openstack.rb'),
  },
  {
    name: 'fog-rackspace',
    about: 'Ruby library for Rackspace',
    package: 'ruby-fog-rackspace',
    from: 'Debian',
    apis: ['rackspace-servers'],
    command: ruby('fog_rackspace.rb'),
  },
  {
    name: 'libcloud-openstack',
    about: 'Apache Libcloud, `Provider.OPENSTACK`',
    package: 'python3-libcloud',
    from: 'Debian',
    apis: OPENSTACK,
    command: python('libcloud_openstack.py'),
  },
  {
    name: 'libcloud-rackspace',
    about: 'Apache Libcloud, `Provider.RACKSPACE`',
    package: 'python3-libcloud',
    from: 'Debian',
    apis: ['rackspace-servers'],
    command: python('libcloud_rackspace.py'),
  },
  {
    name: 'huawei-sdk-core',
    about: 'core of the Node.js SDK of Huawei Cloud',
    package: '@huaweicloud/huaweicloud-sdk-core',
    from: 'npm',
    apis: ['ims'],
    command: node('huawei.mjs'),
  },
  {
    name: 'undici',
    about: 'HTTP client of Node.js; the control, which knows none of the APIs',
    package: 'undici',
    from: 'npm',
    apis: APIS,
    command: node('undici.mjs'),
  },
];

/** Returns the installed version of a client. */
export function versionOf({ package: name, from }: ReportedClient): string {
  if (from === 'npm') {
    const file = readFileSync(join(NPM_FOLDER, 'node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(file) as { readonly version: string }).version;
  }
  // The usual format: name, tab, version.
  const { stdout } = spawnSync('dpkg-query', ['-W', name], { encoding: 'utf8' });
  const version = stdout.trim().split('\t')[1];
  if (version === undefined) throw new Error(`The package ${name} is not installed; see .ci/run.`);
  return version;
}
