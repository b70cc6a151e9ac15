import { fileURLToPath } from 'node:url';

const address = (name: string): URL => new URL(name, process.env['TEST_BUILD']);

/** Path of the bundled command line (test/support/jest/build.mjs), to run with `node`. */
export const CLI = fileURLToPath(address('bin/sideglance.js'));

/** URL of the bundled sources, a module that exports each source file as a namespace, such as `src/index.ts`. */
export const SOURCES = address('sources.mjs').href;
