import type { FuncKeywordDefinition } from 'ajv';

type Validate = ReturnType<NonNullable<FuncKeywordDefinition['compile']>>;

/** The number of a value as a text: of a number its integer part, of a text the number that it holds. */
function amountOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(BigInt(Math.trunc(value))) : String(value);
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? value : undefined;
}

/** A keyword that limits the number of a value. Text that holds no number is valid. */
const amountKeyword = (
  keyword: string,
  reason: string,
  isValid: (amount: number, limit: number) => boolean,
): FuncKeywordDefinition => ({
  keyword,
  type: ['number', 'string'],
  schemaType: 'number',
  errors: true,
  compile(limit: number) {
    const validate: Validate = (value) => {
      const amount = amountOf(value);
      if (amount === undefined || isValid(Number(amount), limit)) return true;
      validate.errors = [{ keyword, params: { limit, amount }, message: `must be ${reason} ${limit}` }];
      return false;
    };
    return validate;
  },
});

/** Limits of amounts: numbers, and texts that hold a number. JSON Schema's own keywords ignore texts. */
export const AMOUNT_KEYWORDS: readonly FuncKeywordDefinition[] = [
  amountKeyword('minimumAmount', 'at least', (amount, limit) => amount >= limit),
  amountKeyword('exclusiveMinimumAmount', 'more than', (amount, limit) => amount > limit),
  amountKeyword('maximumAmount', 'at most', (amount, limit) => amount <= limit),
];
