import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Handlers } from '../../../contract/contract.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import { canSee } from '../../../domain/images/image-rules.ts';
import type { TaskDescription } from '../../../domain/imports/transfer-request.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Failure } from '../../../domain/progress.ts';
import { contentOf, type StoredObject } from '../../../domain/storage/object-store.ts';
import { isExpired, type JsonObject, type Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { parseTaskList } from '../../glance/task-list.ts';
import { refusing } from '../../rackspace/request-rules.ts';
import { parseJson } from '../../shared/json-body.ts';
import { pageLinks } from '../../shared/paging.ts';
import { PAGE_SIZE } from '../images/parse.ts';
import { json, taskPageText, taskText } from '../images/present.ts';
import { checkWriter, rules } from '../wire.ts';
import type { taskOperations } from './contract.ts';
import { failureMessage, MAX_BYTES } from './failure-codes.ts';

interface TaskContract {
  readonly name: 'rackspace-images';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof taskOperations;
}

const API = 'rackspace-images';
/** What no name of a receiving container may have. */
const UNFIT = /[/?.]/;
const NO_FILE = 'Error: Image not found for import. Possible invalid location';

/** Handlers of tasks. */
export const taskHandlers: Handlers<TaskContract, Context> = {
  createImportTask: refusing((call, context) => {
    const { type, input } = parseTask(call);
    if (type !== 'import') return rules.refuse(400, 'The type of a task is import or export.');
    const from = input['import_from'];
    const properties = input['image_properties'];
    if (typeof from !== 'string' || !/^[^/]+\/.+$/.test(from)) {
      return rules.refuse(400, 'import_from names a file as <container>/<object>.');
    }
    if (!isObject(properties) || typeof properties['name'] !== 'string' || properties['name'] === '') {
      return rules.refuse(400, 'image_properties gives the name of the image.');
    }
    if (properties['name'].length > 255) return rules.refuse(400, 'The name of an image has at most 255 characters.');
    checkWriter(context.caller);
    return created(importFile(context, from, { ...properties, name: properties['name'] }, input));
  }),

  createExportTask: refusing((call, context) => {
    const { input } = parseTask(call);
    const { image_uuid: imageId, receiving_swift_container: container } = input;
    if (!isUuid(imageId)) return rules.refuse(400, 'image_uuid is the UUID of an image.');
    if (typeof container !== 'string' || container === '') {
      return rules.refuse(400, 'receiving_swift_container names a container.');
    }
    checkWriter(context.caller);
    return created(exportImage(context, imageId, container, input));
  }),

  listTasks: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    const page = parseTaskList(call.query, cloud.tasks, {
      api: API,
      types: ['import', 'export'],
      owner: caller.projectId,
      limitDefault: PAGE_SIZE.default,
      limitMost: PAGE_SIZE.max,
      now: cloud.clock.now(),
    });
    if (typeof page === 'string') return rules.refuse(400, page);
    const { tasks, hasMore } = page;
    return json(taskPageText(tasks, pageLinks('/v2/tasks', call.query, hasMore ? tasks.at(-1)?.id : undefined)));
  }),

  showTask: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    const { task_id: taskId } = call.params;
    const task = cloud.tasks.show(caller, API, taskId);
    if (isExpired(task, cloud.clock.now())) throw new DomainError({ kind: 'task-not-found', taskId });
    return json(taskText(task));
  }),
};

const created = (task: Task) => ({ ...json(taskText(task)), status: 201 });

function parseTask(call: Call): { readonly type: unknown; readonly input: JsonObject } {
  const { type, input } = rules.parseObject(call);
  if (!isObject(input)) return rules.refuse(400, 'A task has an input, which is an object.');
  return { type, input };
}

/** Which of the two operations a body means: only one that says so is an export. */
export function taskTypeOf({ body }: Pick<Call, 'body'>): 'import' | 'export' {
  try {
    const value = body && parseJson(body);
    return isObject(value) && value['type'] === 'export' ? 'export' : 'import';
  } catch {
    return 'import';
  }
}

