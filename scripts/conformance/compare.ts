import { isDeepStrictEqual } from 'node:util';
import type { RecordedStep } from './case.ts';

/** A difference between two responses to the same request. */
export interface Difference {
  readonly step: string;
  /** `status`, `header vary`, `body/images/0/name`. */
  readonly what: string;
  readonly reference: unknown;
  readonly subject: unknown;
}

/** Compares two sets of responses; reports only the first difference within each body. */
export function compare(reference: readonly RecordedStep[], subject: readonly RecordedStep[]): readonly Difference[] {
  const found = new Map(subject.map((step) => [step.id, step.answer]));
  return reference.flatMap(({ id, answer }): readonly Difference[] => {
    const other = found.get(id);
    if (other === undefined) return [{ step: id, what: 'answer', reference: answer.status, subject: undefined }];
    const differences: Difference[] = [];
    const check = (what: string, one: unknown, two: unknown): void => {
      if (!isDeepStrictEqual(one, two)) differences.push({ step: id, what, reference: one, subject: two });
    };
    check('status', answer.status, other.status);
    for (const name of new Set([...Object.keys(answer.headers), ...Object.keys(other.headers)])) {
      check(`header ${name}`, answer.headers[name], other.headers[name]);
    }
    const place = firstDifference(answer.body, other.body, 'body');
    if (place !== undefined) differences.push({ step: id, ...place });
    return differences;
  });
}

type Place = Omit<Difference, 'step'>;

function firstDifference(reference: unknown, subject: unknown, what: string): Place | undefined {
  if (isDeepStrictEqual(reference, subject)) return undefined;
  if (!isContainer(reference) || !isContainer(subject) || Array.isArray(reference) !== Array.isArray(subject)) {
    return { what, reference, subject };
  }
  for (const key of new Set([...Object.keys(reference), ...Object.keys(subject)])) {
    const place = firstDifference(reference[key], subject[key], `${what}/${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
