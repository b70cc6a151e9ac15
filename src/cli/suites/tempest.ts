import { accountOf } from './account.ts';
import { FLAVOR_IDS } from './flavors.ts';
import { FOLDER } from './shell.ts';
import type { SuiteRequest, SuiteSettings } from './suite.ts';

/** Sections of an INI file, with their options. */
type Ini = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** Returns `tempest.conf`, `accounts.yaml` for pre-made credentials, and the variables that name the file. */
export function tempestSettings(request: SuiteRequest): SuiteSettings {
  const isDynamic = request.credentials === 'dynamic';
  return {
    variables: { TEMPEST_CONFIG_DIR: request.folder, TEMPEST_CONFIG: 'tempest.conf' },
    files: {
      'tempest.conf': iniOf({ ...common(request), auth: isDynamic ? dynamicAuth(request) : accountsAuth(request) }),
      ...(!isDynamic && { 'accounts.yaml': accountsYaml(request) }),
    },
  };
}

const accountsAuth = (request: SuiteRequest) => ({
  use_dynamic_credentials: false,
  test_accounts_file: `${request.folder}/accounts.yaml`,
  create_isolated_networks: false,
  tempest_roles: 'member',
});

function dynamicAuth(request: SuiteRequest) {
  const { name, password, domainName, project } = accountOf(request, 'admin');
  return {
    use_dynamic_credentials: true,
    admin_username: name,
    admin_password: password,
    admin_project_name: project.name,
    admin_domain_name: domainName,
    create_isolated_networks: false,
    // Without tempest_roles: users get the roles that their test names, and "member" if it names none. Tests of roles depend on that.
  };
}

/** What both kinds of credentials share. Services that Sideglance does not double are switched off. */
const common = (request: SuiteRequest): Ini => ({
  DEFAULT: { log_file: `${request.folder}/tempest.log` },
  oslo_concurrency: { lock_path: `${request.folder}/lock` },
  identity: {
    auth_version: 'v3',
    uri_v3: `${request.root}/identity/v3`,
    region: request.cloud.directory.regions.openstack,
    default_domain_id: accountOf(request, 'admin').domainId,
    admin_domain_scope: false,
  },
  'identity-feature-enabled': {
    api_v3: true,
    application_credentials: true,
    access_rules: true,
    project_tags: true,
  },
  service_available: { glance: true, nova: true, neutron: false, cinder: false, swift: false },
  image: {
    http_image: request.httpImage,
    container_formats: 'bare,ami,ari,aki,ovf,ova,docker',
    // A test looks for raw among the first six.
    disk_formats: 'raw,qcow2,ami,ari,aki,vhd,vhdx,vmdk,vdi,ploop,iso',
    build_timeout: 60,
  },
  'image-feature-enabled': {
    api_v2: true,
    import_image: true,
    os_glance_reserved: true,
    manage_locations: request.cloud.profiles['image-v2']?.['locations'] === 'shown',
  },
  compute: { ...imageReferences(request), flavor_ref: FLAVOR_IDS[0], flavor_ref_alt: FLAVOR_IDS[1], build_timeout: 60 },
  // Without this, plugins skip their tests of roles. Tempest's own tests do not read it.
  enforce_scope: { glance: true },
  validation: { run_validation: false },
});

/** The two images that tests of servers use: the first two named cirros. */
function imageReferences({ cloud }: SuiteRequest) {
  const [first, second = first] = cloud.images.filter(({ name }) => name?.startsWith('cirros') === true);
  return first === undefined ? {} : { image_ref: first.id, image_ref_alt: second?.id ?? first.id };
}

function accountsYaml(request: SuiteRequest): string {
  const accounts = [
    { user: 'demo', roles: ['member'] },
    { user: 'alt_demo', roles: ['member'] },
    { user: 'admin', roles: ['admin', 'member'], types: ['admin'] },
  ];
  return accounts
    .map(({ user, ...rest }) => {
      const { name, password, project } = accountOf(request, user);
      const members = Object.entries({ username: name, project_name: project.name, password, ...rest });
      return `- ${members.map(([member, value]) => `${member}: ${JSON.stringify(value)}`).join('\n  ')}\n`;
    })
    .join('');
}

const iniOf = (sections: Ini): string =>
  Object.entries(sections)
    .map(([name, options]) => {
      const lines = Object.entries(options).map(([option, value]) => `${option} = ${literal(String(value))}`);
      return [`[${name}]`, ...lines, ''].join('\n');
    })
    .join('\n');

/** Doubles each dollar, which Tempest would take for the start of a substitution, except in the folder of the files. */
const literal = (value: string): string =>
  value.startsWith(`$${FOLDER}/`) ? value : value.replaceAll('$', () => '$$');
