import { analyzeConduct, type ConductReport } from '../conduct/analyze.ts';
import { CONDUCT_RULES } from '../conduct/rules/index.ts';
import { didYouMean } from '../contract/nearest.ts';
import { InputError } from '../input/input-error.ts';
import type { AdminContext } from './operation.ts';

/** What is judged, and how. */
export interface ConductQuery {
  /** Only requests with this label. */
  readonly label?: string | undefined;
  /** Ids of rules to leave out, separated by commas. */
  readonly ignore?: string | undefined;
  /** Ids of the only rules to apply, separated by commas. */
  readonly only?: string | undefined;
  /** Whether the client reported success in the end; some rules need to know it. */
  readonly client?: 'success' | 'failure' | undefined;
  /** Whether each client does one thing at a time, whatever connections it uses. */
  readonly sequential?: boolean | undefined;
}

/**
 * Judges what the clients of a world did.
 * @throws InputError for an unknown rule.
 */
export function readConduct({ world, host }: AdminContext, query: ConductQuery): ConductReport {
  const { label, ignore, only, client, sequential } = query;
  const subject = {
    journal: world.journal,
    contracts: host.contracts,
    findImage: (id: string) => world.images.peek(id),
  };
  return analyzeConduct(subject, {
    label,
    ignore: rulesNamed('ignore', ignore) ?? [],
    only: rulesNamed('only', only),
    clientSucceeded: client === undefined ? undefined : client === 'success',
    isSequential: sequential,
  });
}

function rulesNamed(parameter: string, text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const known = CONDUCT_RULES.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  const message = `unknown rule "${unknown}"${didYouMean(unknown, known)}`;
  throw new InputError('query', [{ pointer: `/${parameter}`, message, found: unknown, allowed: known }]);
}
