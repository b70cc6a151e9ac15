/**
 * The layers of ARCHITECTURE.md: one row for each layer, with the layers that it may import. Type imports count here.
 * Import cycles at run time are checked by Biome; cycles that include type imports by `no-circular` below.
 */
const LAYERS = {
  base: [],
  input: ['base'],
  contract: ['base'],
  domain: ['base'],
  identity: ['base', 'domain'],
  persistence: ['base', 'domain', 'input'],
  dialects: ['base', 'cloud', 'contract', 'domain', 'identity'],
  faults: ['base', 'contract', 'domain', 'input'],
  journal: ['base'],
  conduct: ['base', 'contract', 'journal'],
  coverage: ['base', 'contract', 'input'],
  fixtures: ['base', 'contract', 'domain', 'identity', 'input'],
  world: [
    'base',
    'cloud',
    'contract',
    'coverage',
    'domain',
    'faults',
    'fixtures',
    'identity',
    'input',
    'journal',
    'persistence',
  ],
  recording: ['base', 'conduct', 'contract', 'domain', 'faults', 'input', 'journal', 'persistence', 'world'],
  http: ['base', 'cloud', 'contract', 'dialects', 'domain', 'faults', 'identity', 'journal', 'world'],
  replay: ['base', 'contract', 'domain', 'faults', 'http', 'input', 'journal', 'recording', 'world'],
  admin: [
    'base',
    'conduct',
    'contract',
    'coverage',
    'dialects',
    'domain',
    'faults',
    'fixtures',
    'http',
    'identity',
    'input',
    'journal',
    'recording',
    'world',
  ],
  conform: [
    'admin',
    'base',
    'client-runs',
    'conduct',
    'contract',
    'coverage',
    'dialects',
    'domain',
    'faults',
    'fixtures',
    'input',
    'journal',
    'library',
  ],
  sweep: ['admin', 'base', 'client-runs', 'contract', 'coverage', 'dialects', 'input', 'journal', 'library'],
  'upgrade-check': ['admin', 'base', 'client-runs', 'contract', 'dialects', 'input', 'journal', 'library'],
  'client-runs': ['admin', 'base', 'conduct', 'input', 'journal', 'library', 'world'],
};

/** The folders of `src/domain`; its root holds the nouns that all of them share. */
const DOMAIN_FOLDERS = {
  data: [],
  'image-store': [],
  metadefs: [],
  storage: ['data'],
  tasks: ['storage'],
  images: ['data', 'image-store', 'tasks'],
  imports: ['data', 'image-store', 'images', 'storage', 'tasks'],
  servers: ['data', 'image-store', 'images', 'imports', 'tasks'],
};

const folder = ([name, allowed]) => ({
  name: `folder-${name}`,
  comment: `domain/${name} imports ${allowed.length === 0 ? 'no other folder' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/domain/${name}/` },
  to: { path: '^src/domain/[^/]+/', pathNot: `^src/domain/(${[name, ...allowed].join('|')})/` },
});

const layer = ([name, allowed]) => ({
  name: `layer-${name}`,
  comment: `${name} imports ${allowed.length === 0 ? 'no other layer' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...allowed].join('|')})(/|\\.ts$)` },
});

/** Families of dialects: code that several dialects share, and what each family may import of the others. */
const FAMILIES = { shared: [], nova: ['shared'], glance: ['shared'], rackspace: ['nova', 'shared'] };

const family = ([name, allowed]) => ({
  name: `family-${name}`,
  comment: `dialects/${name} imports no dialect, and no other family but those listed here.`,
  severity: 'error',
  from: { path: `^src/dialects/${name}/` },
  to: { path: '^src/dialects/[^/]+/', pathNot: `^src/dialects/(${[name, ...allowed].join('|')})/` },
});

/**
 * The folders of a dialect, one folder per resource: `base` lists the root files that every folder may import; `folders` lists the other
 * folders that each may import. All other root files (contract, handlers, index ...) stand on top and may import every folder.
 */
