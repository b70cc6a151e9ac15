import { Collection, type CollectionState } from '../collection.ts';

/** Nova's default quotas of a project, in the order in which it shows them. -1 means no limit. */
export const DEFAULT_QUOTAS = {
  instances: 10,
  cores: 20,
  ram: 51_200,
  floating_ips: -1,
  fixed_ips: -1,
  metadata_items: 128,
  injected_files: 5,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  security_groups: -1,
  security_group_rules: -1,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
} as const;

/** Name of a quota. */
export type QuotaName = keyof typeof DEFAULT_QUOTAS;

/** A limit for each quota. */
export type Quotas = Readonly<Record<QuotaName, number>>;

/** Limits that were changed. */
export type ChangedQuotas = Readonly<Partial<Record<QuotaName, number>>>;

/** Whose quotas: a class of projects, a project, or a user in a project. */
export type QuotaOwner =
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'project'; readonly projectId: string; readonly userId?: string | undefined };

/** The class whose quotas apply to all projects. */
const DEFAULT_CLASS = { kind: 'class', name: 'default' } as const satisfies QuotaOwner;

/** Quotas that only projects have. */
const PROJECT_ONLY: ReadonlySet<string> = new Set<QuotaName>(['fixed_ips', 'floating_ips']);

/** The limits that were changed for one owner, under its key. */
export interface SavedQuotas {
  readonly key: string;
  readonly limits: ChangedQuotas;
}

/** State of the quotas of a world, by owner. */
export type QuotasState = CollectionState<SavedQuotas>;

/** Restores the state of the quotas of a world. */
export function restoreQuotas(saved: Iterable<SavedQuotas>): QuotasState {
  const quotas = new Collection<SavedQuotas>();
  for (const each of saved) quotas.set(each.key, each);
  return quotas.snapshot();
}

const projectKey = (projectId: string): string => `project\u0000${projectId}\u0000`;

const keyOf = (owner: QuotaOwner): string =>
  owner.kind === 'class' ? `class\u0000${owner.name}` : projectKey(owner.projectId) + (owner.userId ?? '');

/** The quotas of one world. */
export class QuotaLimits {
  readonly #changed: Collection<SavedQuotas>;

  /** @param onChange - called with the limits of an owner before they are stored, and with `null` when they are removed. */
  constructor(state: QuotasState, onChange?: (key: string, saved: SavedQuotas | null) => void) {
    this.#changed = new Collection(state, onChange);
  }

  /** The current state; costs the same for any number of owners. */
  snapshot(): QuotasState {
    return this.#changed.snapshot();
  }

  /** The quotas that apply to new projects. */
  get defaults(): Quotas {
    return this.of(DEFAULT_CLASS);
  }

  /** Returns the quotas of an owner. A user has those of the project, a project those of the class `default`, unless changed. */
  of(owner: QuotaOwner): Quotas {
    return { ...this.#inherited(owner), ...this.#changed.get(keyOf(owner))?.limits };
  }

  /** Changes some quotas of an owner; the others stay. */
  change(owner: QuotaOwner, limits: ChangedQuotas): void {
    if (owner.kind === 'class' || owner.userId === undefined) {
      this.#put(owner, limits);
      return;
    }
    const entries = Object.entries(limits);
    this.#put(owner, Object.fromEntries(entries.filter(([name]) => !PROJECT_ONLY.has(name))));
    const shared = entries.filter(([name]) => PROJECT_ONLY.has(name));
    this.#put({ kind: 'project', projectId: owner.projectId }, Object.fromEntries(shared));
  }

  /** Removes the changes of a user in a project, or of a project and all its users. */
  reset({ projectId, userId }: { readonly projectId: string; readonly userId?: string | undefined }): void {
    if (userId !== undefined) {
      this.#changed.delete(keyOf({ kind: 'project', projectId, userId }));
      return;
    }
    for (const { key } of [...this.#changed.under(projectKey(projectId))]) this.#changed.delete(key);
  }

  #inherited(owner: QuotaOwner): Quotas {
    if (owner.kind === 'class') return DEFAULT_QUOTAS;
    return owner.userId === undefined ? this.defaults : this.of({ kind: 'project', projectId: owner.projectId });
  }

  #put(owner: QuotaOwner, limits: ChangedQuotas): void {
    if (Object.keys(limits).length === 0) return;
    const key = keyOf(owner);
    this.#changed.set(key, { key, limits: { ...this.#changed.get(key)?.limits, ...limits } });
  }
}
