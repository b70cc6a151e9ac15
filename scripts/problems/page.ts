/** Generates docs/problems.md: the errors that `problem` of a scenario can name. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { OperationRef } from '../../src/dialects/dialect.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { listItem } from '../wrap-markdown.ts';
import { comparisonTable } from './comparison.ts';
import { type MessageOf, messages } from './messages.ts';

/** One reason of an operation for an error. */
interface Row {
  readonly operation: string;
  readonly status: number;
  readonly problem: string;
  readonly message: string;
}

/** What causes each problem, by name. */
const CAUSES: Readonly<Record<string, string>> = parse(readFileSync(new URL('causes.yaml', import.meta.url), 'utf8'));

/** A reason that more than this part of the operations of an API have is listed once. */
const COMMON_PART = 0.4;

const causeOf = (problem: string): string => {
  const cause = CAUSES[problem];
  if (cause === undefined) throw new Error(`scripts/problems/causes.yaml does not say what causes "${problem}".`);
  return cause;
};

const rowsOf = (ref: OperationRef, messageOf: MessageOf): readonly Row[] =>
  Object.entries(ref.problems).flatMap(([status, reasons]) =>
    Object.keys(reasons).map((problem) => ({
      operation: ref.id,
      status: Number(status),
      problem,
      message: messageOf(ref, Number(status), problem),
    })),
  );

const keyOf = ({ status, problem, message }: Row): string => JSON.stringify([status, problem, message]);

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll(/\s+/g, ' ').replaceAll('`', "'")}\``);

/** Describes a problem. Its message is in a line of its own, which is not wrapped, because it is copied as it is. */
const itemOf = ({ status, problem, message }: Row, operations = ''): string => {
  const text = listItem(`${status} ${code(problem)}: ${causeOf(problem)}${operations}`);
  return message === '' ? text : `${text}\n  ${code(message)}`;
};

/** The problems of each operation. */
function itemsOf(rows: readonly Row[]): string {
  const operations = groupBy(rows, ({ operation }) => operation);
  return [...operations]
    .map(([operation, own]) => `**${code(operation)}**\n\n${own.map((row) => itemOf(row)).join('\n')}`)
    .join('\n\n');
}

function sectionOf(name: string, operations: readonly OperationRef[], messageOf: MessageOf): string {
  const rows = operations.flatMap((ref) => rowsOf(ref, messageOf));
  const groups = groupBy(rows, keyOf);
  const isCommon = (row: Row): boolean => (groups.get(keyOf(row))?.length ?? 0) > operations.length * COMMON_PART;
  const common = [...groups.values()].filter(([row]) => row !== undefined && isCommon(row));
  const shared = common.map((group) => itemOf(group[0] as Row, ` (${group.length})`));
  return [
    `## ${name}`,
    ...(shared.length === 0 ? [] : [`Of most operations, with the number of times:\n\n${shared.join('\n')}`]),
    itemsOf(rows.filter((row) => !isCommon(row))),
  ].join('\n\n');
}

/** Returns the page in Markdown. */
export async function problemsPage(): Promise<string> {
  const { operations } = buildRoutes(DIALECTS);
  const messageOf = await messages();
  const names = new Set(operations.flatMap(({ problems }) => Object.values(problems).flatMap(Object.keys)));
  const unused = Object.keys(CAUSES).filter((name) => !names.has(name));
  if (unused.length > 0) throw new Error(`scripts/problems/causes.yaml has problems that no operation has: ${unused}.`);
  const sections = DIALECTS.map(({ name }) =>
    sectionOf(
      name,
      operations.filter(({ dialect }) => dialect.name === name),
      messageOf,
    ),
  );
  return `# Problems

The errors that \`problem\` of a [fault](faults.md#which-error) can name: for each operation the status and the name, what
causes the error without a fault, and its message. The first problem of a status is the default. Texts in braces stand
for values of the request; numbers are those of the request and of the world.

Generated (\`npm run generate\`) from the contracts and the wording of each API.

## Injected as natural
${comparisonTable()}

${sections.join('\n\n')}
`;
}
