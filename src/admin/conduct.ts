import type { Work } from '../base/slices.ts';
import { analyzeConduct, type ConductReport, type ConductSubject } from '../conduct/analyze.ts';
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
export function readConduct(context: AdminContext, query: ConductQuery): Work<ConductReport> {
  const { label, ignore, only, client, sequential } = query;
  return analyzeConduct(conductSubject(context), {
    label,
    ignore: rulesNamed('ignore', ignore) ?? [],
    only: rulesNamed('only', only),
    clientSucceeded: client === undefined ? undefined : client === 'success',
    isSequential: sequential,
  });
}

/** The world of a context, as conduct is judged. */
export const conductSubject = ({ world, host }: AdminContext): ConductSubject => ({
  journal: world.journal,
  contracts: host.contracts,
  findImage: (id) => world.images.peek(id),
});

function rulesNamed(parameter: string, text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const known = CONDUCT_RULES.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  const message = `unknown rule "${unknown}"${didYouMean(unknown, known)}`;
  throw new InputError('query', [{ pointer: `/${parameter}`, message, found: unknown, allowed: known }]);
}
