import type { Image } from '../../../domain/image.ts';
import { ImageViews } from '../../nova/image-views.ts';
import { ServerError } from '../protocol/server-error.ts';

/** Properties whose text is JSON: the disks of an image, in the form of the EC2 API. */
const JSON_PROPERTIES = ['mappings', 'block_device_mapping'] as const;

/** Converts properties to metadata. @throws ServerError if a JSON property is not valid JSON. */
export function metadataOf(properties: Image['properties']): Readonly<Record<string, unknown>> {
  const names = JSON_PROPERTIES.filter((name) => Object.hasOwn(properties, name));
  if (names.length === 0) return properties;
  const metadata: Record<string, unknown> = { ...properties };
  for (const name of names) metadata[name] = parseJson(properties[name] ?? '');
  return metadata;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServerError('json.decoder.JSONDecodeError');
  }
}

/** Presents images of this API. */
export const views = new ImageViews(metadataOf);
