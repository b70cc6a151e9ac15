import type { Json } from '../../../base/json.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Handlers } from '../../../contract/contract.ts';
import { compile, type JsonSchema } from '../../../contract/schema.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import { projectOf } from '../../../domain/images/image-rules.ts';
import type { Context, FaultDetails } from '../../dialect.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { parseTaskList, type TaskPage } from '../../glance/task-list.ts';
import { failOnBody, JSON_TYPE, parseBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { overLimit } from '../../rackspace/over-limit.ts';
import { pageLinks } from '../../shared/paging.ts';
import { checkAttributes } from '../images/check-attributes.ts';
import { parseNewImage } from '../images/parse.ts';
import { choiceOf } from '../profiles.ts';
import { notAuthorized, requireJson } from '../requests.ts';
import { type DescribedSchema, violationMessage } from '../schema-messages.ts';
import type { taskOperations } from './contract.ts';
import { taskPageText, taskText } from './present.ts';
import { TASK_PROPERTIES } from './schemas.ts';

interface TaskContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof taskOperations;
}

const TYPES = TASK_PROPERTIES.type.enum;

/** Handlers of the operations on tasks. */
export const taskHandlers: Handlers<TaskContract, Context> = {
  createTask: withErrorMapping(async (call, context) => {
    requireAccess(context);
    requireJson(call, context.cloud);
    countRequest(context);
    const { type, input } = parseTask(call);
    const { cloud, caller, requestId } = context;
    // The service fails on a task without an owner.
    if (projectOf(caller) === null) throw new GlanceError(500, FAILED);
    const origin = { input, requestId };
    const task =
      type === 'import'
        ? await cloud.imports.startTask(caller, {
            address: parseAddress(input, context),
            image: parseTaskImage(input),
            origin,
          })
        : cloud.imports.failTask(caller, { type, message: "Missing required 'image_id' field", origin });
    return {
      status: 201,
      headers: { ...JSON_TYPE, Location: `${call.base}/v2/tasks/${task.id}` },
      body: taskText(task),
    };
  }),

  listTasks: withErrorMapping((call, context) => {
    requireAccess(context);
    countRequest(context);
    const { tasks, limit } = listTasks(call, context);
    const isFull = tasks.length > 0 && tasks.length === limit;
    return textReply(
      200,
      taskPageText(tasks, pageLinks('/v2/tasks', call.query, isFull ? tasks.at(-1)?.id : undefined)),
    );
  }),

  showTask: withErrorMapping((call, context) => {
    failOnBody(call);
    requireAccess(context);
    const { cloud, caller } = context;
    return textReply(200, taskText(cloud.tasks.show(caller, 'image-v2', call.params.task_id)));
  }),

  deleteTask: withErrorMapping((call, context) => {
    failOnBody(call);
    requireAccess(context);
    throw tasksExpire();
  }),
};

/** The error for deleting a task. */
export const tasksExpire = (): GlanceError =>
  new GlanceError(
    405,
    {
      message:
        'This operation is currently not permitted on Glance Tasks. They are auto deleted after reaching the time based on their expires_at property.',
      ending: '',
    },
    { Allow: 'GET' },
  );

/** @throws GlanceError 404 in worlds whose profile disables the tasks API, 403 unless the caller is an administrator. */
function requireAccess({ cloud, caller }: Context): void {
  if (choiceOf(cloud, 'tasks') === 'off') throw new GlanceError(404, 'The resource could not be found.');
  if (!caller.isAdmin) throw notAuthorized('tasks_api_access');
}

/** Counts a request of the project. @throws GlanceError 413 over the limit. */
function countRequest({ cloud, caller }: Context): void {
  const limited = overLimit(cloud, caller);
  if (limited === undefined) return;
  const retryAfter = limited.headers?.['Retry-After'];
  throw tooManyRequests({ ...(retryAfter !== undefined && { 'Retry-After': retryAfter }) });
}

/** The Retry-After of an injected error: the time of the rule, or the end of the minute in which the limit is used up. */
export const overLimitHeaders = (cloud: Cloud, { retryAt }: Pick<FaultDetails, 'retryAt'>) => ({
  'Retry-After': new Date(retryAt ?? (Math.floor(cloud.clock.now() / 60_000) + 1) * 60_000).toUTCString(),
});

/** The error for a request over the limit. */
export const tooManyRequests = (headers: Readonly<Record<string, string | readonly string[]>>): GlanceError =>
  new GlanceError(413, 'Too many requests were made in a given amount of time.', headers);

const TASK_DOCUMENT = { name: 'task', properties: TASK_PROPERTIES, additionalProperties: false };
const TASK_SCHEMA: DescribedSchema = {
  name: 'task',
  document: TASK_DOCUMENT,
  properties: TASK_PROPERTIES,
  isTypeFirst: false,
};
const check = compile({ type: 'object', properties: TASK_PROPERTIES, additionalProperties: false } as JsonSchema);

function parseTask(call: Call): { readonly type: (typeof TYPES)[number]; readonly input: Json | null } {
  const body = parseBody(call) as Json;
  for (const member of ['type', 'input'] as const) {
    if (!Object.hasOwn(body, member)) throw new GlanceError(400, `Task '${member}' is required`);
  }
  const violations = check(body);
  if (violations.length > 0) throw new GlanceError(400, violationMessage(violations, TASK_SCHEMA));
  return { type: body['type'] as (typeof TYPES)[number], input: body['input'] as Json | null };
}

function parseAddress(input: Json | null, { cloud, caller }: Context): string {
  const address = input?.['import_from'] ?? null;
  if (address === null || address === '') throw new GlanceError(400, `Invalid location: ${address ?? 'None'}`);
  if (typeof address !== 'string') throw new GlanceError(500, FAILED);
  const scheme = /^([^:]*):/.exec(address)?.[1] ?? '';
  if (scheme === 'file' || scheme === 'filesystem') {
    throw new GlanceError(400, 'File based imports are not allowed. Please use a non-local source of image data.');
  }
  if (scheme !== 'http' && scheme !== 'https') {
    throw new GlanceError(
      400,
      "The given uri is not valid. Please specify a valid uri from the following list of supported uri ['http']",
    );
  }
  if (!cloud.imports.allows(caller, address.trim())) {
    throw new GlanceError(400, `URI for legacy import task does not pass filtering: ${address}`);
  }
  return address.trim();
}

/** Parses the image that a task creates; `null` if the input describes none. */
function parseTaskImage(input: Json | null): NewImage | null {
  const properties = input?.['image_properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return null;
  try {
    checkAttributes(properties as Json);
    // The disk format defaults to the format of the data.
    const { import_from_format: format } = input as Json;
    return parseNewImage({ ...(typeof format === 'string' && { disk_format: format }), ...properties }).image;
  } catch (error) {
    if (error instanceof GlanceError) return null;
    throw error;
  }
}

/** Lists the tasks of the caller's project; an administrator lists those of all projects, or of one. */
function listTasks(call: Call, { cloud, caller }: Context): TaskPage {
  const { query } = call;
  const page = parseTaskList(query, cloud.tasks, {
    api: 'image-v2',
    types: ['import'],
    owner: caller.isAdmin ? query.get('owner') : caller.projectId,
    limitDefault: cloud.limits.listDefault,
    limitMax: cloud.limits.listMost,
  });
  if (typeof page === 'string') throw new GlanceError(400, page);
  return page;
}