/** A failure of which the service says no more than that line. */
const because = (message: string): Failure => ({ code: null, message });

function importFile(
  { cloud, caller }: Context,
  from: string,
  properties: JsonObject & { readonly name: string },
  input: JsonObject,
): Task {
  const description: TaskDescription = { kind: 'import', api: API, type: 'import', input };
  const [container = ''] = from.split('/', 1);
  const object = cloud.objects.get(caller.projectId, container, from.slice(container.length + 1));
  const surplus = Object.keys(properties).find((name) => name !== 'name');
  if (surplus !== undefined) {
    return cloud.transfers.fail(caller, description, because(`The property ${surplus} cannot be set on import.`));
  }
  if (object === undefined) return cloud.transfers.fail(caller, description, because(NO_FILE));
  const code = flawOf(object);
  if (code !== undefined) return cloud.transfers.fail(caller, description, { code, message: failureMessage(code) });
  return cloud.transfers.createImage(caller, {
    ...description,
    image: {
      name: properties.name,
      visibility: 'private',
      containerFormat: 'ovf',
      diskFormat: 'vhd',
      properties: { image_type: 'import' },
    },
    content: contentOf(object, cloud.hashing),
    result: (imageId) => ({ image_id: imageId }),
    onFailure: 'remove',
  }).task;
}

/** Code of what keeps a file from becoming an image. */
function flawOf({ flaw, format, sizeBytes }: StoredObject): string | undefined {
  if (flaw !== undefined) return flaw;
  if (format !== 'vhd') return '396';
  return sizeBytes > MAX_BYTES ? '609' : undefined;
}

function exportImage({ cloud, caller }: Context, imageId: string, container: string, input: JsonObject): Task {
  const description: TaskDescription = { kind: 'export', api: API, type: 'export', input };
  const image = visibleImage(cloud, caller, imageId);
  if (image === undefined) return cloud.transfers.fail(caller, description, because(`There is no image ${imageId}.`));
  const obstacle = exportObstacle(cloud, caller, image, container);
  if (obstacle !== undefined) return cloud.transfers.fail(caller, { ...description, imageId }, because(obstacle));
  const object = fileOf(image, caller.projectId, container);
  const result = { export_location: `${container}/${object.name}` };
  return cloud.transfers.exportImage(caller, { ...description, image, object, result });
}

function visibleImage({ images }: Cloud, caller: Caller, imageId: string): Image | undefined {
  const image = images.peek(imageId);
  return image !== undefined && canSee(caller, image) ? image : undefined;
}

/** What keeps an image from being exported there, in a line. */
function exportObstacle(
  { objects }: Cloud,
  { projectId }: Caller,
  image: Image,
  container: string,
): string | undefined {
  if (image.owner !== projectId) return `The image ${image.id} is not yours.`;
  if (image.status !== 'active') return `The image ${image.id} is ${image.status}; only active ones can be exported.`;
  if (UNFIT.test(container)) return `The name of the container ${container} has a character that cannot be used here.`;
  if (!objects.hasContainer(projectId, container)) return `There is no container ${container}.`;
  const name = fileName(image);
  if (objects.get(projectId, container, name) === undefined) return undefined;
  return `Swift already has an object with id '${name}' in container '${container}'`;
}

const fileName = ({ id }: Pick<Image, 'id'>): string => `${id}.vhd`;

/** The file that an image is written into. */
const fileOf = (image: Image, owner: string, container: string): StoredObject => ({
  owner,
  container,
  name: fileName(image),
  sizeBytes: image.sizeBytes ?? 0,
  format: 'vhd',
  // Bytes that are made from a seed stay what they are; a file of others has bytes of its own.
  seed: image.data?.kind === 'virtual' ? image.data.seed : Number.parseInt(image.id.slice(0, 8), 16),
});
