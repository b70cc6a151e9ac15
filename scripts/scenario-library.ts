/** Generates docs/scenario-library.md, which lists the hand-written scenarios. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIALECTS } from '../src/dialects/index.ts';
import { buildRoutes } from '../src/dialects/routes.ts';
import type { Scenario } from '../src/faults/fault.ts';
import { SHIPPED_SCENARIOS } from '../src/faults/scenario-file/library.ts';
import { loadScenarios } from '../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../src/faults/scenario-file/operations.ts';
import { listItem, wrapMarkdown } from './wrap-markdown.ts';

/** Returns the page in Markdown. */
export function libraryPage(): string {
  const known = new KnownOperations(buildRoutes(DIALECTS).operations);
  const themes = readdirSync(SHIPPED_SCENARIOS)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, scenarios: loadScenarios([join(SHIPPED_SCENARIOS, name)], known) }));
  const count = themes.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  return `# Scenario library

Generated from the files in \`scenarios/\` (\`npm run generate\`). Enable a scenario by its name:
\`\`\`sh
ID=07a5e06e-11f4-4b0c-afc3-97c23b6118fe
sideglance scenarios enable lost-delete                                              # and: disable, show, list
curl -s -X POST localhost:9292/__admin/scenarios/lost-delete/enable --json '{ "calls": 3 }'
curl -s -H 'X-Sideglance-Scenario: lost-delete' -X DELETE localhost:9292/image/v2/images/$ID       # for one request; 401 without a token
\`\`\`
This page lists ${count} scenarios, with what a correct client does, and for which APIs they are. There is also one for each
documented status of each operation (\`image-v2.deleteImage.403\`): see [coverage](coverage.md). Copy one to start [your
own](scenarios.md); your scenario replaces a shipped one with the same name.

What is not a scenario, because it happens before a request or lasts for the whole life of a world:

- certificates that clients refuse, on single ports or from the start:
  [\`--tls-certificate\`](ports.md#certificates-that-clients-refuse), or \`PUT /__admin/ports/{name}\`; on all ports the
  [scenarios](#tls) below
- ports that refuse or reset connections: [\`PUT /__admin/ports/{name}\`](ports.md#ports)
- connections that the server closes early, requests that take too long to arrive:
  [\`--keep-alive\`, \`--request-timeout\`](apis.md#connections)
- a catalog without a service, with a version in an address, in another region, with one interface only: the section
  [\`catalog\`](fixtures.md#service-catalog) of fixtures; for single logins the [scenarios](#catalogue) below

${wrapMarkdown(themes.map(({ name }) => `[${titleOf(name)}](#${name.replace('.yaml', '')})`).join(' · '))}

${themes.map(({ name, scenarios }) => themeText(name, scenarios)).join('\n')}`;
}

/** Titles that are no words in lower case. */
const TITLES: Readonly<Record<string, string>> = { 'tls.yaml': 'TLS' };

const titleOf = (file: string): string => {
  const title = TITLES[file];
  if (title !== undefined) return title;
  const words = file.replace('.yaml', '').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Returns the comment at the top of a file. */
const introductionOf = (file: string): string =>
  readFileSync(join(SHIPPED_SCENARIOS, file), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line, at, lines) => line.startsWith('#') && lines.slice(0, at).every((each) => each.startsWith('#')))
    .map((line) => line.slice(2))
    .join(' ');

function themeText(file: string, scenarios: readonly Scenario[]): string {
  const items = scenarios.map(({ name, description, expect = '', rules, certificate }) => {
    const apis = certificate === undefined ? apisOf(rules.flatMap(({ operations }) => operations)) : 'all ports';
    const client = expect === '' ? '' : `\n  ${wrapMarkdown(`*A correct client:* ${expect}`, '  ')}`;
    return `${listItem(`\`${name}\` (${apis}): ${description}`)}${client}`;
  });
  return `## ${titleOf(file)}
${wrapMarkdown(`${introductionOf(file)} [\`${file}\`](../scenarios/${file})`)}

${items.join('\n')}
`;
}

/** Names the APIs of operations; all image APIs together are "all image APIs". */
function apisOf(operations: readonly string[]): string {
  const found = new Set(operations.map((name) => name.slice(0, name.lastIndexOf('.'))));
  const imageApis: readonly string[] = DIALECTS.map(({ name }) => name).filter((name) => name !== 'identity');
  const rest = [...found].filter((name) => !imageApis.includes(name));
  const images = imageApis.filter((name) => found.has(name));
  return [...(images.length === imageApis.length ? ['all image APIs'] : images), ...rest].join(', ');
}
