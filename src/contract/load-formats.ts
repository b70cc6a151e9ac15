import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** Returns the formats of ajv-formats, by name. They are loaded on first use, because few starts check a format. */
export const loadFormats = (): object =>
  (load('ajv-formats/dist/formats') as { readonly fullFormats: object }).fullFormats;
