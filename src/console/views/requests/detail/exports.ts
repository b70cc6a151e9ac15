/** What can be made of a request: a command, a rule, a scenario, a test. */

import { ownRoot } from '../../../api/client.ts';
import { quote } from '../../../api/curl.ts';
import type { SessionEntry } from '../../../session/session.ts';

/** Headers that `curl` sets itself. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'transfer-encoding',
  'user-agent',
  'expect',
]);
/** What the journal writes instead of secrets: a word, or the beginning of a digest. */
const REDACTED = /\[redacted\]|^sha256:[0-9a-f]{16}$/;

/** Returns a request as a `curl` command. Secrets are taken from the variable TOKEN. */
export function asCurl({ method, url, request }: SessionEntry): string {
  const root = /^https?:/.test(url) ? '' : ownRoot().replace(/\/w\/[^/]+$/, '');
  const parts = ['curl', '-i'];
  if (method === 'HEAD') parts.push('-I');
  else if (method !== 'GET') parts.push('-X', method);
  parts.push(quote(root + url));
  for (const { name, value } of request.headers) {
    if (OWN_HEADERS.has(name.toLowerCase())) continue;
    parts.push('-H', REDACTED.test(value) ? `"${name}: $TOKEN"` : quote(`${name}: ${value}`));
  }
  const text = request.body?.text;
  if (text !== undefined) parts.push('--data-raw', quote(text));
  return parts.join(' ');
}

/** A rule that gives the next request for an operation the same response. */
export interface CopiedRule {
  readonly match: { readonly operation: string; readonly image?: { readonly id: string } };
  readonly fault: Readonly<Record<string, unknown>>;
  readonly phase?: string;
  readonly undocumented?: true;
}

/** Returns a rule that makes the response of a request happen again. */
export function ruleOf(entry: SessionEntry): CopiedRule {
  const { operation, status, fault } = entry;
  const isUndocumented = status >= 500 || (status >= 400 && fault !== undefined);
  return {
    match: { operation: operation ?? '*' },
    fault: faultOf(entry),
    ...((fault?.phase === 'after' || fault?.phase === 'twice') && { phase: fault.phase }),
    ...(isUndocumented && { undocumented: true as const }),
  };
}

/** Returns a rule that holds the next request for the operation of an entry until somebody decides about it. */
export const holdOf = ({ operation }: SessionEntry): CopiedRule => ({
  match: { operation: operation ?? '*' },
  fault: { hold: true },
});

function faultOf({ status, fault, response, milliseconds }: SessionEntry): CopiedRule['fault'] {
  if (fault?.kind === 'delay') return { delay: `${Math.max(1, Math.round(milliseconds))}ms` };
  if (status === 0) return { cut: 'reset' };
  const retryAfter = response.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value;
  const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return { answer: status, ...(status >= 400 && seconds !== undefined && { retryAfter: seconds }) };
}

/** Returns a scenario file with one rule that makes the response happen. */
export function asScenario(entry: SessionEntry): string {
  const { match, fault, phase, undocumented } = ruleOf(entry);
  const operation = entry.operation ?? 'request';
  const name = `${operation}-${entry.status === 0 ? 'cut' : entry.status}`.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return [
    `scenario: ${name}`,
    `description: The next ${operation} ${entry.status === 0 ? 'gets no response' : `returns ${entry.status}`}.`,
    'rules:',
    `  - match: ${flow(match)}`,
    '    calls: { to: 1 }',
    `    fault: ${flow(fault)}`,
    ...(phase === undefined ? [] : [`    phase: ${phase}`]),
    ...(undocumented === undefined ? [] : ['    undocumented: true']),
    '',
  ].join('\n');
}

/** Writes a value in one line of YAML. */
function flow(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, member]) => `${name}: ${flow(member)}`)
      .join(', ')} }`;
  }
  return typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
}

/** Returns a test for Jest that makes the response happen and checks that the client got it. */
export function asJest(entry: SessionEntry): string {
  const { operation, status } = entry;
  return `import { createTest } from 'sideglance/jest';

const test = createTest();

test('handles ${titleOf(entry)}', async ({ world }) => {
  world.faults.arm(${JSON.stringify(ruleOf(entry))});

  // Run your client against world.settings().openstack.OS_AUTH_URL.

  expect(world).${status === 0 ? `toHaveReceived({ operation: '${operation}' })` : `toHaveMet('${operation}', ${status})`};
});
`;
}

/** Returns a test for pytest that makes the response happen and checks that the client got it. */
export function asPytest(entry: SessionEntry): string {
  const { operation, status } = entry;
  const name = titleOf(entry).replace(/\W+/g, '_').toLowerCase();
  const check =
    status === 0
      ? `sideglance_world.assert_received({"operation": "${operation}"})`
      : `sideglance_world.assert_met("${operation}", ${status})`;
  return `def test_handles_${name}(sideglance_world):
    sideglance_world.arm(${python(ruleOf(entry))})

    # Run your client with sideglance_world.settings.

    ${check}
`;
}

const titleOf = ({ operation, status }: SessionEntry): string =>
  `${status === 0 ? 'no response' : status} to ${operation ?? 'a request'}`;

/** Writes a value as Python does. */
function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}: ${python(member)}`)
      .join(', ')}}`;
  }
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value === null ? 'None' : JSON.stringify(value);
}
