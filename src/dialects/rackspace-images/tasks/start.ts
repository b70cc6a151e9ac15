import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import { canSee } from '../../../domain/images/image-rules.ts';
import type { TaskDescription } from '../../../domain/imports/transfer-request.ts';
import type { Failure } from '../../../domain/progress.ts';
import { contentOf, type StoredObject } from '../../../domain/storage/object-store.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { failureMessage, MAX_IMPORT_BYTES } from './failure-codes.ts';
import type { ExportRequest, ImportRequest } from './parse.ts';

/** The API name under which the tasks of this dialect are stored. */
export const API = 'rackspace-images';

const NO_FILE = 'Error: Image not found for import. Possible invalid location';

/** Characters that the name of a receiving container cannot contain. */
const FORBIDDEN_IN_CONTAINER = /[/?.]/;

/** A failure without a code. */
const failure = (message: string): Failure => ({ code: null, message });

/** Starts the task that creates an image from a file. It fails when the file is missing or unusable. */
export function startImport({ cloud, caller }: Context, { from, properties, input }: ImportRequest): Task {
  const task: TaskDescription = { kind: 'import', api: API, type: 'import', input };
  const [container = ''] = from.split('/', 1);
  const object = cloud.objects.get(caller.projectId, container, from.slice(container.length + 1));
  const otherProperty = Object.keys(properties).find((name) => name !== 'name');
  if (otherProperty !== undefined) {
    return cloud.transfers.fail(caller, task, failure(`The property ${otherProperty} cannot be set on import.`));
  }
  if (object === undefined) return cloud.transfers.fail(caller, task, failure(NO_FILE));
  const code = failureCodeOf(object);
  if (code !== undefined) return cloud.transfers.fail(caller, task, { code, message: failureMessage(code) });
  return cloud.transfers.createImage(caller, {
    ...task,
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

/** The failure code of a file that cannot become an image. */
function failureCodeOf({ flaw, format, sizeBytes }: StoredObject): string | undefined {
  if (flaw !== undefined) return flaw;
  if (format !== 'vhd') return '396';
  return sizeBytes > MAX_IMPORT_BYTES ? '609' : undefined;
}

/** Starts the task that writes an image to a file. It fails when the image or the container is missing or unusable. */
export function startExport({ cloud, caller }: Context, { imageId, container, input }: ExportRequest): Task {
  const task: TaskDescription = { kind: 'export', api: API, type: 'export', input };
  const image = findVisible(cloud, caller, imageId);
  if (image === undefined) return cloud.transfers.fail(caller, task, failure(`There is no image ${imageId}.`));
  const object = exportedFile(image, caller.projectId, container);
  const reason = exportFailure(cloud, image, object);
  if (reason !== undefined) return cloud.transfers.fail(caller, { ...task, imageId }, failure(reason));
  const result = { export_location: `${container}/${object.name}` };
  return cloud.transfers.exportImage(caller, { ...task, image, object, result });
}

function findVisible({ images }: Cloud, caller: Caller, imageId: string): Image | undefined {
  const image = images.peek(imageId);
  return image !== undefined && canSee(caller, image) ? image : undefined;
}

/** The file that an image is written to. */
const exportedFile = (image: Image, owner: string, container: string): StoredObject => ({
  owner,
  container,
  name: `${image.id}.vhd`,
  sizeBytes: image.sizeBytes ?? 0,
  format: 'vhd',
  // Data that is generated from a seed is copied; other data is converted on the way and gets new bytes.
  seed: image.data?.kind === 'virtual' ? image.data.seed : Number.parseInt(image.id.slice(0, 8), 16),
});

/** Returns why an image cannot be exported to that file. */
function exportFailure({ objects }: Cloud, image: Image, { owner, container, name }: StoredObject): string | undefined {
  if (image.owner !== owner) return `The image ${image.id} is not yours.`;
  if (image.status !== 'active') return `The image ${image.id} is ${image.status}; only active ones can be exported.`;
  if (FORBIDDEN_IN_CONTAINER.test(container)) {
    return `The name of the container ${container} has a character that cannot be used here.`;
  }
  if (!objects.hasContainer(owner, container)) return `There is no container ${container}.`;
  if (objects.get(owner, container, name) === undefined) return undefined;
  return `Swift already has an object with id '${name}' in container '${container}'`;
}
