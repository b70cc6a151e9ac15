import type { Handler, OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pageOf } from '../../glance/image-list/pages.ts';
import { pageSizeOf } from '../../glance/image-list/query.ts';
import { rejectBody, textReply } from '../../glance/wire.ts';
import { ifOffered } from '../gateway.ts';
import { choiceOf } from '../profiles.ts';
import { nativeChangeHandler } from '../wire.ts';
import type { v1Operations } from './contract.ts';
import { parseV1List } from './parse.ts';
import { v1ImageHeaders, v1ImageListText } from './present.ts';

const v1Handler = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  ifOffered('v1-calls', handler);

/** Handlers of the deprecated operations, in worlds that offer them. */
export const v1Handlers: OperationHandlers<typeof v1Operations, Context> = {
  listImagesDetailV11: v1Handler((call, { cloud, caller }) => {
    const query = parseV1List(call.query, caller, pageSizeOf(cloud.limits));
    if (typeof query === 'string') return new GlanceError(400, query).reply(call);
    return textReply(200, v1ImageListText(pageOf(cloud.images, { query }, caller).images));
  }),

  headImageV1: v1Handler((call, { cloud, caller }) => {
    if (call.body !== undefined) {
      return new GlanceError(400, 'A body is not expected with this request.').reply(call);
    }
    return { status: 200, headers: v1ImageHeaders(cloud.images.show(caller, call.params.image_id)) };
  }),

  deleteImageV11: v1Handler(
    nativeChangeHandler((call, { cloud, caller }) => {
      rejectBody(call);
      cloud.images.remove(caller, call.params.image_id);
      return {
        status: choiceOf(cloud, 'delete-v1.1') === 'table' ? 204 : 200,
        headers: { 'Content-Type': 'text/html; charset=UTF-8' },
      };
    }),
  ),
};
