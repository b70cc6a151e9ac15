import type { DialectName } from '../../../src/dialects/dialect.ts';

/** Where an injected response differs from the natural one. */
export interface Difference {
  /** `default`: without `problem`; `named`: with every `problem`, and so without one too. */
  readonly way: 'default' | 'named';
  readonly reason: string;
}

/** Cells whose responses may differ, by dialect, operation and status. An entry without a difference fails the test. */
export const DIFFERENCES: Readonly<Partial<Record<DialectName, Readonly<Record<string, Difference>>>>> = {
  'image-v2': {
    'addImageLocation.400': {
      way: 'default',
      reason: 'The data at the address decides, and an injected response downloads nothing.',
    },
  },
};
