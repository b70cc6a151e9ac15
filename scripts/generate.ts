/** Writes all generated files: `npm run generate`. Tests fail when a generated file is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SUITE_SCHEMA } from '../src/conform/schema.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import { DEFAULT_FIXTURES, digestOf, PARSED_DEFAULTS } from '../src/fixtures/default-fixtures.ts';
import { checkFixtures } from '../src/fixtures/fixture-file.ts';
import { FIXTURES_SCHEMA } from '../src/fixtures/fixture-schema.ts';
import { parseDocument } from '../src/input/input-document.ts';
import { packageFile } from '../src/input/package-files.ts';
import { RECORDING_SCHEMA } from '../src/recording/schema.ts';
import { differencesPage } from './differences.ts';
import { problemsPage } from './problems/page.ts';
import { realServicesPage } from './real-services.ts';
import { releasesPage } from './releases-page.ts';
import { generatedFiles } from './shipped-scenarios.ts';
import { typeFiles } from './types/type-files.ts';

const contracts = DIALECTS.map(({ contract }) => contract);

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

for (const [path, text] of await typeFiles(contracts)) write(packageFile(path), text);
// Files that an emulator reads come first, because docs/differences.md is written from the responses of one.
for (const [path, text] of generatedFiles(contracts)) write(packageFile(path), text);
const text = readFileSync(DEFAULT_FIXTURES, 'utf8');
const document = checkFixtures(parseDocument(DEFAULT_FIXTURES, text));
write(PARSED_DEFAULTS, asJson({ sha256: digestOf(text), document }));
write(packageFile('schemas/fixtures.schema.json'), asJson(FIXTURES_SCHEMA));
write(packageFile('schemas/conformance.schema.json'), asJson(SUITE_SCHEMA));
write(packageFile('schemas/recording.schema.json'), asJson(RECORDING_SCHEMA));
write(packageFile('docs/problems.md'), await problemsPage());
write(packageFile('docs/differences-from-real-services.md'), realServicesPage(contracts));
write(packageFile('docs/releases.md'), releasesPage(contracts));
write(packageFile('docs/differences.md'), await differencesPage(contracts));
