import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** Returns the YAML library. It is loaded on first use, because many runs read JSON alone. */
export const loadYaml = (): typeof import('yaml') => load('yaml') as typeof import('yaml');
