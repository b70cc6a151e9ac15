import { fileURLToPath } from 'node:url';

const address = (name: string): URL => new URL(name, process.env['TEST_BUILD']);

/** The bundled command line (test/support/jest/build.mjs): a file for `node`. */
export const CLI = fileURLToPath(address('cli.mjs'));

/** The bundled sources: the address of a module that exports each source file as a namespace, such as `src/index.ts`. */
export const SOURCES = address('sources.mjs').href;
