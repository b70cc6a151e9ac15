import { documentedOperations, shippedScenarios } from '../index.ts';
import { type AdminTarget, callAdmin } from './client.ts';
import { DEFAULT_URL } from './options.ts';

/** A value that a shell can complete, with its description. */
export interface Value {
  readonly value: string;
  readonly description: string;
}

/** Lists the values for a command line. @param words - the words of the command line, without the program. */
type ListValues = (words: readonly string[]) => readonly Value[] | Promise<readonly Value[]>;

/** How long a shell waits for a server, in milliseconds. */
const PATIENCE = 1000;

/** Values of flags, by flag, or by command and flag. */
const OF_FLAGS: Readonly<Record<string, ListValues>> = {
  '--operation': () => operations(),
  '--world': (words) => worlds(words),
  '--fork': (words) => worlds(words),
  '--scenario': (words) => scenarios(words),
  '--dialect': () => dialects(),
  '--answer': (words) => statuses(words),
  'requests list --status': (words) => statuses(words),
  'requests har --status': (words) => statuses(words),
};

/** Values of the first argument of commands. */
const OF_ARGUMENTS: Readonly<Record<string, ListValues>> = {
  'scenarios enable': (words) => scenarios(words),
  'scenarios disable': (words) => scenarios(words),
  'scenarios show': (words) => scenarios(words),
  'scenarios state': (words) => scenarios(words),
  'scenarios explain': () => operations(),
  'worlds create': () => [],
  'worlds drop': (words) => worlds(words),
  'worlds reset': (words) => worlds(words),
  'worlds snapshot': (words) => worlds(words),
  'worlds snapshots': (words) => worlds(words),
  'worlds restore': (words) => worlds(words),
  'faults disarm': (words) => faults(words),
  'held show': (words) => held(words),
  'held continue': (words) => held(words),
  'held respond': (words) => held(words),
  'images show': (words) => images(words),
  'images data': (words) => images(words),
  'images patch': (words) => images(words),
  'images delete': (words) => images(words),
  'tasks advance': (words) => tasks(words),
  'tasks finish': (words) => tasks(words),
  'tasks patch': (words) => tasks(words),
};

/** The values that one flag or argument can have. */
export interface Completable {
  /** The command: `scenarios enable`. */
  readonly command: string;
  /** The flag without its dashes; `undefined` for the first argument. */
  readonly flag?: string | undefined;
}

/** Returns the values of a flag or of the first argument of a command; `undefined` where it has none of its own. */
export async function valuesOf(
  { command, flag }: Completable,
  words: readonly string[],
): Promise<readonly Value[] | undefined> {
  const list = flag === undefined ? OF_ARGUMENTS[command] : (OF_FLAGS[`${command} --${flag}`] ?? OF_FLAGS[`--${flag}`]);
  return list?.(words);
}

function operations(): readonly Value[] {
  return documentedOperations().map(({ dialect, operation, method, path }) => ({
    value: `${dialect}.${operation}`,
    description: `${method} ${path}`,
  }));
}

const dialects = (): readonly Value[] =>
  [...new Set(documentedOperations().map(({ dialect }) => dialect))].map((value) => ({ value, description: '' }));

/** The statuses that the operation of the command line documents; those of all operations without one. */
function statuses(words: readonly string[]): readonly Value[] {
  const named = flagOf(words, '--operation');
  const all = documentedOperations();
  const meant = all.filter(({ dialect, operation }) => `${dialect}.${operation}` === named);
  const found = new Set((meant.length === 0 ? all : meant).flatMap((operation) => operation.statuses));
  return [...found].sort((a, b) => a - b).map((status) => ({ value: String(status), description: '' }));
}

/** The scenarios of the server; those of the package if none runs. */
const scenarios: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin(target, 'listScenarios', { query: {} }));
  const all = listed?.scenarios ?? shippedScenarios();
  return all.map(({ name, description }) => ({ value: name, description }));
};

const worlds: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin({ ...target, world: 'default' }, 'listWorlds', {}));
  return (listed?.worlds ?? []).map(({ name, url }) => ({ value: name, description: url }));
};

const faults: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin(target, 'listFaults', {}));
  return (listed?.faults ?? []).map(({ id, operations: [first = ''] }) => ({ value: id, description: first }));
};

const held: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin(target, 'listHeld', { query: {} }));
  return (listed?.held ?? []).map(({ id, method, url }) => ({ value: id, description: `${method} ${url}` }));
};

const images: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin(target, 'listImages', { query: {} }));
  return (listed?.images ?? []).map(({ id, name, status }) => ({
    value: id,
    description: `${name ?? ''} (${status})`,
  }));
};

const tasks: ListValues = async (words) => {
  const listed = await askServer(words, (target) => callAdmin(target, 'listTasks', { query: {} }));
  return (listed?.tasks ?? []).map(({ id, type, status }) => ({ value: id, description: `${type}, ${status}` }));
};

/** Returns what the server of the command line says; `undefined` if it cannot be reached in time, or refuses. */
async function askServer<T>(
  words: readonly string[],
  ask: (target: AdminTarget) => Promise<T>,
): Promise<T | undefined> {
  const setting = (flag: string, variable: string): string | undefined => flagOf(words, flag) ?? process.env[variable];
  const adminToken = setting('--admin-token', 'SIDEGLANCE_ADMIN_TOKEN');
  const target = {
    url: (setting('--url', 'SIDEGLANCE_URL') ?? DEFAULT_URL).replace(/\/+$/, ''),
    world: setting('--world', 'SIDEGLANCE_WORLD') ?? 'default',
    ...(adminToken !== undefined && { adminToken }),
    signal: AbortSignal.timeout(PATIENCE),
  };
  return ask(target).catch(() => undefined);
}

/** The value of a flag on a command line: `--world a`, `--world=a`. */
function flagOf(words: readonly string[], flag: string): string | undefined {
  const inline = words.find((word) => word.startsWith(`${flag}=`));
  if (inline !== undefined) return inline.slice(flag.length + 1);
  const index = words.indexOf(flag);
  return index === -1 ? undefined : words[index + 1];
}
