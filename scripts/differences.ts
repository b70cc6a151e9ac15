/** Generates docs/differences.md, which compares the five image APIs by their contracts and by their responses. */
import type { Contract, Operation } from '../src/contract/contract.ts';
import { CHANGES } from '../test/conformance/cross-api/changes.ts';
import { CREATIONS, REGISTRATIONS } from '../test/conformance/cross-api/creation.ts';
import { type ApiResponse, type Comparison, compareApis } from './differences/compare-apis.ts';
import { listItem } from './wrap-markdown.ts';

const byNumber = (one: number, other: number): number => one - other;
const sorted = (statuses: readonly number[]): readonly number[] => [...statuses].sort(byNumber);
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const namesOf = (contracts: readonly Contract[]): readonly string[] => contracts.map(({ name }) => code(name));
const requestOf = ({ method, path }: Operation): string => code(`${method.toUpperCase()} ${path}`);

/** Returns the page in Markdown, for the contracts with images. */
export async function differencesPage(all: readonly Contract[]): Promise<string> {
  const contracts = all.filter(({ operations }) => operations['deleteImage'] !== undefined);
  const comparison = await compareApis(contracts);
  return `# How the five APIs differ

Five APIs share one cloud: a change through one of them shows in all of them. This page compares what each API offers,
what it returns for the same request, and how it shows the same image.

Generated (\`npm run generate\`) from the contracts, from the tests that compare the five APIs, and from responses for
the default fixtures.

## Operations by effect
The operations that create and change an image. A blank cell means that the API has none. Every API shows the effect.

${effectTable(contracts)}

## Deleting an image
${deletes(contracts)}

● marks a documented status, ○ a status that the document does not list but the service returns.

${deleteStatuses(contracts)}

## Operations that several APIs have
Documented statuses, the success first. A status in **bold** is not documented by every API that has the operation.

${sharedAnswers(contracts)}

Operations with different paths:

${sharedAddresses(contracts)}

## The same request
${comparison.requests.map(({ title, responses }) => `### ${title}\n${responseList(responses)}`).join('\n\n')}

## The same image
The member \`status\` of an image in each state; *italics* mean that the request fails with this status.

${table(
  ['state', ...namesOf(contracts)],
  comparison.statuses.map(([state, cells]) => [state, ...cells]),
)}

The member \`visibility\`:

${table(
  ['state', ...namesOf(contracts)],
  comparison.visibilities.map(([state, cells]) => [state, ...cells]),
)}

One image that was created from a server, in each API:

${comparison.samples.map(({ api, text }) => `${code(api)}\n\`\`\`json\n${text}\n\`\`\``).join('\n\n')}

## Paging
The page sizes of lists, and what a list with \`limit=1\` has besides the image.

${pages(comparison)}

## Asynchronous operations
Operations that return before they finish:

${asyncOperations(contracts)}

## Profiles
Where documents disagree with each other or with the service, a world can choose by the [profiles](apis.md#profiles)
of the API. The first choice is the default.

${choices(contracts)}
`;
}

/** Creations and changes of an image, and the operations of each API for them. */
function effectTable(contracts: readonly Contract[]): string {
  const effects = [
    { title: 'is registered, without data', operations: Object.keys(REGISTRATIONS) },
    ...CREATIONS.map(({ title, operations }) => ({ title, operations: Object.keys(operations) })),
    ...CHANGES.map(({ title, actions }) => ({ title, operations: Object.keys(actions) })),
  ];
  const cell = (api: string, operations: readonly string[]): string =>
    operations
      .filter((operation) => operation.startsWith(`${api}.`))
      .map((operation) => code(operation.slice(api.length + 1)))
      .join('<br>');
  return table(
    ['an image', ...namesOf(contracts)],
    effects.map(({ title, operations }) => [title, ...contracts.map(({ name }) => cell(name, operations))]),
  );
}

/** The choices of the profiles of each API, the default first. */
const choices = (contracts: readonly Contract[]): string =>
  contracts
    .filter(({ profiles = {} }) => Object.keys(profiles).length > 0)
    .map(({ name, profiles = {} }) => {
      const items = Object.entries(profiles).map(([profile, { title, choices: offered }]) => {
        const described = Object.entries(offered).map(([choice, meaning]) => `${code(choice)}: ${meaning}`);
        return listItem(`${code(profile)}: ${title}. ${described.join(' ')}`);
      });
      return `### Profiles of ${code(name)}\n${items.join('\n')}`;
    })
    .join('\n\n');

