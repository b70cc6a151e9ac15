import { jsonReply, type OperationHandlers, type Reply } from '../../../contract/contract.ts';
import type { ImageSchedule } from '../../../domain/servers/server.ts';
import type { Context } from '../../dialect.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { withItems } from '../metadata/items.ts';
import { choiceOf } from '../profiles.ts';
import { addressesOf, checkRemover, checks, checkWriter } from '../wire.ts';
import type { serverOperations } from './contract.ts';
import { parseCreateImage, parseSchedule } from './parse.ts';

/** Handlers of the operations that create images of servers. */
export const serverHandlers: OperationHandlers<typeof serverOperations, Context> = {
  createServerImage: requestHandler((call, { cloud, caller, requestId }) => {
    const { name, items } = parseCreateImage(call);
    checkWriter(caller);
    const { image } = cloud.servers.createImage(caller, call.params.server_id, {
      api: 'rackspace-servers',
      type: 'createImage',
      action: 'createImage',
      image: { name, properties: withItems(cloud, {}, items) },
      requestId,
      onFailure: 'kill',
    });
    return {
      status: 202,
      headers: { Location: `${addressesOf(call, caller.projectId).self}/images/${image.id}` },
    };
  }),

  enableScheduledImages: requestHandler((call, { cloud, caller }) => {
    const schedule = parseSchedule(call);
    checkWriter(caller);
    cloud.servers.setSchedule(caller, call.params.server_id, schedule);
    return scheduleReply(schedule);
  }),

  showScheduledImages: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    const { imageSchedule } = cloud.servers.show(caller, call.params.server_id);
    if (imageSchedule !== undefined) return scheduleReply(imageSchedule);
    return choiceOf(cloud, 'schedule') === 'table' ? jsonReply(200, { image_schedule: {} }) : rejectUnscheduled();
  }),

  disableScheduledImages: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    checkRemover(caller);
    const { imageSchedule } = cloud.servers.show(caller, call.params.server_id);
    if (imageSchedule === undefined && choiceOf(cloud, 'schedule') === 'prose') return rejectUnscheduled();
    cloud.servers.setSchedule(caller, call.params.server_id, null);
    return { status: 202 };
  }),
};

const scheduleReply = ({ retention, dayOfWeek }: Omit<ImageSchedule, 'nextAt'>): Reply =>
  jsonReply(200, { image_schedule: { retention, ...(dayOfWeek !== undefined && { day_of_week: dayOfWeek }) } });

/** @throws RequestError 404. */
const rejectUnscheduled = (): never => checks.reject(404, 'No images of this server are made by themselves.');
