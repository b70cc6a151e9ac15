import type { RecordedStep, Step } from '../case.ts';
import type { Difference } from '../compare.ts';

/** A difference with the request that has it. */
export interface FuzzDifference extends Difference {
  readonly request: Step;
  /** What differences with the same cause have in common. */
  readonly kind: string;
}

/** Most characters of a value in a kind. */
const MAX_LENGTH = 90;

/** Adds the request and the kind to each difference. Differences of one response that follow from its status are left out. */
export function withKinds(
  differences: readonly Difference[],
  steps: readonly Step[],
  reference: readonly RecordedStep[],
  subject: readonly RecordedStep[],
): readonly FuzzDifference[] {
  const requests = new Map(steps.map((step) => [step.id, step]));
  const statuses = (all: readonly RecordedStep[]) => new Map(all.map(({ id, answer }) => [id, answer.status]));
  const [one, two] = [statuses(reference), statuses(subject)];
  const first = differences.filter(({ step }, index) => differences.findIndex((each) => each.step === step) === index);
  return first.flatMap((difference) => {
    const request = requests.get(difference.step);
    if (request === undefined) return [];
    const { api = 'image', method, path } = request;
    const status = `${one.get(difference.step)}/${two.get(difference.step)}`;
    const values = difference.what === 'status' ? [] : [difference.reference, difference.subject].map(masked);
    return [
      { ...difference, request, kind: [api, method, template(path), difference.what, status, ...values].join(' ') },
    ];
  });
}

/** Keeps the fixed parts of a path: `/v2/images/*`. */
const template = (path: string): string =>
  (path.split('?', 1)[0] ?? '')
    .replaceAll(/\{[^}]*\}/g, '*')
    .split('/')
    .map((part) => (/^[a-z][a-z0-9_.-]*$/.test(part) && part.length < 30 ? part : part && '*'))
    .join('/');

/** Drops from a value what differs between requests: quoted values, numbers. */
const masked = (value: unknown): string =>
  String(JSON.stringify(value) ?? '-')
    .replaceAll(/'[^']*'|\\"[^"\\]*\\"|\{\w+\}|\d+/g, '#')
    .slice(0, MAX_LENGTH);
