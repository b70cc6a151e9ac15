import type { Call, Handler, Reply } from '../../../contract/contract.ts';
import type { Change } from '../../../domain/metadefs/part-writer.ts';
import { MetadefError } from '../../../domain/metadefs/problem.ts';
import type { Context } from '../../dialect.ts';
import { rejectUndecodableQuery, textReply, withErrorMapping } from '../../glance/wire.ts';
import { jsonText } from './present.ts';
import { metadefError, type OperationTarget } from './problems.ts';

/**
 * Wraps a handler: presents errors of the catalog as the request accepts.
 * @param target - what the operation works on.
 */
export const metadefHandler = <Param extends string>(
  target: OperationTarget,
  handler: (call: Call<Param>, context: Context) => Reply,
): Handler<Context, Param> =>
  withErrorMapping((call, context) => {
    try {
      return handler(call, context);
    } catch (error) {
      throw error instanceof MetadefError ? metadefError(error.problem, target) : error;
    }
  });

/** The query of an operation that reads parameters. @throws GlanceError 400 for one that cannot be decoded. */
export function queryOf(call: Pick<Call, 'query' | 'search'>): URLSearchParams {
  rejectUndecodableQuery(call.search);
  return call.query;
}

/** A 200 with a JSON value. */
export const ok = (value: unknown): Reply => textReply(200, jsonText(value));

/** A 201 with a JSON value. */
export const created = (value: unknown): Reply => textReply(201, jsonText(value));

/** The changed value with its former time of change: the service responds before it sets the new one. */
export const withFormerTime = <T extends { readonly updatedAt: number }>({ before, after }: Change<T>): T => ({
  ...after,
  updatedAt: before.updatedAt,
});