const DIALECT_FOLDERS = {
  'compute-v2.1': {
    base: ['profiles', 'schemas'],
    folders: {
      protocol: [],
      versions: ['protocol'],
      images: ['protocol'],
      metadata: ['protocol', 'images'],
      limits: ['protocol', 'metadata'],
      flavors: ['protocol'],
      zones: ['protocol'],
      quotas: ['protocol', 'limits'],
      keypairs: ['protocol', 'limits'],
      servers: ['protocol', 'metadata', 'limits'],
      usage: ['protocol', 'servers'],
      snapshots: ['protocol', 'metadata', 'servers'],
    },
  },
  identity: {
    base: [
      'body',
      'delegation',
      'errors',
      'fields',
      'filters',
      'links',
      'parse-time',
      'problems',
      'profiles',
      'reasons',
      'reference-checks',
      'references',
      'request-error',
      'response-schemas',
      'special-response-schemas',
      'service-handler',
      'services',
      'subject-token',
      'times',
    ],
    folders: {
      versions: [],
      catalog: [],
      records: [],
      domains: ['records'],
      regions: ['records'],
      services: ['records'],
      endpoints: ['records'],
      roles: ['records'],
      users: ['records'],
      groups: ['records', 'users'],
      policies: ['records'],
      credentials: ['records'],
      limits: ['records'],
      federation: ['records'],
      projects: ['records'],
      'endpoint-filter': ['records', 'endpoints', 'projects'],
      'endpoint-policy': ['records', 'endpoints', 'policies'],
      trusts: ['records', 'roles', 'projects'],
      consumers: ['records'],
      oauth1: ['records', 'roles', 'projects'],
      revocations: ['records'],
      ec2: ['records', 'credentials', 'projects'],
      'signed-tokens': ['records', 'credentials', 'ec2', 'tokens', 'log-in'],
      'access-rules': ['records'],
      grants: ['records', 'roles', 'projects'],
      'role-assignments': ['records', 'projects'],
      scopes: ['records', 'domains', 'projects'],
      tokens: ['catalog'],
      'log-in': ['oauth1', 'records', 'tokens'],
      'federated-log-in': ['records', 'log-in', 'tokens'],
      'application-credentials': ['records'],
      v2: ['catalog'],
      rackspace: ['v2'],
      iam: ['records', 'projects'],
    },
  },
  ims: {
    base: ['documented', 'error-codes', 'gateway', 'profiles', 'reasons', 'wire'],
    folders: {
      'os-versions': [],
      versions: [],
      images: ['os-versions'],
      v1: ['images'],
      schemas: ['images'],
      'cloud-images': ['images'],
      members: ['images'],
      tags: ['images', 'cloud-images'],
      jobs: ['os-versions', 'images', 'cloud-images', 'members', 'tags'],
    },
  },
  'rackspace-images': {
    base: ['documented', 'profiles', 'wire'],
    folders: { images: [], members: [], tags: [], tasks: [], schemas: ['images'] },
  },
  'rackspace-servers': {
    base: ['documented', 'profiles', 'wire'],
    folders: { images: [], limits: [], metadata: ['images', 'limits'], servers: ['metadata'] },
  },
};

const dialectFolders = ([dialect, { base, folders }]) => {
  const root = `^src/dialects/${dialect}/`;
  const baseFiles = `${root}(${base.join('|')})\\.ts$`;
  return [
    {
      name: `folder-${dialect}-base`,
      comment: `Of ${dialect}, the base files (${base.join(', ')}) import only each other.`,
      severity: 'error',
      from: { path: baseFiles },
      to: { path: root, pathNot: baseFiles },
    },
    ...Object.entries(folders).map(([name, allowed]) => ({
      name: `folder-${dialect}-${name}`,
      comment: `${dialect}/${name} imports the base files and ${allowed.length === 0 ? 'no other folder' : allowed.join(', ')}.`,
      severity: 'error',
      from: { path: `${root}${name}/` },
      to: { path: root, pathNot: [baseFiles, `${root}(${[name, ...allowed].join('|')})/`] },
    })),
  ];
};

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layer),
    ...Object.entries(DOMAIN_FOLDERS).map(folder),
    ...Object.entries(FAMILIES).map(family),
    ...Object.entries(DIALECT_FOLDERS).flatMap(dialectFolders),
    {
      name: 'no-circular',
      comment: 'No file imports itself through others, by value or by type.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'dialects-are-islands',
      comment: 'Dialects share code through the families (glance, nova, rackspace, shared), not through each other.',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/', pathNot: '^src/dialects/(glance|nova|rackspace|shared)/' },
      to: {
        path: '^src/dialects/[^/]+/',
        pathNot: ['^src/dialects/$1/', '^src/dialects/(glance|nova|rackspace|shared)/'],
      },
    },
    {
      name: 'fault-engine-knows-no-files',
      comment: 'faults/engine and faults/scenario-file share the root of src/faults and do not import each other.',
      severity: 'error',
      from: { path: '^src/faults/(engine|scenario-file)/' },
      to: { path: '^src/faults/(engine|scenario-file)/', pathNot: '^src/faults/$1/' },
    },
    {
      name: 'fixture-sections-use-reading',
      comment:
        'fixtures/sections build on fixtures/reading, which knows no section; fixture-set.ts and the other files stand on both.',
      severity: 'error',
      from: { path: '^src/fixtures/reading/' },
      to: { path: '^src/fixtures/', pathNot: '^src/fixtures/reading/' },
    },
    {
      name: 'cli-is-a-user',
      comment: 'The command line imports what any user would: index.ts.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/', pathNot: ['^src/cli/', '^src/index\\.ts$'] },
    },
    {
      name: 'testing-is-a-user',
      comment: 'The adapters for test runners import what any user would: index.ts.',
      severity: 'error',
      from: { path: '^src/testing/' },
      to: { path: '^src/', pathNot: ['^src/testing/', '^src/index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The parser does not read JSX; scripts/console-layers.mjs checks the console.
    exclude: { path: '^src/console/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
