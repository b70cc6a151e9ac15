/** Writes the types of rules and fixtures from their JSON Schemas, and the names and statuses of operations from the contracts. */
import { execFileSync } from 'node:child_process';
import { compile } from 'json-schema-to-typescript';
import type { Contract } from '../../src/contract/contract.ts';
import type { JsonSchema } from '../../src/contract/schema.ts';

const HEADER = '// Written by `npm run generate`; do not edit.\n';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';

/** Formats a TypeScript file as the other files of the project. */
export const formatTypes = (path: string, text: string): string =>
  execFileSync(process.execPath, [BIOME, 'format', `--stdin-file-path=${path}`], { input: text, encoding: 'utf8' });

/** A member of an interface. */
const MEMBER = /^( +)(['"]?[\w$-]+['"]?\??|\[k: string\]):(?=\s)/gm;

/** Types accept values that nothing may change, so that constants can be passed. */
const readonlyMembers = (text: string): string =>
  readonlyLists(text).replace(MEMBER, (_whole, space: string, name: string) => `${space}readonly ${name}:`);

/** Writes `readonly` before each list type, whose items end before `[]`. */
function readonlyLists(text: string): string {
  const end = text.lastIndexOf('[]');
  if (end === -1) return text;
  const start = startOfType(text, end);
  const rest = text.slice(end + 2);
  return `${readonlyLists(`${text.slice(0, start)}readonly ${text.slice(start, end)}`)}[]${rest}`;
}

/** Returns where the type before a position begins: a name, or a group in parentheses or braces. */
function startOfType(text: string, end: number): number {
  let at = end;
  let depth = 0;
  do {
    at -= 1;
    if (/[)}]/.test(text[at] ?? '')) depth += 1;
    else if (/[({]/.test(text[at] ?? '')) depth -= 1;
  } while (depth > 0 || /\w/.test(text[at - 1] ?? ''));
  return at;
}

/** Longest line of a comment. */
const WIDTH = 120;

/** Removes the sentences that the library adds, and writes comments on one line, or in lines of limited length. */
const shortComments = (text: string): string =>
  text
    .replace(/\n \*\n \* This interface was referenced by [\s\S]*?\n \*\//g, '\n */')
    .replace(/\/\*\*\n \* This interface was referenced by [\s\S]*?\n \*\/\n/g, '')
    .replace(/^( *)\/\*\*\n\s*\* ([^\n]*)\n\s*\*\//gm, (_whole, space: string, line: string) => comment(space, line));

function comment(space: string, text: string): string {
  if (space.length + text.length + '/**  */'.length <= WIDTH) return `${space}/** ${text} */`;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${space} * ${word}`);
  }
  return `${space}/**\n${lines.join('\n')}\n${space} */`;
}

/** Returns the types of a JSON Schema as a TypeScript file. */
export async function schemaTypes(path: string, schema: JsonSchema, name: string): Promise<string> {
  const text = await compile({ ...schema, title: name }, name, {
    additionalProperties: false,
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    format: false,
  });
  const imports = text.includes('OperationPattern') ? "import type { OperationPattern } from './operations.ts';\n" : '';
  return formatTypes(
    path,
    `${HEADER}${imports}\n${shortComments(readonlyMembers(formatTypes(path, text))).replace(/export interface Unused {}\n/, '')}`,
  );
}

/** Returns the names of all operations with their documented statuses as a TypeScript file. */
export function operationTypes(path: string, contracts: readonly Contract[]): string {
  const lines = contracts.flatMap(({ name, operations }) =>
    Object.entries(operations).map(
      ([id, { summary, statuses }]) => `/** ${summary} */\nreadonly '${name}.${id}': ${statuses.join(' | ')};`,
    ),
  );
  return formatTypes(
    path,
    `${HEADER}
/** The documented statuses of each operation, by its name: \`DocumentedStatuses['image-v2.deleteImage']\`. */
export interface DocumentedStatuses {
${lines.join('\n')}
}

/** The name of an operation: API and operation id, such as \`image-v2.deleteImage\`. */
export type OperationName = keyof DocumentedStatuses;

/** A documented status of an operation. */
export type DocumentedStatus<Name extends OperationName = OperationName> = DocumentedStatuses[Name];

/** The name of an operation, or a pattern for several: \`*\` stands for any characters, \`?\` for one. */
export type OperationPattern = OperationName | \`\${string}*\${string}\` | \`\${string}?\${string}\`;
`,
  );
}