const deletes = (contracts: readonly Contract[]): string =>
  table(
    ['API', 'mount', 'request'],
    contracts.flatMap(({ name, mount, operations }) => {
      const operation = operations['deleteImage'];
      return operation === undefined ? [] : [[code(name), code(mount), requestOf(operation)]];
    }),
  );

function deleteStatuses(contracts: readonly Contract[]): string {
  const offered = contracts.map(({ operations }) => operations['deleteImage']);
  const all = new Set(offered.flatMap((operation) => [...(operation?.statuses ?? []), ...(operation?.alsoSeen ?? [])]));
  const mark = (operation: Operation | undefined, status: number): string => {
    if (operation?.statuses.includes(status)) return '●';
    return operation?.alsoSeen?.includes(status) ? '○' : '';
  };
  return table(
    ['', ...namesOf(contracts)],
    sorted([...all]).map((status) => [status, ...offered.map((operation) => mark(operation, status))]),
  );
}

/** Ids of operations that at least two APIs have, in contract order. */
function sharedIds(contracts: readonly Contract[]): readonly string[] {
  const ids = new Set(contracts.flatMap(({ operations }) => Object.keys(operations)));
  return [...ids].filter((id) => operationsWithId(contracts, id).length > 1);
}

const operationsWithId = (contracts: readonly Contract[], id: string): readonly Operation[] =>
  contracts.flatMap(({ operations }) => operations[id] ?? []).filter(({ annex }) => annex === undefined);

function sharedAnswers(contracts: readonly Contract[]): string {
  const rows = sharedIds(contracts).map((id) => {
    const shared = operationsWithId(contracts, id);
    const isCommon = (status: number): boolean => shared.every(({ statuses }) => statuses.includes(status));
    const cell = (operation: Operation | undefined): string => {
      if (operation === undefined) return '';
      const { success, statuses } = operation;
      const others = sorted(statuses).filter((status) => status !== success);
      return [success, ...others].map((status) => (isCommon(status) ? String(status) : `**${status}**`)).join(' ');
    };
    return [code(id), ...contracts.map(({ operations }) => cell(operations[id]))];
  });
  return table(['operation', ...namesOf(contracts)], rows);
}

function sharedAddresses(contracts: readonly Contract[]): string {
  const rows = sharedIds(contracts)
    .filter((id) => new Set(operationsWithId(contracts, id).map(requestOf)).size > 1)
    .map((id) => [
      code(id),
      ...contracts.map(({ operations }) => {
        const operation = operations[id];
        return operation === undefined ? '' : requestOf(operation);
      }),
    ]);
  return table(['operation', ...namesOf(contracts)], rows);
}

/** Lists responses. Headers and bodies are not wrapped, because they are text of the services. */
const responseList = (responses: readonly ApiResponse[]): string =>
  responses
    .map(({ api, status, headers, text }) => {
      const parts = [...headers.map(code), ...(text === '' ? [] : [code(text)])].map((part) => `  - ${part}`);
      return [`- ${code(api)}: ${status}`, ...parts].join('\n');
    })
    .join('\n');

const pages = ({ lists }: Comparison): string =>
  lists
    .map(({ operation, pageSize, maximum, next }) => {
      const others = next === '{}' ? '' : `\n  - ${code(next)}`;
      return `- ${code(operation)}: ${pageSize} by default, at most ${maximum}${others}`;
    })
    .join('\n');

function asyncOperations(contracts: readonly Contract[]): string {
  const rows = contracts.flatMap(({ name, operations }) =>
    Object.entries(operations).flatMap(([id, operation]) => {
      const handle = handleOf(operation);
      return handle === undefined ? [] : [[code(`${name}.${id}`), requestOf(operation), operation.success, handle]];
    }),
  );
  return table(['operation', 'request', 'returns', 'poll'], rows);
}

/** What a client polls for the outcome; `undefined` for synchronous operations. */
function handleOf({ method, path, success, response }: Operation): string | undefined {
  if (method === 'get' || method === 'head') return undefined;
  if ('job_id' in Object(response?.['properties'])) return 'the job';
  if (method === 'post' && path.endsWith('/tasks')) return 'the task';
  if (method === 'delete' || success !== 202) return undefined;
  return path.includes('/cache/') ? 'the cache' : 'the image';
}
