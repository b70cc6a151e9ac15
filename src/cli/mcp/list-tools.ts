import { compileGlob, isReceived, type ProbeView } from '../../index.ts';
import { type AdminTarget, callAdmin } from '../client.ts';
import type { Arguments, Schema, Tool } from './tool.ts';

/** Items that a tool lists unless `limit` says otherwise, so that a list does not fill the context of an agent. */
const LISTED = 50;

const LIMIT: Schema = { type: 'integer', minimum: 1, description: `Maximum number of items; ${LISTED} when omitted.` };
const SEARCH: Schema = { type: 'string', description: 'Words that all have to occur in the name or the description.' };

/** Tools that search long lists, or return a part of what the admin API returns. */
export const LIST_TOOLS: readonly Tool[] = [
  {
    name: 'list_scenarios',
    description:
      'Lists scenarios, which inject faults once they are enabled. There is one for each documented status, such as image-v2.deleteImage.403, and a library for common situations.',
    effect: 'reads',
    properties: {
      search: SEARCH,
      enabled: { type: 'boolean', description: 'Only enabled ones, or only others.' },
      limit: LIMIT,
    },
    run: listScenarios,
  },
  {
    name: 'list_operations',
    description: 'Lists operations of the doubled APIs with the statuses that their documents list.',
    effect: 'reads',
    properties: { search: SEARCH, limit: LIMIT },
    run: listOperations,
  },
  {
    name: 'explain',
    description:
      'Explains what each rule of the enabled scenarios and armed faults would do with the next request, and why.',
    effect: 'reads',
    properties: {
      operation: { type: 'string', description: 'Such as image-v2.deleteImage.' },
      image: { type: 'string', description: 'Id of an image.' },
      project: { type: 'string', description: 'Id or name of the project of the caller.' },
      user: { type: 'string', description: 'Id or name of the caller.' },
      client: { type: 'string', description: 'Name of the client.' },
    },
    required: ['operation'],
    run: explain,
  },
  {
    name: 'coverage',
    description: 'Tells which documented responses the clients of a world received, and which they did not.',
    effect: 'reads',
    properties: {
      operation: { type: 'string', description: 'An operation, or a pattern such as *.deleteImage; all when omitted.' },
      received: { type: 'boolean', description: 'Only responses that were received, or only others.' },
      limit: LIMIT,
    },
    run: coverage,
  },
];

/** Returns the first items, and how many there are. */
function firstOf<Item>(name: string, items: readonly Item[], { limit }: Arguments): unknown {
  const shown = items.slice(0, typeof limit === 'number' ? limit : LISTED);
  return { total: items.length, [name]: shown };
}

/** Whether a text has all words of a search. */
function hasWords(text: string, search: unknown): boolean {
  if (typeof search !== 'string') return true;
  const lower = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

async function listScenarios(input: Arguments, target: AdminTarget): Promise<unknown> {
  const { scenarios } = await callAdmin(target, 'listScenarios', {});
  const found = scenarios
    .filter(({ name, description }) => hasWords(`${name} ${description}`, input['search']))
    .filter(({ enabled }) => input['enabled'] === undefined || enabled === input['enabled'])
    .map(({ name, description, enabled, hits }) => ({ name, description, enabled, hits }));
  return firstOf('scenarios', found, input);
}

async function listOperations(input: Arguments, target: AdminTarget): Promise<unknown> {
  const contracts = await callAdmin(target, 'listContracts', {});
  const found = contracts
    .map(({ dialect, operation, method, path, statuses }) => ({
      name: `${dialect}.${operation}`,
      method,
      path,
      statuses,
    }))
    .filter(({ name, method, path }) => hasWords(`${name} ${method} ${path}`, input['search']));
  return firstOf('operations', found, input);
}

async function explain(input: Arguments, target: AdminTarget): Promise<unknown> {
  const query = input as unknown as ProbeView;
  const { explanations = [] } = await callAdmin(target, 'listScenarios', { query });
  return { explanations };
}

async function coverage(input: Arguments, target: AdminTarget): Promise<unknown> {
  const { cells, totals } = await callAdmin(target, 'getCoverage', { query: {} });
  const isNamed = compileGlob(typeof input['operation'] === 'string' ? input['operation'] : '*');
  const found = cells
    .filter((cell) => isNamed(`${cell.dialect}.${cell.operation}`))
    .filter((cell) => input['received'] === undefined || isReceived(cell) === input['received'])
    .map(({ dialect, operation, status, natural, byProfile, injected }) => ({
      response: `${dialect}.${operation} ${status}`,
      natural,
      byProfile,
      injected,
    }));
  return { documented: totals, ...(firstOf('responses', found, input) as object) };
}
