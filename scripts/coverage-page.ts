/** Generates docs/coverage.md: every operation with its statuses, what can cause them, and the evidence for them. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_RELEASE, RANK, type Release } from '../src/base/release.ts';
import type { Source } from '../src/base/source.ts';
import { type Call, type Contract, sourceOf } from '../src/contract/contract.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import { buildRoutes, type Mount } from '../src/dialects/routes.ts';
import { ranksOf } from '../src/domain/release.ts';
import { OBSERVED } from '../src/faults/observed.ts';
import { type Api, type CaseFile, releasesOf, type Step } from './conformance/case.ts';
import { caseFiles, caseName, readCase } from './conformance/files.ts';
import { readTranscript, recordedOn } from './conformance/transcript.ts';
import { listItem } from './wrap-markdown.ts';

const MOUNTS: Readonly<Record<Api, string>> = { image: '/image', compute: '/compute', identity: '/identity' };

/** Returns `operation status` of every recorded response of a real service. */
function recordedStatuses(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of caseFiles()) {
    const file = readCase(path);
    for (const release of releasesOf(file)) {
      for (const recorded of statusesIn(file, caseName(path), release)) found.add(recorded);
    }
  }
  return found;
}

/** Returns `operation status` of the responses to a list, on one release. */
function statusesIn({ steps }: CaseFile, name: string, release: Release): readonly string[] {
  const directory = recordedOn(release);
  if (!existsSync(join(directory, `${name}.json`))) return [];
  const { mounts } = buildRoutes(DIALECTS);
  const statuses = new Map(readTranscript(name, directory).steps.map(({ id, answer }) => [id, answer.status]));
  return steps.flatMap((step) => {
    const status = statuses.get(step.id);
    const mount = mounts.find((each) => each.path === MOUNTS[step.api ?? 'image']);
    if (status === undefined || mount === undefined) return [];
    return operationsOf(step, mount, release).map((name) => `${name} ${status}`);
  });
}

/** Returns the names of the operations that a request reaches. */
function operationsOf(step: Step, mount: Mount, release: Release): readonly string[] {
  const { dialect } = mount;
  const [below = '', search = ''] = step.path.split('?', 2);
  const plain = below.replaceAll(/\{[^}]*\}/g, 'x');
  const routed = dialect.normalise?.(plain, {}, ranksOf(release, {})) ?? plain;
  const tree = mount.treeAt(RANK[release]);
  const match = tree.find(step.method, routed);
  const refs = match?.values ?? [...tree.at(routed).values()].flat();
  const ids = refs.map(({ id }) => id);
  const chosen = match === undefined ? ids : [dialect.choose?.(ids, callOf(step, search)) ?? ids[0]];
  return chosen.map((id) => `${dialect.name}.${id}`);
}

/** The parts of a request that select between operations with the same path. */
const callOf = (step: Step, search: string): Call =>
  ({
    method: step.method,
    path: step.path,
    search,
    query: new URLSearchParams(search),
    headers: {},
    params: {},
    body: step.json === undefined ? undefined : Buffer.from(JSON.stringify(step.json)),
  }) as unknown as Call;

const MARKS = { recorded: '●', document: '○', inferred: '◌' } as const;

/** Returns the page in Markdown. */
export function coveragePage(contracts: readonly Contract[]): string {
  const recorded = recordedStatuses();
  const sections = contracts.map((contract) => section(contract, recorded));
  return `# Supported operations and statuses

Generated from the contracts and the recorded responses (\`npm run generate\`). Every status below has a shipped
[scenario](scenarios.md), such as \`image-v2.deleteImage.403\`. What else causes it:

- nothing else: the status is in *italics*, and returned only by rules (\`injected\`);
- state and input, in a world where a [profile](apis.md#profiles) has another choice than the default: the status is
  underlined, and the table *By profile* names the choice (\`by-profile\`);
- state and input in any world: all others (\`natural\`).

The coverage report and the journal count each response in the same three classes. A response that the client did not receive
completely counts in none of them.

Evidence: ${MARKS.recorded} recorded from the real service and replayed in every test run, ${MARKS.document} the published document,
${MARKS.inferred} inferred, because the document does not list the operation.

| API | operations | statuses | natural | by profile | injected only | recorded |
|---|---|---|---|---|---|---|
${sections.map(({ summary }) => summary).join('\n')}

${sections.map(({ text }) => text).join('\n')}
${observedSection()}`;
}

/** The section on responses of proxies, which are not documented statuses. */
function observedSection(): string {
  const rows = OBSERVED.map(
    ({ name, status, meaning, source }) => `| \`${name}\` | ${status} | ${meaning} | ${source} |`,
  );
  return `## Responses of proxies
No document lists these, and they are counted separately. A rule returns them with
\`answer: { observed: nginx-504 }\` for any operation.

| name | status | when | source |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** How a status is written, by what causes it. */
const STYLES: Readonly<Record<Source, (status: number) => string>> = {
  natural: String,
  'by-profile': (status) => `<u>${status}</u>`,
  injected: (status) => `*${status}*`,
};

/** The statuses that take another choice of a profile. */
function byProfileTable(contract: Contract): string {
  const choices = Object.entries(contract.byProfile ?? {});
  if (choices.length === 0) return '';
  const rows = choices.map(([choice, operations]) => {
    const cells = Object.entries(operations).map(([id, statuses]) => `\`${id}\` ${statuses.join(', ')}`);
    return listItem(`\`${choice}\`: ${cells.join('; ')}`);
  });
  return `\nBy profile:\n\n${rows.join('\n')}\n`;
}

function section(
  contract: Contract,
  recorded: ReadonlySet<string>,
): { readonly summary: string; readonly text: string } {
  const counts = { operations: 0, responses: 0, natural: 0, 'by-profile': 0, injected: 0, recorded: 0 };
  const annexes = new Map<string, string[]>();
  const rows: string[] = [];
  for (const [id, operation] of Object.entries(contract.operations)) {
    const responses = [...operation.statuses]
      .sort((a, b) => a - b)
      .map((status) => {
        const isRecorded = recorded.has(`${contract.name}.${id} ${status}`);
        const source = sourceOf(contract, id, status);
        if (operation.annex === undefined) {
          counts.responses += 1;
          counts[source] += 1;
          if (isRecorded) counts.recorded += 1;
        }
        const mark = isRecorded ? 'recorded' : operation.confidence === 'inferred' ? 'inferred' : 'document';
        return STYLES[source](status) + MARKS[mark];
      });
    const path = (operation.mount ?? contract.mount) + operation.path;
    const { since } = operation;
    const release = since !== undefined && RANK[since] > RANK[FIRST_RELEASE] ? `, from ${since} on` : '';
    const row = `| \`${id}\` | ${operation.method.toUpperCase()} \`${path}\`${release} | ${responses.join(' ')} |`;
    if (operation.annex === undefined) {
      counts.operations += 1;
      rows.push(row);
    } else {
      annexes.set(operation.annex, [...(annexes.get(operation.annex) ?? []), row]);
    }
  }
  const head = '| operation | request | statuses |\n|---|---|---|\n';
  const beyond = [...annexes].map(([annex, list]) => `\nOther operations, *${annex}*:\n\n${head}${list.join('\n')}\n`);
  return {
    summary: `| \`${contract.name}\` | ${counts.operations} | ${counts.responses} | ${counts.natural} | ${counts['by-profile']} | ${counts.injected} | ${counts.recorded} |`,
    text: `## ${contract.name}\n${contract.title}\n\n${head}${rows.join('\n')}\n${byProfileTable(contract)}${beyond.join('')}`,
  };
}
