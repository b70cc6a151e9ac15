import type { Reply } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImagePage } from '../../../domain/image-store/image-query.ts';
import { hasEnded, type Task } from '../../../domain/tasks/task.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { pageLinks } from '../../shared/paging.ts';
import { failureMessage } from '../tasks/failure-codes.ts';

/** Statuses of this API for those that only later services have. */
const STATUS: Readonly<Partial<Record<Image['status'], string>>> = { uploading: 'queued', importing: 'saving' };

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const texts = new WeakMap<Image, string>();

/** The JSON text of an image; made once for each image value. */
export function imageText(image: Image): string {
  let text = texts.get(image);
  if (text === undefined) {
    text = pythonJson(presentImage(image));
    texts.set(image, text);
  }
  return text;
}

/** An image as this API shows it. What was never set is left out, as the guide has it. */
function presentImage(image: Image): Readonly<Record<string, unknown>> {
  const self = `/v2/images/${image.id}`;
  return {
    ...image.properties,
    id: image.id,
    name: image.name ?? undefined,
    status: STATUS[image.status] ?? image.status,
    // Community images came after this API; sharing is the nearest that it has.
    visibility: image.visibility === 'community' ? 'shared' : image.visibility,
    protected: image.isProtected,
    tags: image.tags,
    owner: image.owner ?? undefined,
    size: image.sizeBytes ?? undefined,
    min_ram: image.minRam,
    min_disk: image.minDisk,
    container_format: image.containerFormat ?? undefined,
    disk_format: image.diskFormat ?? undefined,
    checksum: image.checksum ?? undefined,
    created_at: time(image.createdAt),
    updated_at: time(image.updatedAt),
    file: `${self}/file`,
    self,
    schema: '/v2/schemas/image',
  };
}

/** The JSON text of a page of images, with paths to the first page and to the next while there is one. */
export function imageListText(page: ImagePage, parameters: URLSearchParams): string {
  const { first, next } = pageLinks('/v2/images', parameters, page.hasMore ? page.images.at(-1)?.id : undefined);
  const links = `"first": ${pythonString(first)}${next === undefined ? '' : `, "next": ${pythonString(next)}`}`;
  return `{"images": [${page.images.map(imageText).join(', ')}], ${links}, "schema": "/v2/schemas/images"}`;
}

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** An answer of JSON text. */
export const json = (body: string): Reply => ({ status: 200, headers: JSON_TYPE, body });

/** Carries the type of an empty page, as the framework behind the service sends it. */
export const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

/** What is shown of a task. */
type ShownTask = Pick<
  Task,
  'id' | 'type' | 'status' | 'owner' | 'input' | 'result' | 'message' | 'code' | 'createdAt' | 'updatedAt' | 'expiresAt'
>;

/** What a list shows of a task. */
const presentBrief = (task: ShownTask) => ({
  created_at: time(task.createdAt),
  ...(task.expiresAt !== null && { expires_at: time(task.expiresAt) }),
  id: task.id,
  owner: task.owner,
  schema: '/v2/schemas/task',
  self: `/v2/tasks/${task.id}`,
  status: task.status,
  type: task.type,
  updated_at: time(task.updatedAt),
});

/** The JSON text of a task. */
export const taskText = (task: ShownTask): string =>
  pythonJson({
    ...presentBrief(task),
    input: task.input ?? {},
    message: hasEnded(task) ? messageOf(task) : NOTHING,
    ...(task.status === 'success' && task.result !== null && { result: task.result }),
  });

/** What the service says where there is nothing to say. */
const NOTHING = 'None';

const messageOf = ({ message, code, status }: ShownTask): string => {
  if (message !== '') return message;
  return status === 'failure' ? failureMessage(code) : NOTHING;
};

/** The JSON text of a page of tasks. */
export const taskPageText = (
  tasks: readonly ShownTask[],
  { first, next }: { readonly first: string; readonly next?: string },
): string =>
  pythonJson({
    tasks: tasks.map(presentBrief),
    first,
    ...(next !== undefined && { next }),
    schema: '/v2/schemas/tasks',
  });
