import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Operation } from '../../src/contract/contract.ts';
import type { ComparedResponse } from './both-ways/compare.ts';
import { injectedResponse, naturalResponse } from './both-ways/send.ts';
import type { Recipe } from './by-state/table.ts';
import type { Client } from './support.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

/** Values in the place of those that a comparison removes, so that a body can be held against its schema. */
const restored = (body: string): string =>
  body
    .replaceAll('<uuid>', '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77')
    .replaceAll('<hex>', '5b1f0c587f8f4e0b9d0e0d7c5d1f3a77')
    .replaceAll('<time>', '2026-11-21T12:00:00Z')
    .replaceAll('<host>', '127.0.0.1:9292');

const isJson = ({ headers }: ComparedResponse): boolean =>
  headers['content-type']?.startsWith('application/json') === true;

/** The members of a JSON object; empty for other values. */
const membersOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** Headers that depend on the microversion that a request names, or on what is known of an image. */
const isVarying = (name: string): boolean => /^vary$|api-version$|^x-image-meta|^etag$/.test(name);

const headerNames = ({ headers }: ComparedResponse): readonly string[] =>
  Object.keys(headers)
    .filter((name) => !isVarying(name))
    .sort();

/** An operation with the recipes for its success and for one of its errors. */
export interface RefusedOperation {
  readonly name: string;
  readonly operation: Operation;
  readonly success: Recipe;
  readonly error: number;
  readonly refused: Recipe;
}

/**
 * Tests that a success that is injected into requests which the service rejects is whole: it has the headers of a natural
 * success, and a body that its schema accepts.
 */
export const testRefusedSuccesses = (client: () => Client, operations: readonly RefusedOperation[]): void =>
  test.each(operations.map((one) => [one.name, one.operation.success, one.error, one] as const))(
    '%s returns a whole %i for a request that gets %i',
    async (name, status, error, { operation, success, refused }) => {
      const cell = { operation: name, status };
      const natural = await naturalResponse(client(), { operation: name, status: error }, refused);
      const injected = await injectedResponse(client(), cell, { recipe: refused, natural, success });
      const { response } = await naturalResponse(client(), cell, success);
      expect([injected.status, headerNames(injected)]).toEqual([status, headerNames(response)]);
      if (isJson(response) && response.body !== '') expectBody(injected.body, response.body, operation);
    },
  );

function expectBody(injected: string, natural: string, { response }: Operation): void {
  const body: unknown = JSON.parse(restored(injected));
  const [wrapper, ...others] = membersOf(JSON.parse(natural));
  if (wrapper !== undefined && others.length === 0) expect(membersOf(body)).toEqual([wrapper]);
  if (response === undefined) return;
  const isValid = ajv.compile(response);
  isValid(body);
  const errors = isValid.errors ?? [];
  // The comparison has replaced the forms of ids and times.
  const formless = new Set(errors.filter(({ keyword }) => /^(pattern|format)$/.test(keyword)).map(at));
  const violations = errors.filter((error) => !formless.has(at(error)));
  expect(violations).toEqual([]);
}

const at = ({ instancePath }: { readonly instancePath: string }): string => instancePath;
