import type { Image } from '../domain/image.ts';
import type { Journal } from '../journal/journal.ts';
import type { WorldState } from './world-state.ts';

/** When something happened to a world besides its requests. */
interface Moment {
  /** Id of the last request in the journal before it; 0 if there was none. */
  readonly after: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
}

/** A change of an image. */
export interface ImageChange extends Moment {
  /** The image after the change, without its data. */
  readonly image: Image;
}

/** A request to the admin API that changed the world. */
export interface AdminAction extends Moment {
  /** Id of the operation, such as `armFault`. */
  readonly operation: string;
  /** Path parameters, query and body, as JSON text. */
  readonly input: string;
}

/** Limit of the texts of all actions of a world, in characters. */
const MAX_ACTION_TEXT = 4 * 2 ** 20;

/** What happened to a world since its journal was empty, besides its requests. Bounded as the journal is: the oldest changes and actions are dropped. */
export class WorldHistory {
  /** The state in which the journal was started. */
  readonly start: WorldState;
  /** When that was, in milliseconds since 1970 by the machine's clock. */
  readonly startedAt = performance.timeOrigin + performance.now();
  readonly #capacity: number;
  readonly #changes: (ImageChange | undefined)[] = [];
  readonly #actions: AdminAction[] = [];
  #changeCount = 0;
  #actionCount = 0;
  #actionText = 0;

  constructor(start: WorldState, { options }: Journal) {
    this.start = start;
    this.#capacity = options.capacity;
  }

  /** The latest changes of images, in chronological order. */
  get changes(): readonly ImageChange[] {
    const first = this.#changeCount % this.#capacity;
    const inOrder = [...this.#changes.slice(first), ...this.#changes.slice(0, first)];
    return inOrder.filter((change) => change !== undefined);
  }

  /** The latest actions, in chronological order. */
  get actions(): readonly AdminAction[] {
    return this.#actions;
  }

  /** Number of changes that were dropped. */
  get droppedChanges(): number {
    return Math.max(0, this.#changeCount - this.#capacity);
  }

  /** Number of actions that were dropped. */
  get droppedActions(): number {
    return this.#actionCount - this.#actions.length;
  }

  /** Notes the change of an image. */
  noteChange({ after, time }: Moment, image: Image): void {
    const { staged: _staged, ...rest } = image;
    this.#changes[this.#changeCount % this.#capacity] = { after, time, image: { ...rest, data: null } };
    this.#changeCount += 1;
  }

  /** Notes an action. */
  noteAction(action: AdminAction): void {
    this.#actions.push(action);
    this.#actionCount += 1;
    this.#actionText += action.input.length;
    while (this.#actions.length > this.#capacity || this.#actionText > MAX_ACTION_TEXT) {
      const dropped = this.#actions.shift();
      if (dropped === undefined) return;
      this.#actionText -= dropped.input.length;
    }
  }
}
