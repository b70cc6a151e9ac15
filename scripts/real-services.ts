/** Generates docs/differences-from-real-services.md: what differs from the services, why, and since when. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../src/contract/contract.ts';
import { KNOWN, type KnownDifference } from '../test/conformance/known-differences.ts';
import { listItem } from './wrap-markdown.ts';

const SECTION = '## Differences from the running service\n';
const TABLE_HEAD = '| what differs | why | since |';

/** The request lists of each dialect begin with one of these words. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'image-v2': ['image', 'metadefs'],
  'compute-v2.1': ['compute', 'cross'],
  identity: ['identity'],
};

/** Returns the path of the notes of a dialect, from the root of the repository. */
const notesOf = (dialect: string): string => `src/dialects/${dialect}/NOTES.md`;

/** A row of the table: what differs, why, and since when. */
const ROW = /^\| (.+) \| (.+) \| (\d{4}-\d\d-\d\d) \|$/;

/**
 * Returns the section of the notes of a dialect on differences, with a list in place of its table.
 * @throws Error if there is none, or if a row of its table is not complete.
 */
export function differencesInNotes(dialect: string): string {
  const path = fileURLToPath(new URL(`../${notesOf(dialect)}`, import.meta.url));
  const [, after] = readFileSync(path, 'utf8').split(SECTION);
  if (after === undefined) throw new Error(`${notesOf(dialect)} has no section "${SECTION.slice(3, -1)}".`);
  const section = after.split('\n## ', 1)[0]?.trim() ?? '';
  if (!section.startsWith(TABLE_HEAD)) return section;
  const [, , ...rows] = section.split('\n');
  // Links of the notes start in their folder, those of the page in docs.
  return rows.map((row) => rowAsItem(row, dialect).replaceAll('](../../../docs/', '](')).join('\n');
}

function rowAsItem(row: string, dialect: string): string {
  const [, what, why, since] = ROW.exec(row) ?? [];
  if (what === undefined) throw new Error(`${notesOf(dialect)}: a row needs what, why and a day: ${row}`);
  return listItem(`${what}. *${why}.* Since ${since}.`);
}

/** Returns the page in Markdown. */
export function realServicesPage(contracts: readonly Contract[]): string {
  return `# Where Sideglance differs from the real services

What Sideglance returns on purpose in another way than the services that it doubles, why, and since when. The services
are Keystone 22, Glance 25.1 and Nova 26.2 (OpenStack Zed), to which [recorded requests](conformance.md) were sent. Any
other difference is a bug.

Generated (\`npm run generate\`) from the \`NOTES.md\` of each dialect and from
\`test/conformance/known-differences.ts\`. How the APIs differ from each other is on [another page](differences.md).

${contracts.map(({ name }) => sectionOf(name)).join('\n\n')}
`;
}

function sectionOf(dialect: string): string {
  const recorded = KNOWN.filter(({ list }) => LISTS[dialect]?.includes(list.split('-', 1)[0] ?? '') === true);
  const parts = [`## ${dialect}`, differencesInNotes(dialect)];
  if (recorded.length > 0) {
    parts.push('### In recorded requests', recorded.map(itemOf).join('\n'));
  }
  return parts.join('\n\n');
}

const itemOf = ({ list, steps, what, reason, since }: KnownDifference): string => {
  const names = steps.length > 3 ? `${steps.length} requests` : steps.map((step) => `\`${step}\``).join(', ');
  return listItem(`\`${list}\`, ${names}: ${placeOf(what)}. *${reason}* Since ${since}.`);
};

/** Names the part of a response. */
function placeOf(what: string | undefined): string {
  if (what === undefined) return 'the response';
  const [part, ...path] = what.split('/');
  if (part === 'body') return `\`${path.join('/')}\` of the body`;
  return `the ${what}`;
}
