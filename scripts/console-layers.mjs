// Checks which folders of the console import which: `npm run layers`. Type imports count.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './bundle.mjs';

const CONSOLE = join(ROOT, 'src/console');

/** The folders that each folder may import. `views` and `app` stand on all of them. */
const LOWER = {
  api: [],
  recording: [],
  session: ['api', 'recording'],
  search: ['api', 'session'],
  state: ['api', 'recording', 'search', 'session'],
  ui: ['api', 'session', 'state'],
  timeline: ['api', 'session', 'state', 'ui'],
};
const ALLOWED = {
  ...LOWER,
  views: [...Object.keys(LOWER)],
  app: [...Object.keys(LOWER), 'views'],
};

/** The only files outside the console that it may import. */
const SCHEMAS = ['schemas/recording.schema.json', 'schemas/scenario.schema.json'];

const IMPORT = /\bfrom '(\.[^']+)'/g;

const files = readdirSync(CONSOLE, { recursive: true }).filter((file) => /\.tsx?$/.test(file));
const mistakes = files.flatMap((file) =>
  [...readFileSync(join(CONSOLE, file), 'utf8').matchAll(IMPORT)].flatMap(([, path]) => {
    const target = join(dirname(join(CONSOLE, file)), path);
    const problem = problemOf(file, relative(CONSOLE, target), relative(ROOT, target));
    return problem === undefined ? [] : [`src/console/${file} imports ${relative(ROOT, target)}: ${problem}`];
  }),
);

function problemOf(file, target, fromRoot) {
  if (target.startsWith('..'))
    return SCHEMAS.includes(fromRoot) ? undefined : 'the console imports nothing from the server';
  const [from, to] = [file.split('/'), target.split('/')];
  if (from.length === 1 || from[0] === to[0]) {
    const isForeignView = from[0] === 'views' && from.length > 2 && to.length > 2 && from[1] !== to[1];
    return isForeignView ? 'views do not import each other' : undefined;
  }
  const allowed = ALLOWED[from[0]] ?? [];
  return allowed.includes(to[0]) ? undefined : `${from[0]} may import ${allowed.join(', ') || 'no other folder'}`;
}

for (const mistake of mistakes) console.error(mistake);
if (mistakes.length > 0) process.exit(1);
console.log(`console: no layer violations (${files.length} files)`);
