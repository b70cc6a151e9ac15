import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The repository, as a pattern. */
const ROOT = fileURLToPath(new URL('.', import.meta.url)).replace(/[^\w/]/g, '\\$&');

/** Packages that the sources and the tests share; Jest's own stay with Jest. */
const PACKAGES = [...Object.keys(dependencies), 'supertest'].join('|');

const config = {
  globalSetup: '<rootDir>/test/support/jest/build.mjs',
  testEnvironment: '<rootDir>/test/support/jest/environment.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/jest/held-replies.ts'],
  // Jest's default leaves one core idle, which is half of a small machine.
  maxWorkers: '100%',
  // A worker holds what its test files have compiled. It starts again before it comes near its limit (package.json).
  workerIdleMemoryLimit: '450MB',
  // For tests that hang. No test fails because the machine is busy.
  testTimeout: 600_000,
  // `src` for `--watch`, which runs the tests of changed sources.
  roots: ['<rootDir>/src', '<rootDir>/test'],
  moduleNameMapper: { '^supertest$': '<rootDir>/test/support/jest/supertest.cjs' },
  transform: {
    [`^${ROOT}(?:src|node_modules/(?:${PACKAGES}))/`]: '<rootDir>/test/support/jest/transform.mjs',
    '\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'commonjs', importInterop: 'node' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      },
    ],
  },
  transformIgnorePatterns: [],
};

export default () => {
  if (process.argv.some((argument) => argument.startsWith('--coverage'))) {
    throw new Error('The tests cannot measure coverage: they run on a bundle of src.');
  }
  // The command line takes its flags from such variables.
  for (const name of Object.keys(process.env)) if (name.startsWith('SIDEGLANCE_')) delete process.env[name];
  return config;
};
