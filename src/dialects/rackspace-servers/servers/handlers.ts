import { isObject } from '../../../base/json.ts';
import { type Handler, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import { DAYS_OF_WEEK, type DayOfWeek, type ImageSchedule } from '../../../domain/servers/server.ts';
import type { Context } from '../../dialect.ts';
import { refusing } from '../../rackspace/request-rules.ts';
import { addressesOf } from '../images/present.ts';
import { presentAbsolute, presentQuotas } from '../limits/quotas.ts';
import { presentRates } from '../limits/rate-limits.ts';
import { parseItems, withItems } from '../metadata/items.ts';
import { choiceOf } from '../profiles.ts';
import { checkRemover, checkWriter, rules } from '../wire.ts';
import type { serverOperations } from './contract.ts';

interface ServersContract {
  readonly name: 'rackspace-servers';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof serverOperations;
}

const MAX_NAME = 255;
const MAX_RETENTION = 65_535;

const presentSchedule = (schedule: Omit<ImageSchedule, 'nextAt'>) => ({
  image_schedule: {
    retention: schedule.retention,
    ...(schedule.dayOfWeek !== undefined && { day_of_week: schedule.dayOfWeek }),
  },
});

/**
 * Handlers of what servers, limits and log-ins have to do with images.
 * @param authenticate - the identity service's own.
 */
export const serverHandlers = (authenticate: Handler<Context>): Handlers<ServersContract, Context> => ({
  authenticate,

  createServerImage: refusing((call, { cloud, caller, requestId }) => {
    const { createImage } = rules.parseObject(call);
    if (!isObject(createImage)) return rules.refuse(400, 'There is no such action: the body names createImage.');
    const { name, metadata } = createImage;
    if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_NAME) {
      return rules.refuse(400, `The name of an image has 1 to ${MAX_NAME} characters.`);
    }
    const items = metadata === undefined ? {} : parseItems(metadata, 'metadata');
    checkWriter(caller);
    const { server_id: serverId } = call.params;
    const { image } = cloud.servers.createImage(caller, serverId, {
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

  enableScheduledImages: refusing((call, { cloud, caller }) => {
    const { image_schedule: wish } = rules.parseObject(call);
    if (!isObject(wish)) return rules.refuse(400, 'The body holds an image_schedule.');
    const schedule = { retention: parseRetention(wish['retention']), ...parseDay(wish['day_of_week']) };
    checkWriter(caller);
    cloud.servers.setSchedule(caller, call.params.server_id, schedule);
    return jsonReply(200, presentSchedule(schedule));
  }),

  showScheduledImages: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    const { imageSchedule } = cloud.servers.show(caller, call.params.server_id);
    if (imageSchedule !== undefined) return jsonReply(200, presentSchedule(imageSchedule));
    return choiceOf(cloud, 'schedule') === 'table' ? jsonReply(200, { image_schedule: {} }) : noSchedule();
  }),

  disableScheduledImages: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    checkRemover(caller);
    const { imageSchedule } = cloud.servers.show(caller, call.params.server_id);
    if (imageSchedule === undefined && choiceOf(cloud, 'schedule') === 'prose') return noSchedule();
    cloud.servers.setSchedule(caller, call.params.server_id, null);
    return { status: 202 };
  }),

  showLimits: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    return jsonReply(200, { limits: { rate: presentRates(cloud, caller), absolute: presentAbsolute(cloud, caller) } });
  }),

  showQuotas: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    const { target_tenant_id: target } = call.params;
    if (target !== caller.projectId && !caller.isAdmin) return rules.refuse(403, 'The quotas are those of others.');
    return jsonReply(200, presentQuotas(cloud, target));
  }),
});

const noSchedule = (): Reply => rules.refuse(404, 'No images of this server are made by themselves.');

function parseRetention(value: unknown): number {
  const isRight = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_RETENTION;
  return isRight ? (value as number) : rules.refuse(400, `retention is a whole number from 1 to ${MAX_RETENTION}.`);
}

function parseDay(value: unknown): { readonly dayOfWeek?: DayOfWeek } {
  if (value === undefined) return {};
  const day = DAYS_OF_WEEK.find((each) => each === value);
  return day === undefined
    ? rules.refuse(400, `day_of_week is one of ${DAYS_OF_WEEK.join(', ')}.`)
    : { dayOfWeek: day };
}
