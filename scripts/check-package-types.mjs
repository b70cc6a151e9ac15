// Compiles a small project that uses the packed package, with all checks of the compiler: part of `npm run package`. The
// project has the dependencies of the package and nothing else, so that a type of a development dependency that has crept
// into the declarations is an error. It is compiled without and with types of Node in its own configuration.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './bundle.mjs';

const SOURCES = join(ROOT, 'test/package');
const COMPILER = join(ROOT, 'node_modules/typescript/bin/tsc');

/** What the project installs besides the package, for the files that need it. */
const PROJECTS = [
  { name: 'without types of its own', files: ['consumer.ts', 'node-test.ts'], types: [] },
  { name: 'with types of Node', files: ['consumer.ts', 'node-test.ts'], types: ['node'] },
  { name: 'with Jest', files: ['consumer.ts', 'jest.ts'], types: ['node'], packages: ['@jest/globals'] },
];

/** Packages of the lock file by their folder, such as `node_modules/ajv`. */
const { packages: locked } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

/** Returns the folders of packages with everything that they depend on. */
function closureOf(names) {
  const folders = new Set();
  const add = (name) => {
    const folder = `node_modules/${name}`;
    if (folders.has(folder) || locked[folder] === undefined) return;
    folders.add(folder);
    for (const dependency of Object.keys(locked[folder].dependencies ?? {})) add(dependency);
  };
  for (const name of names) add(name);
  return folders;
}

function link(folder, project) {
  const target = join(project, folder);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(ROOT, folder), target);
}

/** Unpacks the package into a project with its dependencies. */
function install(archive, project, packages) {
  const own = join(project, 'node_modules/sideglance');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  for (const folder of closureOf([...Object.keys(dependencies), ...packages])) link(folder, project);
}

function check({ name, files, types, packages = [] }, archive, project) {
  mkdirSync(project);
  install(archive, project, packages);
  for (const file of files) cpSync(join(SOURCES, file), join(project, file));
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023', 'dom'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types,
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  execFileSync(process.execPath, [COMPILER, '-p', project], { stdio: 'inherit' });
  console.log(`types of the package: a project ${name} compiles`);
}

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-types-'));
try {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch], { cwd: ROOT });
  const archive = join(scratch, readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '');
  for (const [index, project] of PROJECTS.entries()) check(project, archive, join(scratch, String(index)));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
