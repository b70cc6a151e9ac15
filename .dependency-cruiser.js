/**
 * The layers of ARCHITECTURE.md: a row a layer, with what it may import beside itself. Type imports count here; import
 * cycles, in which they do not count, are Biome's.
 */
const LAYERS = {
  contract: [],
  domain: [],
  identity: ['contract', 'domain'],
  dialects: ['contract', 'domain', 'identity'],
  faults: ['contract', 'domain'],
  journal: ['contract'],
  coverage: ['contract', 'journal'],
  fixtures: ['contract', 'domain', 'identity'],
  http: ['contract', 'domain', 'dialects', 'identity', 'faults', 'journal'],
  admin: ['contract', 'domain', 'dialects', 'identity', 'faults', 'fixtures', 'journal', 'coverage', 'http'],
};

/** Files at the top of src that put the layers together; those that may be imported by a layer, and by which. */
const WORLD = '^src/(world|worlds)\\.ts$';
const KNOWS_WORLDS = ['http', 'admin'];

const layer = ([name, allowed]) => ({
  name: `layer-${name}`,
  comment: `${name} imports ${allowed.length === 0 ? 'no other layer' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(${[name, ...allowed].join('|')})/`, ...(KNOWS_WORLDS.includes(name) ? [WORLD] : [])],
  },
});

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layer),
    {
      name: 'dialects-are-islands',
      comment: 'Dialects share through dialects/shared, not through each other.',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/', pathNot: '^src/dialects/shared/' },
      to: { path: '^src/dialects/[^/]+/', pathNot: ['^src/dialects/$1/', '^src/dialects/shared/'] },
    },
    {
      name: 'cli-is-a-user',
      comment: 'The command line imports what any user would: index.ts.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/', pathNot: ['^src/cli/', '^src/index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
