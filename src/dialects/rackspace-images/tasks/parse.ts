import { isObject, type Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Call } from '../../../contract/contract.ts';
import type { JsonObject } from '../../../domain/tasks/task.ts';
import { parseJson } from '../../shared/json-body.ts';
import { checks } from '../wire.ts';

/** What an import task is asked to do. */
export interface ImportRequest {
  /** `<container>/<object>`. */
  readonly from: string;
  readonly properties: Json & { readonly name: string };
  readonly input: JsonObject;
}

/** What an export task is asked to do. */
export interface ExportRequest {
  readonly imageId: string;
  readonly container: string;
  readonly input: JsonObject;
}

/** Returns the task type of a body: anything but an export counts as an import. */
export function taskTypeOf({ body }: Pick<Call, 'body'>): 'import' | 'export' {
  try {
    const value = body && parseJson(body);
    return isObject(value) && value['type'] === 'export' ? 'export' : 'import';
  } catch {
    return 'import';
  }
}

function parseTask(call: Call): { readonly type: unknown; readonly input: JsonObject } {
  const { type, input } = checks.parseObject(call);
  if (!isObject(input)) return checks.reject(400, 'A task has an input, which is an object.');
  return { type, input };
}

/**
 * Parses the body of `createImportTask`.
 * @throws RequestError 400, 415.
 */
export function parseImport(call: Call): ImportRequest {
  const { type, input } = parseTask(call);
  if (type !== 'import') return checks.reject(400, 'The type of a task is import or export.');
  const { import_from: from, image_properties: properties } = input as Json;
  if (typeof from !== 'string' || !/^[^/]+\/.+$/.test(from)) {
    return checks.reject(400, 'import_from names a file as <container>/<object>.');
  }
  if (!isObject(properties) || typeof properties['name'] !== 'string' || properties['name'] === '') {
    return checks.reject(400, 'image_properties gives the name of the image.');
  }
  if (properties['name'].length > 255) return checks.reject(400, 'The name of an image has at most 255 characters.');
  return { from, properties: { ...properties, name: properties['name'] }, input };
}

/**
 * Parses the body of `createExportTask`.
 * @throws RequestError 400, 415.
 */
export function parseExport(call: Call): ExportRequest {
  const { input } = parseTask(call);
  const { image_uuid: imageId, receiving_swift_container: container } = input as Json;
  if (!isUuid(imageId)) return checks.reject(400, 'image_uuid is the UUID of an image.');
  if (typeof container !== 'string' || container === '') {
    return checks.reject(400, 'receiving_swift_container names a container.');
  }
  return { imageId, container, input };
}
