import type { Json } from '../../../base/json.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { ImsError, objectsIn, textIn } from '../wire.ts';
import { createFromFile } from './create-from-file.ts';
import { createFromServer } from './create-from-server.ts';
import { createFromVolume, createFromVolumes } from './create-from-volumes.ts';

/**
 * Starts the job that creates images from the source in the body: a server, a file with its data disks, a volume, or several
 * volumes.
 * @throws ImsError
 */
export function createCloudImage(body: Json, context: Context): Task {
  const sources = ['instance_id', 'image_url', 'volume_id'].filter((name) => textIn(body, name) !== undefined);
  const disks = objectsIn(body['data_images']);
  if (sources.length > 1) throw new ImsError('IMG.0035', `Only one of ${sources.join(', ')} can be given.`);
  const [source] = sources;
  if (source === 'image_url') return createFromFile(body, disks, context);
  if (source === undefined) {
    if (disks.length > 0) return createFromVolumes(disks, context);
    throw new ImsError('IMG.0021', 'An image is made of instance_id, image_url, volume_id or data_images.');
  }
  if (disks.length > 0) throw new ImsError('IMG.0035', `With data_images there can be no ${source}.`);
  return source === 'instance_id' ? createFromServer(body, context) : createFromVolume(body, context);
}
