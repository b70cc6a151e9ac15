import { isFalse, isTrue } from '../../../nova/booleans.ts';
import { ServerError } from '../../protocol/server-error.ts';
import { type SpecValue, specValueOf } from './known-specs.ts';

type ValueOf<Kind extends SpecValue['kind']> = Extract<SpecValue, { readonly kind: Kind }>;

/**
 * Checks an extra spec as Nova does from microversion 2.86.
 * @returns the message of a 400; `undefined` if the name is free or the value is valid.
 * @throws ServerError for a number where a text with a pattern is expected.
 */
export function checkSpec(name: string, value: string | number): string | undefined {
  const allowed = specValueOf(name);
  if (allowed === 'free') return undefined;
  const error =
    allowed === 'unknown'
      ? `extra spec '${name}' does not appear to be a valid extra spec.`
      : checkValue(allowed, value);
  return error === undefined ? undefined : `Validation failed; ${error}`;
}

function checkValue(allowed: SpecValue, value: string | number): string | undefined {
  switch (allowed.kind) {
    case 'text':
      return checkText(allowed, value);
    case 'integer':
      return checkInteger(allowed, value);
    default: {
      const text = String(value).trim();
      return isTrue(text) || isFalse(text) ? undefined : `'${value}' is not a valid boolean-like value.`;
    }
  }
}

function checkText({ pattern, choices }: ValueOf<'text'>, value: string | number): string | undefined {
  if (pattern !== undefined) {
    if (typeof value === 'number') throw new ServerError('TypeError');
    return new RegExp(`^(?:${pattern})$`).test(value) ? undefined : `'${value}' is not of the format '${pattern}'.`;
  }
  return choices === undefined || choices.some((choice) => choice === value)
    ? undefined
    : `'${value}' is not one of: ${choices.join(', ')}.`;
}

function checkInteger({ min, max }: ValueOf<'integer'>, value: string | number): string | undefined {
  const isInteger = typeof value === 'number' || /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value);
  if (!isInteger) return `'${value}' is not a valid integer value.`;
  const amount = Math.trunc(Number(String(value).replaceAll('_', '')));
  if (max !== undefined && amount > max) return `'${amount}' is greater than the max value of '${max}'.`;
  return min !== undefined && amount < min ? `'${amount}' is less than the min value of '${min}'.` : undefined;
}
