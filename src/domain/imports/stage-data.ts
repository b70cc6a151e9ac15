import type { Caller } from '../caller.ts';
import type { Image, StagedData } from '../image.ts';
import { queuedAgain } from '../images/image-effects.ts';
import { canChange, findVisible } from '../images/image-rules.ts';
import { checkQuotas } from '../images/quotas.ts';
import { checkCap, receiveData, uploadProblem } from '../images/receive-data.ts';
import { DomainError } from '../problem.ts';
import { measureData } from './fetch-data.ts';
import { importRejected } from './import-checks.ts';
import type { StagingRequest } from './import-request.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';

/** Receives data that waits for its import. See `Imports.stage`. */
export async function stageData(dependencies: ImportsDependencies, caller: Caller, request: StagingRequest) {
  const { store, clock, tasks, conventions } = dependencies;
  const { imageId, announcedBytes } = request;
  checkQuotas(dependencies, caller, 'staged MiB', 'uploads');
  const image = findStageable(dependencies, caller, imageId);
  // The storage quota of the project is checked when the data is imported.
  checkCap(dependencies, announcedBytes ?? 0);
  const uploading = { ...image, status: 'uploading' } as const;
  store.put({ ...uploading, isReceiving: true });
  const staged = await receive(dependencies, image, request);
  const current = store.get(imageId);
  if (current?.status !== 'uploading') throw new DomainError({ kind: 'image-gone', imageId });
  const updated = { ...uploading, members: current.members, updatedAt: clock.now() };
  const task = { kind: 'stage', api: conventions.api, type: 'stage', imageId } as const;
  if (tasks.isInstant(caller, task)) {
    store.put({ ...updated, sizeBytes: staged.sizeBytes, staged });
    return;
  }
  store.put({ ...updated, staged: { ...staged, isPartial: true } });
  tasks.start(caller, {
    ...task,
    isUnseen: true,
    onSuccess: [{ kind: 'staged', imageId }],
    onFailure: [{ kind: 'staged', imageId, isLost: true }],
  });
}

/** Receives the stream; an image whose data does not arrive is queued again. */
async function receive(
  dependencies: ImportsDependencies,
  image: Image,
  { stream, announcedBytes, inspection }: StagingRequest,
): Promise<StagedData> {
  try {
    const received = await receiveData(dependencies, stream, announcedBytes);
    return await measureData(dependencies, image, received, inspection);
  } catch (error) {
    const current = dependencies.store.get(image.id);
    if (current?.status === 'uploading') dependencies.store.put(queuedAgain(current));
    throw uploadProblem(error);
  }
}

function findStageable({ store }: ImportsDependencies, caller: Caller, imageId: string) {
  const image = findVisible(store, caller, { imageId, purpose: 'show' });
  if (!canChange(caller, image)) throw new DomainError({ kind: 'image-not-owned', imageId });
  if (image.status !== 'queued') {
    throw new DomainError({ kind: 'wrong-status', imageId, from: image.status, to: 'uploading' });
  }
  if (image.staged !== undefined) throw importRejected(imageId, 'still-staged', imageId);
  return image;
}
