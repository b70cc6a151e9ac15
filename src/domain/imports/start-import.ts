import type { Caller } from '../caller.ts';
import type { Image, StagedData } from '../image.ts';
import { type Excess, excessOf, mebibytesOf } from '../images/quotas.ts';
import { isRoomFor } from '../images/receive-data.ts';
import type { Failure } from '../progress.ts';
import type { Task } from '../tasks/task.ts';
import type { Fetched, MeasuredData } from './fetch-data.ts';
import { holdingStores } from './import-checks.ts';
import { importEffects } from './import-effects.ts';
import type { ImportRequest } from './import-request.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';
import { outcomeOf } from './store-outcome.ts';

/** An import that passed all checks. */
export interface CheckedImport {
  /** The image as it was checked. */
  readonly image: Image;
  readonly request: ImportRequest;
  /** Ids of the target stores. */
  readonly stores: readonly string[];
  /** Outcome of the download, for a request that downloads. */
  readonly download?: Download;
}

/** Outcome of a download: its data (`undefined` if it failed), or the quota that prevented it. */
export interface Download extends Partial<Fetched> {
  readonly excess?: Excess | undefined;
}

/** Data on its way into the stores of an image. */
interface Transit {
  readonly image: Image;
  readonly sizeBytes: number;
  /** Ids of the stores that already contain the data; `undefined` for data that is new to the image. */
  readonly holding: readonly string[] | undefined;
  readonly incoming: MeasuredData | StagedData | undefined;
}

/** What stops an import before it reaches any store, regardless of the progress rules. */
interface Blocker {
  readonly blockedBy: 'missing' | 'excess' | undefined;
  readonly failure: Failure;
}

/** Starts the task of an import. */
export function startImport(dependencies: ImportsDependencies, caller: Caller, checked: CheckedImport): Task {
  const { tasks, conventions } = dependencies;
  const { request, stores } = checked;
  const transit = stageDownload(dependencies, checked);
  const { image, sizeBytes, holding } = transit;
  const blocker = blockerOf(dependencies, caller, { ...checked, transit });
  const task = { kind: 'import', api: conventions.api, type: conventions.taskTypes.intoImage } as const;
  const labelled = { ...task, imageId: image.id };
  const failing = blocker === undefined ? tasks.progressOf(caller, labelled).failure?.stores : undefined;
  const outcome = outcomeOf(stores, failing ?? stores, { request, sizeBytes });
  const toleratesFailures = failing !== undefined && !outcome.isFailure;
  return tasks.start(caller, {
    ...labelled,
    input: conventions.taskInput(image.id, request.request, stores),
    result: conventions.taskResult(image.id),
    failureMessage: conventions.internalError,
    successMessage: sizeBytes === 0 ? '' : conventions.successMessage(sizeBytes),
    ...(request.requestId !== undefined && { requestId: request.requestId }),
    ...(checked.download?.seconds !== undefined && { seconds: checked.download.seconds }),
    ...(blocker === undefined ? toleratesFailures && { failure: null } : { failure: blocker.failure }),
    ...importEffects(conventions.properties, {
      imageId: image.id,
      stores,
      holding,
      outcome,
      toleratesFailures,
      blockedBy: blocker?.blockedBy,
    }),
  });
}

/** Stages downloaded data. The image may have changed during the download: the current one is used. */
function stageDownload(
  { store, stores }: ImportsDependencies,
  { image: seen, request, download }: CheckedImport,
): Transit {
  const image = store.get(seen.id) ?? seen;
  const data = download?.data;
  if (data !== undefined && image.status === 'queued') store.put({ ...image, staged: data });
  if (request.method === 'copy') {
    return { image, sizeBytes: image.sizeBytes ?? 0, holding: holdingStores(image, stores()), incoming: undefined };
  }
  const incoming = data ?? image.staged;
  return { image, sizeBytes: incoming?.sizeBytes ?? 0, holding: undefined, incoming };
}

function blockerOf(
  dependencies: ImportsDependencies,
  { projectId }: Caller,
  checked: CheckedImport & { readonly transit: Transit },
): Blocker | undefined {
  const { conventions } = dependencies;
  const what = checked.request.method === 'copy' ? 'staged MiB' : 'MiB';
  const addition = { projectId, what, delta: mebibytesOf(checked.transit.sizeBytes) } as const;
  const excess = checked.download?.excess ?? excessOf(dependencies, addition);
  const isMissing = isDataMissing(checked);
  const blockedBy = excess !== undefined ? 'excess' : isMissing ? 'missing' : undefined;
  if (excess !== undefined && !isMissing) {
    return { blockedBy, failure: { code: null, message: conventions.quotaMessage(excess) } };
  }
  if (!isMissing && !isTransferRejected(dependencies, checked, checked.transit)) return undefined;
  return { blockedBy, failure: { code: null, message: conventions.internalError } };
}

/** A download that failed, staged data that is still incomplete, or a request for no store at all. */
function isDataMissing({ image, request, download }: CheckedImport): boolean {
  if (request.stores?.()?.length === 0) return true;
  if (download !== undefined && download.excess === undefined) return download.data === undefined;
  return request.method !== 'copy' && image.staged?.isPartial === true;
}

/** Whether the service fails the import without giving a cause: no room, too many stores, or an unreadable disk. */
function isTransferRejected(
  dependencies: ImportsDependencies,
  { request, stores }: CheckedImport,
  { image, sizeBytes, holding, incoming }: Transit,
): boolean {
  const maxStores = dependencies.limits().imageLocationQuota ?? Number.POSITIVE_INFINITY;
  return (
    stores.length + (holding?.length ?? 0) > maxStores ||
    incoming?.isFaulty === true ||
    (request.method !== 'copy' && !isRoomFor(dependencies, image.owner, sizeBytes))
  );
}
