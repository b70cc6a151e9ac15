/** Writes the JSON Schema of scenario files that is published with the package. Run by `tsx`. */
import { writeFileSync } from 'node:fs';
import { SCENARIO_FILE_SCHEMA } from '../src/faults/scenario-schema.ts';

const file = new URL('../schemas/scenario.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(SCENARIO_FILE_SCHEMA, null, 2)}\n`);
