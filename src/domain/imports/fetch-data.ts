import type { Received } from '../data/image-data.ts';
import type { Image, StagedData } from '../image.ts';
import { measureDisk } from '../images/disk-format.ts';
import { type ReceivingDependencies, receiveData } from '../images/receive-data.ts';
import type { Downloads } from './downloads.ts';

/** Received data and the size of the disk inside it. */
export type MeasuredData = Received & Pick<StagedData, 'virtualSizeBytes' | 'isFaulty'>;

/** Downloads data for an image; `undefined` if it cannot be read completely, since the service does not report the cause. */
export async function fetchData(
  dependencies: ReceivingDependencies & { readonly downloads: Downloads },
  image: Image,
  uri: string,
): Promise<MeasuredData | undefined> {
  try {
    const stream = await dependencies.downloads.open(uri);
    return await measureData(dependencies, image, await receiveData(dependencies, stream, undefined));
  } catch {
    return undefined;
  }
}

/** Adds the size of the disk inside; data that the service cannot read is marked as faulty. */
export async function measureData(
  { blobs }: Pick<ReceivingDependencies, 'blobs'>,
  image: Image,
  received: Received,
): Promise<MeasuredData> {
  const virtualSizeBytes = await measureDisk(blobs, image, received);
  return typeof virtualSizeBytes === 'string'
    ? { ...received, virtualSizeBytes: null, isFaulty: true }
    : { ...received, virtualSizeBytes };
}
