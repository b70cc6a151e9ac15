import type { Caller } from '../caller.ts';
import type { Image } from '../image.ts';
import type { Limits } from '../limits.ts';
import { DomainError } from '../problem.ts';
import type { ChangeMode, ImageChanges } from './image-changes.ts';
import { canChange, checkMinimums, checkPropertyQuota, checkRecord, checkTagQuota, checkTexts } from './image-rules.ts';

/** One step of a change: the attributes it sets and the mode it runs in. */
export interface ChangeStep {
  readonly changes: ImageChanges | undefined;
  readonly mode: ChangeMode | undefined;
}

/**
 * Checks whether a caller may make one step of a change.
 * @throws DomainError `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
 */
export function checkStep(
  caller: Caller,
  image: Image,
  { changes, mode, limits }: ChangeStep & { readonly limits: Limits },
): void {
  const denied = (action: string, subject = image.id): DomainError =>
    new DomainError({ kind: 'not-allowed', action, subject });
  if (!caller.isAdmin && changes?.owner !== undefined && mode !== 'give') throw denied('change-owner');
  if (!caller.isAdmin && changes?.visibility === 'public') throw denied('publicize');
  if (!canChange(caller, image)) throw new DomainError({ kind: 'image-not-owned', imageId: image.id });
  if (changes === undefined) return;
  const format = mode === 'reformat' || hasOpenFormats(image) ? undefined : changedFormat(changes);
  if (format !== undefined) throw denied('change-format', format);
  checkTagQuota(changes.tags, limits);
  checkMinimums(changes);
}

/** Whether the formats of an image may still change: no data has been accepted yet. */
const hasOpenFormats = ({ status }: Image): boolean => status === 'queued' || status === 'importing';

const changedFormat = (changes: ImageChanges): string | undefined =>
  (['diskFormat', 'containerFormat'] as const).find((attribute) => changes[attribute] !== undefined);

/**
 * Checks the values of a change that the caller may make.
 * @throws DomainError `too-many`, `invalid-value`.
 */
export function checkChanges(image: Image, changes: ImageChanges, limits: Limits): void {
  checkTagQuota(changes.tags, limits);
  checkMinimums(changes);
  // An image that already exceeds the quota may keep its properties.
  if (Object.keys(changes.properties ?? {}).length > Object.keys(image.properties).length) {
    checkPropertyQuota(changes.properties, limits);
  }
  checkRecord(changes);
  checkTexts(changes);
}
