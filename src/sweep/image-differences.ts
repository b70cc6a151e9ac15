import type { ImageView } from '../admin/images.ts';
import { canonical } from '../base/json-value.ts';
import type { ImageOutcome } from '../client-runs/image-outcome.ts';
import { changedPairs, pairUp } from './pairs.ts';

/** A member of an image. */
export type ImageMember = keyof ImageView;

/** Members that differ in each run, and say nothing about what a client did. */
const NEVER_COMPARED: ReadonlySet<ImageMember> = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'usedBy']);

/** An image that is not as in the baseline. */
export interface DifferingImage {
  readonly expected: ImageView;
  readonly found: ImageView;
  readonly members: readonly ImageMember[];
}

/** How the images after a run differ from those after the baseline. */
export interface ImageDifferences {
  /** Created images that exist now, and not after the baseline. */
  readonly surplus: readonly ImageView[];
  /** Images that the baseline created, and that do not exist. */
  readonly absent: readonly ImageView[];
  /** Created images that are not as in the baseline. */
  readonly differing: readonly DifferingImage[];
  /** Images of the start that are gone, and not so after the baseline. */
  readonly deleted: readonly ImageView[];
  /** Images of the start that the baseline deletes, and that still exist. */
  readonly kept: readonly ImageView[];
  /** Images of the start that are not as after the baseline. */
  readonly changed: readonly DifferingImage[];
}

/** Compares what runs did to the images of equal worlds. */
export class ImageComparison {
  /** Members that differ between runs of the baseline, such as names that the client draws. */
  readonly #unstable: ReadonlySet<ImageMember>;

  constructor(unstable: ReadonlySet<ImageMember> = new Set()) {
    this.#unstable = unstable;
  }

  /** Members of two images that differ and that are compared. */
  differingMembers(expected: ImageView, found: ImageView): readonly ImageMember[] {
    return (Object.keys(expected) as ImageMember[]).filter(
      (name) =>
        !NEVER_COMPARED.has(name) && !this.#unstable.has(name) && canonical(expected[name]) !== canonical(found[name]),
    );
  }

  /** What tells images of one client apart: owner and name, as far as the client does not draw names. */
  identityOf({ owner, name }: ImageView): string {
    return canonical([owner, this.#unstable.has('name') ? null : name]);
  }

  /** Compares a run with the baseline. */
  compare(baseline: ImageOutcome, run: ImageOutcome): ImageDifferences {
    const { pairs, absent, surplus } = this.#pair(baseline.leftBehind, run.leftBehind);
    const expectedGone = new Set(baseline.deleted.map(({ id }) => id));
    const gone = new Set(run.deleted.map(({ id }) => id));
    return {
      surplus,
      absent,
      differing: pairs.flatMap(([expected, found]) => this.#differing(expected, found)),
      deleted: run.deleted.filter(({ id }) => !expectedGone.has(id)),
      kept: baseline.deleted.filter(({ id }) => !gone.has(id)),
      changed: this.#changed(baseline, run),
    };
  }

  /** Pairs images that are equal, then those with the same id, then those with the same owner and name. */
  #pair(expected: readonly ImageView[], found: readonly ImageView[]) {
    return pairUp(expected, found, [
      (left, right) => left.id === right.id && this.differingMembers(left, right).length === 0,
      (left, right) => this.differingMembers(left, right).length === 0,
      (left, right) => left.id === right.id,
      (left, right) => this.identityOf(left) === this.identityOf(right),
    ]);
  }

  #differing(expected: ImageView, found: ImageView): readonly DifferingImage[] {
    const members = this.differingMembers(expected, found);
    return members.length === 0 ? [] : [{ expected, found, members }];
  }

  #changed(baseline: ImageOutcome, run: ImageOutcome): readonly DifferingImage[] {
    return changedPairs(baseline, run, ({ id }) => id).flatMap(([wanted, actual]) => this.#differing(wanted, actual));
  }
}
