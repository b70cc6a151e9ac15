import { isObject } from '../base/json.ts';
import { isUuid } from '../base/uuid.ts';
import type { RecordedRequest } from './recorded.ts';

/** Operations whose response holds the id of the image that they create, by the member that holds it. */
const CREATED: Readonly<Record<string, string>> = {
  'compute-v2.1.createServerImage': 'image_id',
  'image-v2.createImage': 'id',
  'ims.createImage': 'id',
};

/** Returns the image that a request names in its path or created. */
export function imageOf(recorded: RecordedRequest): string | undefined {
  if (recorded.imageId !== undefined) return recorded.imageId;
  const { operation, responseBody, responseHeaders } = recorded;
  if (operation === null || recorded.status >= 300) return undefined;
  const member = CREATED[operation];
  const created = member === undefined ? undefined : memberOf(responseBody.content, member);
  if (created !== undefined) return created;
  // Compute names a new image in the Location header.
  for (let at = 0; at < responseHeaders.length; at += 2) {
    if (responseHeaders[at] !== 'Location') continue;
    const [, id] = /\/images\/([^/?]+)$/.exec(responseHeaders[at + 1] as string) ?? [];
    if (isUuid(id)) return id;
  }
  return undefined;
}

function memberOf(content: string | Buffer | undefined, name: string): string | undefined {
  if (content === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(content.toString());
    const member = isObject(value) ? value[name] : undefined;
    return typeof member === 'string' ? member : undefined;
  } catch {
    // The journal stores only the beginning of a long body.
    return undefined;
  }
}
