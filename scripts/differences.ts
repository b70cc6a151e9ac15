/** The page that shows side by side how the five image APIs differ: what their contracts say, and what they answer. */
import type { Contract, Operation } from '../src/contract/contract.ts';
import { CHANGES } from '../test/conformance/cross-api/changes.ts';
import { CREATIONS, REGISTERING } from '../test/conformance/cross-api/creation.ts';
import { type Asked, askAll, type Shown } from './differences/asked.ts';

const byNumber = (one: number, other: number): number => one - other;
const sorted = (statuses: readonly number[]): readonly number[] => [...statuses].sort(byNumber);
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const namesOf = (contracts: readonly Contract[]): readonly string[] => contracts.map(({ name }) => code(name));
const requestOf = ({ method, path }: Operation): string => code(`${method.toUpperCase()} ${path}`);

/** The page, in Markdown, of those contracts that have images. */
export async function differencesPage(all: readonly Contract[]): Promise<string> {
  const contracts = all.filter(({ operations }) => operations['deleteImage'] !== undefined);
  const shown = await askAll(contracts);
  return `# How the five differ

One cloud stands behind five APIs: what is done through one of them is seen through the others. This page puts side by side what each offers, what it
answers to the same question, and how it words the same image.

Generated (\`npm run generate\`) from the contracts, from the tests that hold the five against each other, and from the answers to the questions below, asked of
the default fixtures.

## What does what
The operations through which an image changes; a blank where an API has none. Who wants to see the change may ask any of the five.

${deedTable(contracts)}

## Deleting an image
${deletes(contracts)}

● stands for an answer that the document lists, ○ for one that it does not list and the service gives all the same.

${deleteStatuses(contracts)}

## What several of them offer
Documented answers, the success first. **Bold** ones are not documented by all that offer the operation.

${sharedAnswers(contracts)}

The addresses of those that stand at different places:

${sharedAddresses(contracts)}

## The same question
${shown.questions.map(({ title, answers }) => `### ${title}\n${questionTable(answers)}`).join('\n\n')}

## The same image
What the member \`status\` says of an image in each state; *italics*: it is refused with that status.

${table(
  ['in the cloud', ...namesOf(contracts)],
  shown.statuses.map(([fact, cells]) => [fact, ...cells]),
)}

What the member \`visibility\` says:

${table(
  ['in the cloud', ...namesOf(contracts)],
  shown.visibilities.map(([fact, cells]) => [fact, ...cells]),
)}

What each shows of one image, of a server of which it was made:

${shown.samples.map(({ api, text }) => `${code(api)}\n\`\`\`json\n${text}\n\`\`\``).join('\n\n')}

## Pages of lists
${pages(shown)}

## What takes time
Operations that answer before they are done:

${lateAnswers(contracts)}

## What a world can choose
Where documents disagree with each other, or with the service, a world can take either side, by the
[profiles](worlds.md) of the API; the first choice is taken where nothing is said.

${choices(contracts)}
`;
}

/** What can be done to an image, and the operations of each API that do it. */
function deedTable(contracts: readonly Contract[]): string {
  const deeds = [
    { title: 'is registered, without data', operations: Object.keys(REGISTERING) },
    ...CREATIONS.map(({ title, ways }) => ({ title, operations: Object.keys(ways) })),
    ...CHANGES.map(({ title, deeds: ways }) => ({ title, operations: Object.keys(ways) })),
  ];
  const cell = (api: string, operations: readonly string[]): string =>
    operations
      .filter((operation) => operation.startsWith(`${api}.`))
      .map((operation) => code(operation.slice(api.length + 1)))
      .join('<br>');
  return table(
    ['an image', ...namesOf(contracts)],
    deeds.map(({ title, operations }) => [title, ...contracts.map(({ name }) => cell(name, operations))]),
  );
}

const choices = (contracts: readonly Contract[]): string =>
  table(
    ['API', 'profile', 'what about', 'choices'],
    contracts.flatMap(({ name, profiles = {} }) =>
      Object.entries(profiles).map(([profile, { title, choices: offered }]) => [
        code(name),
        code(profile),
        title,
        Object.entries(offered)
          .map(([choice, meaning]) => `${code(choice)}: ${meaning}`)
          .join('<br>'),
      ]),
    ),
  );

const deletes = (contracts: readonly Contract[]): string =>
  table(
    ['API', 'stands at', 'request'],
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

/** Ids of operations that two APIs or more offer, in the order in which they come up. */
function sharedIds(contracts: readonly Contract[]): readonly string[] {
  const ids = new Set(contracts.flatMap(({ operations }) => Object.keys(operations)));
  return [...ids].filter((id) => offeringOf(contracts, id).length > 1);
}

const offeringOf = (contracts: readonly Contract[], id: string): readonly Operation[] =>
  contracts.flatMap(({ operations }) => operations[id] ?? []).filter(({ annex }) => annex === undefined);

function sharedAnswers(contracts: readonly Contract[]): string {
  const rows = sharedIds(contracts).map((id) => {
    const offering = offeringOf(contracts, id);
    const isCommon = (status: number): boolean => offering.every(({ statuses }) => statuses.includes(status));
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
    .filter((id) => new Set(offeringOf(contracts, id).map(requestOf)).size > 1)
    .map((id) => [
      code(id),
      ...contracts.map(({ operations }) => {
        const operation = operations[id];
        return operation === undefined ? '' : requestOf(operation);
      }),
    ]);
  return table(['operation', ...namesOf(contracts)], rows);
}

const questionTable = (answers: readonly Asked[]): string =>
  table(
    ['API', 'status', 'headers', 'body'],
    answers.map(({ api, status, headers, text }) => [
      code(api),
      status,
      headers.map(code).join('<br>'),
      text === '' ? '' : code(text),
    ]),
  );

const pages = ({ lists }: Shown): string =>
  table(
    ['list', 'images when no number is asked for', 'at most', 'beside the images, with `limit=1`'],
    lists.map(({ operation, usual, most, next }) => [code(operation), usual, most, next === '{}' ? '' : code(next)]),
  );

function lateAnswers(contracts: readonly Contract[]): string {
  const rows = contracts.flatMap(({ name, operations }) =>
    Object.entries(operations).flatMap(([id, operation]) => {
      const handle = handleOf(operation);
      return handle === undefined ? [] : [[code(`${name}.${id}`), requestOf(operation), operation.success, handle]];
    }),
  );
  return table(['operation', 'request', 'answers', 'ask on by'], rows);
}

/** By what a client asks how it goes on; `undefined` for operations that are done when they answer. */
function handleOf({ method, path, success, response }: Operation): string | undefined {
  if (method === 'get' || method === 'head') return undefined;
  if ('job_id' in Object(response?.['properties'])) return 'the job';
  if (method === 'post' && path.endsWith('/tasks')) return 'the task';
  if (method === 'delete' || success !== 202) return undefined;
  return path.includes('/cache/') ? 'the cache' : 'the image';
}
