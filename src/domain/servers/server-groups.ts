import { Collection, type CollectionState } from '../collection.ts';

/** Policies of server groups: whether their servers run on the same host or on different ones. */
export const GROUP_POLICIES = ['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'] as const;

/** A group of servers. Immutable. */
export interface ServerGroup {
  readonly id: string;
  /** Number in the database of Nova, in the order of creation. */
  readonly number: number;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  readonly policy: (typeof GROUP_POLICIES)[number];
  /** Maximum number of its servers on one host. */
  readonly maxServersPerHost?: number;
  /** Ids of the servers that were created in the group; some may be deleted. */
  readonly members: readonly string[];
}

/** State of the server groups of a world. */
export interface ServerGroupsState {
  /** Groups by id. */
  readonly groups: CollectionState<ServerGroup>;
  /** Ids by number, the highest first. */
  readonly byNumber: CollectionState<string>;
  /** Ids by project and number. */
  readonly byProject: CollectionState<string>;
}

const MAX_NUMBER = 2 ** 31 - 1;
const padded = (number: number): string => String(number).padStart(10, '0');
const numberKey = ({ number }: ServerGroup): string => padded(MAX_NUMBER - number);
const projectKey = ({ projectId, number }: ServerGroup): string => `${projectId}\u0000${padded(number)}`;

/** Restores the state of the server groups of a world. */
export function restoreServerGroups(saved: Iterable<ServerGroup>): ServerGroupsState {
  const groups = new ServerGroups();
  for (const group of saved) groups.put(group);
  return groups.snapshot();
}

/** The server groups of one world. */
export class ServerGroups {
  readonly #groups: Collection<ServerGroup>;
  readonly #byNumber: Collection<string>;
  readonly #byProject: Collection<string>;

  /** @param onChange - called with each group before it is stored, and with `null` for one that is removed. */
  constructor(state?: ServerGroupsState, onChange?: (id: string, group: ServerGroup | null) => void) {
    this.#groups = new Collection(state?.groups, onChange);
    this.#byNumber = new Collection(state?.byNumber);
    this.#byProject = new Collection(state?.byProject);
  }

  /** The current state; costs the same for any number of groups. */
  snapshot(): ServerGroupsState {
    return {
      groups: this.#groups.snapshot(),
      byNumber: this.#byNumber.snapshot(),
      byProject: this.#byProject.snapshot(),
    };
  }

  /** Stores a group; one with the same id is replaced. */
  put(group: ServerGroup): void {
    this.#groups.set(group.id, group);
    this.#byNumber.set(numberKey(group), group.id);
    this.#byProject.set(projectKey(group), group.id);
  }

  /** Stores a new group under the next number. */
  add(group: Omit<ServerGroup, 'number' | 'members'>): ServerGroup {
    const latest = this.#groups.get(this.#byNumber.first()?.[1] ?? '');
    const added = { ...group, number: (latest?.number ?? 0) + 1, members: [] };
    this.put(added);
    return added;
  }

  /** Removes a group. Its servers stay. */
  remove(group: ServerGroup): void {
    this.#groups.delete(group.id);
    this.#byNumber.delete(numberKey(group));
    this.#byProject.delete(projectKey(group));
  }

  /** Returns a group without any check. */
  peek(id: string): ServerGroup | undefined {
    return this.#groups.get(id);
  }

  /** Lists the groups of a project, the oldest first. */
  list(projectId: string): readonly ServerGroup[] {
    return [...this.#byProject.under(`${projectId}\u0000`)].flatMap((id) => this.#groups.get(id) ?? []);
  }

  /** Lists the groups of all projects, the oldest first. */
  listAll(): readonly ServerGroup[] {
    return [...this.#byNumber.under('')].flatMap((id) => this.#groups.get(id) ?? []).reverse();
  }
}
