import type { Call, Handler, Reply } from '../../../contract/contract.ts';
import type { Change } from '../../../domain/metadefs/part-writer.ts';
import { MetadefError } from '../../../domain/metadefs/problem.ts';
import type { Context } from '../../dialect.ts';
import { tagOf } from '../../glance/sharing.ts';
import { rejectUndecodableQuery, textReply, withErrorMapping } from '../../glance/wire.ts';
import { jsonText } from './present.ts';
import { metadefError, type Subject } from './problems.ts';

/** A handler whose refusals, those of the catalogue too, are worded as the request's Accept prefers. */
export const about = <Param extends string>(
  subject: Subject,
  handler: (call: Call<Param>, context: Context) => Reply,
): Handler<Context, Param> =>
  withErrorMapping((call, context) => {
    rejectUndecodableQuery(call.search);
    try {
      return handler(call, context);
    } catch (error) {
      throw error instanceof MetadefError ? metadefError(error.problem, subject) : error;
    }
  });

/** What a path names: its bytes are taken one by one, so a letter outside ASCII becomes several. */
export const nameOf = tagOf;

/** An answer that shows something. */
export const ok = (value: unknown): Reply => textReply(200, jsonText(value));

/** An answer that shows what was made. */
export const created = (value: unknown): Reply => textReply(201, jsonText(value));

/** What was changed, with the time at which it was changed before: the service answers too early to know better. */
export const asAnswered = <T extends { readonly updatedAt: number }>({ before, after }: Change<T>): T => ({
  ...after,
  updatedAt: before.updatedAt,
});
