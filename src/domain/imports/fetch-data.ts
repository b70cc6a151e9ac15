import type { Image, StagedData } from '../image.ts';
import { measureDisk } from '../images/disk-format.ts';
import { contentFault, type Inspection } from '../images/inspect-content.ts';
import { checkCap, type ReceivingDependencies, receiveData } from '../images/receive-data.ts';
import type { SourceBehavior } from '../web.ts';
import type { Source, Sources } from './sources.ts';

/** Received data and the size of the disk inside it. Data that is too large to be read has no digests. */
export type MeasuredData = Omit<StagedData, 'isPartial'>;

/**
 * Which data the service accepts: any; data of the announced size, if one is announced; or only data whose size is
 * announced.
 */
export type LengthCheck = 'none' | 'if-announced' | 'required';

/** A download into an image. */
export interface FetchRequest {
  readonly image: Image;
  readonly address: string;
  readonly lengthCheck: LengthCheck;
  /** Behavior of the source that a rule asks for. */
  readonly fault: SourceBehavior | undefined;
  /** How the content is compared with the disk format of the image. Default: not at all. */
  readonly inspection?: Inspection | undefined;
}

/** Outcome of a download. */
export interface Fetched {
  /** `undefined` if the data cannot be read, or not completely: the service does not report the cause. */
  readonly data: MeasuredData | undefined;
  /** Why there is no data. */
  readonly cause?: unknown;
  /** How long the download takes by the clock of the world, whether it succeeds or not. */
  readonly seconds: number;
}

type FetchDependencies = ReceivingDependencies & { readonly sources: Sources };

/** Downloads data for an image. */
export async function fetchData(
  dependencies: FetchDependencies,
  { image, address, lengthCheck, fault, inspection }: FetchRequest,
): Promise<Fetched> {
  let seconds = 0;
  const onWait = (wait: number): void => {
    seconds += wait;
  };
  try {
    const source = await dependencies.sources.open({ address, fault, onWait });
    const received = await receive(dependencies, source);
    if (source.bytesPerSecond !== undefined) onWait(received.sizeBytes / source.bytesPerSecond);
    const isAccepted = fits(received.sizeBytes, source.announcedBytes, lengthCheck);
    const data = isAccepted ? await measureData(dependencies, image, received, inspection) : undefined;
    return { data, seconds };
  } catch (cause) {
    return { data: undefined, cause, seconds };
  }
}

async function receive(dependencies: FetchDependencies, { data }: Source): Promise<UnmeasuredData> {
  if (data.kind === 'stream') return receiveData(dependencies, data.stream, undefined);
  const { sizeBytes } = data.data;
  checkCap(dependencies, sizeBytes);
  return { data: data.data, sizeBytes, md5: null, hash: null };
}

function fits(sizeBytes: number, announcedBytes: number | null, check: LengthCheck): boolean {
  if (check === 'none') return true;
  return announcedBytes === null ? check === 'if-announced' : announcedBytes === sizeBytes;
}

type UnmeasuredData = Pick<StagedData, 'data' | 'sizeBytes' | 'md5' | 'hash'>;

/** Adds the size of the disk inside; data that the service cannot read, or that is not of the disk format, is marked as faulty. */
export async function measureData<D extends UnmeasuredData>(
  { blobs }: Pick<ReceivingDependencies, 'blobs'>,
  image: Image,
  received: D,
  inspection?: Inspection,
): Promise<D & Pick<StagedData, 'virtualSizeBytes' | 'isFaulty'>> {
  const virtualSizeBytes = await measureDisk(blobs, image, received);
  const fault = inspection && (await contentFault(blobs, image, received, inspection));
  return typeof virtualSizeBytes === 'string' || fault !== undefined
    ? { ...received, virtualSizeBytes: null, isFaulty: true }
    : { ...received, virtualSizeBytes };
}
