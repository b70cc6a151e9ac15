import type { Step } from '../case.ts';
import type { Random } from './random.ts';

/** A step without its id. */
export type Draft = Omit<Step, 'id'>;

/** Kinds of things that sequences create and refer to. */
export type Kind = 'image' | 'namespace' | 'task' | 'token' | 'credential' | 'keypair' | 'flavor' | 'record' | 'header';

/** Something that an earlier step of a sequence created. */
export interface Thing {
  readonly kind: Kind;
  /** Name under which its id is saved: `{i1}`. */
  readonly name: string;
  /** Who created it. */
  readonly owner: string;
  /** Name of the path parameter that it is for. */
  readonly param?: string;
}

/** The five users of sequences. */
export const USERS = ['demo', 'demo2', 'reader', 'alt', 'admin'] as const;

/** How a thing is removed after a sequence. */
export interface Cleanup {
  /** Name under which its id is saved. */
  readonly name: string;
  /** What has to be changed first, where a request with this word made it necessary. */
  readonly unlock?: { readonly word: string; readonly step: Draft };
  readonly remove: Draft;
}

/** What a sequence has created so far, and what has to be removed after it. */
export class Scene {
  readonly random: Random;
  readonly things: Thing[] = [];
  readonly #cleanup: Cleanup[] = [];
  #count = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Returns a new name of a kind: `i1`. */
  next(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  /** Registers something, and returns the name under which its id is to be saved. */
  add(kind: Kind, owner: string, param?: string): string {
    const name = this.next(kind === 'image' ? 'i' : kind.slice(0, 2));
    this.things.push({ kind, name, owner, ...(param !== undefined && { param }) });
    return name;
  }

  /** Registers how something is removed. */
  removeLater(cleanup: Cleanup): void {
    this.#cleanup.push(cleanup);
  }

  /** Requests that remove everything, the latest first. @param drafts - the requests of the sequence. */
  cleanup(drafts: readonly Draft[]): readonly Draft[] {
    const texts = drafts.map((draft) => JSON.stringify(draft));
    const isLocked = ({ name, unlock }: Cleanup): boolean =>
      unlock !== undefined &&
      texts.some((text) => text.includes(unlock.word) && (text.includes(`"${name}"`) || text.includes(`{${name}}`)));
    return this.#cleanup
      .toReversed()
      .flatMap((each) =>
        isLocked(each) && each.unlock !== undefined ? [each.unlock.step, each.remove] : [each.remove],
      );
  }

  /** All things of a kind. */
  of(kind: Kind): readonly Thing[] {
    return this.things.filter((thing) => thing.kind === kind);
  }

  /** One of the things of a kind, if there are any. */
  one(kind: Kind): Thing | undefined {
    const all = this.of(kind);
    return all.length === 0 ? undefined : this.random.pick(all);
  }

  /** Reference to an image: mostly one of the sequence. */
  image(): string {
    const thing = this.one('image');
    return thing === undefined ? '{nil}' : `{${thing.name}}`;
  }

  /** One of the users; the owner of a thing more often than others. */
  user(thing?: Thing): string {
    if (thing !== undefined && this.random.chance(0.55)) return thing.owner;
    return this.random.weighted([
      [5, 'demo'],
      [2, 'demo2'],
      [2, 'reader'],
      [3, 'alt'],
      [4, 'admin'],
    ]);
  }
}
