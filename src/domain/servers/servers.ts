import { ANONYMOUS, type Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { Collection } from '../collection.ts';
import type { BlobStore } from '../data/image-data.ts';
import type { Ids } from '../ids.ts';
import type { Image } from '../image.ts';
import type { Images } from '../images/images.ts';
import type { Transfers } from '../imports/transfers.ts';
import { DomainError } from '../problem.ts';
import type { Effect, Task } from '../tasks/task.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { buildingServer, buildTask, type NewServer } from './new-server.ts';
import { dueTimes, nextMidnight } from './schedule-times.ts';
import type { ImageSchedule, Server, ServerStatus } from './server.ts';
import { assertAccepts, type ServerAction } from './server-actions.ts';
import { dueKey, MAX_DELETED_SERVERS, nextOrder, projectKey, type ServersState, timeOfKey } from './server-trees.ts';
import type { SnapshotConventions } from './snapshot-conventions.ts';
import { type SnapshotRequest, snapshotTransfer } from './snapshot-request.ts';

/** What `Servers` uses of its world. */
export interface ServersDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly images: Images;
  readonly transfers: Transfers;
  readonly blobs: BlobStore;
  readonly conventions: SnapshotConventions;
  /** Called with each server before it is stored, and with `null` for one that is removed. */
  readonly onChange?: (id: string, server: Server | null) => void;
  /** Called with each server that is deleted. */
  readonly onDelete?: (id: string, server: Server | null) => void;
}

/** Statuses in which an image can be created from a server. */
const SNAPSHOT_STATUSES: readonly ServerStatus[] = ['ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED'];

/**
 * The servers of one world and the images created from them.
 */
export class Servers {
  readonly #dependencies: ServersDependencies;
  readonly #servers: Collection<Server>;
  readonly #byProject: Collection<string>;
  readonly #scheduled: Collection<string>;
  readonly #deleted: Collection<Server>;
  readonly #deletedOrder: Collection<string>;
  #nextDue: number;

  constructor(state: ServersState | undefined, dependencies: ServersDependencies) {
    this.#dependencies = dependencies;
    this.#servers = new Collection(state?.servers, dependencies.onChange);
    this.#byProject = new Collection(state?.byProject);
    this.#scheduled = new Collection(state?.scheduled);
    this.#deleted = new Collection(state?.deleted, dependencies.onDelete);
    this.#deletedOrder = new Collection(state?.deletedOrder);
    this.#nextDue = this.#firstDue();
  }

  /** The current state; costs the same for any number of servers. */
  snapshot(): ServersState {
    return {
      servers: this.#servers.snapshot(),
      byProject: this.#byProject.snapshot(),
      scheduled: this.#scheduled.snapshot(),
      deleted: this.#deleted.snapshot(),
      deletedOrder: this.#deletedOrder.snapshot(),
    };
  }

  /** Returns a server without any check. */
  peek(id: string): Server | undefined {
    return this.#servers.get(id);
  }

  /**
   * Returns a server that the caller can see.
   * @throws DomainError `server-not-found` for a server that does not exist or that belongs to another project.
   */
  show(caller: Caller, id: string): Server {
    const server = this.#servers.get(id);
    if (server === undefined || (server.projectId !== caller.projectId && !caller.isAdmin)) {
      throw new DomainError({ kind: 'server-not-found', serverId: id });
    }
    return server;
  }

  /** Starts building a server. The world's progress rules for builds control when it is active. */
  create(caller: Caller, request: NewServer): Server {
    const { clock, ids, tasks } = this.#dependencies;
    const server = buildingServer(request, caller, ids, clock.now());
    this.#servers.set(server.id, server);
    this.#byProject.set(projectKey(server), server.id);
    this.#setUse(server, (usedBy) => [...usedBy, server.id]);
    const { id: taskId } = tasks.start(caller, buildTask(server, request));
    const started = this.#servers.get(server.id) ?? server;
    const created = started.status === 'BUILD' ? { ...started, buildTask: taskId } : started;
    this.#servers.set(server.id, created);
    return created;
  }

  /**
   * Removes a server; its image can be deleted then.
   * @throws DomainError `server-not-found`, `server-busy`.
   */
  remove(caller: Caller, id: string): void {
    const server = this.show(caller, id);
    if (server.isLocked && !caller.isAdmin) {
      throw new DomainError({
        kind: 'server-busy',
        serverId: id,
        action: 'delete',
        reason: 'locked',
        status: server.status,
      });
    }
    this.#putSchedule(server, undefined);
    this.#servers.delete(id);
    this.#byProject.delete(projectKey(server));
    this.#setUse(server, (usedBy) => usedBy.filter((each) => each !== id));
    // Nova forgets a server that no host has been chosen for.
    if (server.taskState !== 'scheduling') this.#keepDeleted(server);
  }

  /** Keeps a deleted server, and forgets the one that was deleted first if there are too many. */
  #keepDeleted(server: Server): void {
    this.#deleted.set(server.id, server);
    this.#deletedOrder.set(nextOrder(this.#deletedOrder.lastKey()), server.id);
    const first = this.#deletedOrder.size > MAX_DELETED_SERVERS ? this.#deletedOrder.first() : undefined;
    if (first === undefined) return;
    this.#deletedOrder.delete(first[0]);
    this.#deleted.delete(first[1]);
  }

  /** Returns a server of any project from which a list can go on, which may be deleted. */
  marker(id: string): Server | undefined {
    return this.#servers.get(id) ?? this.#deleted.get(id);
  }

  /** Counts a read of a server as a poll of the task that builds it, which may end it. */
  poll(server: Server): Server {
    if (server.status !== 'BUILD' || server.buildTask === undefined) return server;
    this.#dependencies.tasks.poll(server.buildTask);
    return this.#servers.get(server.id) ?? server;
  }

  #setUse({ imageId }: Server, change: (usedBy: readonly string[]) => readonly string[]): void {
    const { images } = this.#dependencies;
    const image = imageId === null ? undefined : images.peek(imageId);
    if (image !== undefined && image.status !== 'deleted') images.place({ ...image, usedBy: change(image.usedBy) });
  }

  /**
   * Changes the status of a server, which is done at once.
   * @throws DomainError `server-not-found`, `server-busy`.
   */
  act(caller: Caller, id: string, action: ServerAction): Server {
    return this.change(caller, id, (server) => {
      assertAccepts(server, caller, action);
      return { ...server, status: action.to };
    });
  }

  /**
   * Changes a server that the caller can see.
   * @throws DomainError `server-not-found`; whatever `change` throws.
   */
  change(caller: Caller, id: string, change: (server: Server) => Server): Server {
    const server = change(this.show(caller, id));
    const changed = { ...server, updatedAt: this.#dependencies.clock.now() };
    this.#servers.set(id, changed);
    return changed;
  }

  /** Replaces a server, without any check. */
  place(server: Server): void {
    this.#servers.set(server.id, server);
  }

  /** Lists the servers of the caller's project, the oldest first. */
  list({ projectId }: Pick<Caller, 'projectId'>): readonly Server[] {
    return [...this.#byProject.under(`${projectId}\u0000`)].flatMap((id) => this.#servers.get(id) ?? []);
  }

  /** Lists the servers of all projects by id. */
  listAll(): readonly Server[] {
    return [...this.#servers.under('')];
  }

  /** Sets what a server is doing, and its status; an unknown id is ignored. */
  setState(
    id: string,
    { taskState, status }: Pick<Extract<Effect, { readonly kind: 'server' }>, 'taskState' | 'status'>,
  ): void {
    const server = this.#servers.get(id);
    if (server === undefined) return;
    const updatedAt = status === undefined ? server.updatedAt : this.#dependencies.clock.now();
    this.#servers.set(id, { ...server, taskState, status: status ?? server.status, updatedAt });
  }

  /**
   * Enables scheduled images of a server, or disables them with `null`.
   * @throws DomainError `server-not-found`.
   */
  setSchedule(caller: Caller, id: string, schedule: Omit<ImageSchedule, 'nextAt'> | null): void {
    const server = this.show(caller, id);
    if (schedule === null) {
      this.#putSchedule(server, undefined);
      return;
    }
    const nextAt = nextMidnight(this.#dependencies.clock.now(), schedule.dayOfWeek);
    this.#putSchedule(server, { ...schedule, nextAt });
  }

  /** Creates the scheduled images that are due; costs one comparison if none is. */
  createDueImages(): void {
    if (this.#nextDue === Number.POSITIVE_INFINITY) return;
    const now = this.#dependencies.clock.now();
    while (this.#nextDue <= now) {
      const server = this.#servers.get(this.#scheduled.first()?.[1] ?? '');
      if (server?.imageSchedule === undefined) return;
      this.#createScheduled(server, server.imageSchedule, now);
    }
  }

  /**
   * Checks whether an image can be created from a server now.
   * @throws DomainError `server-not-found`, `server-busy`.
   */
  checkSnapshot(caller: Caller, id: string, request: Pick<SnapshotRequest, 'action' | 'ignoresLock'>): Server {
    const server = this.show(caller, id);
    const { action: name, ignoresLock } = request;
    assertAccepts(server, caller, { name, from: SNAPSHOT_STATUSES, ignoresLock });
    return server;
  }

  /**
   * Creates an image from a server. The world's progress rules for snapshots control when its data arrives.
   * @throws DomainError `server-not-found`, `server-busy`; as `Images.create` and `Members.add`.
   */
  createImage(caller: Caller, id: string, request: SnapshotRequest): { readonly image: Image; readonly task: Task } {
    const { images, transfers, blobs, conventions } = this.#dependencies;
    const server = this.checkSnapshot(caller, id, request);
    const base = server.imageId === null ? undefined : images.peek(server.imageId);
    const emptyDisk = () => ({ ...blobs.keep(Buffer.from(`${server.name}\n`)), virtualSizeBytes: null });
    return transfers.createImage(caller, snapshotTransfer(conventions, caller, { server, base, request, emptyDisk }));
  }

  /** Creates one scheduled image, and deletes the oldest beyond the retention. */
  #createScheduled(server: Server, schedule: ImageSchedule, now: number): void {
    const { api, taskType: type, action, properties, imageName } = this.#dependencies.conventions.schedule;
    const { dueAt, nextAt } = dueTimes(schedule, now);
    this.#putSchedule(server, { ...schedule, nextAt });
    const caller: Caller = { ...ANONYMOUS, userId: server.userId, projectId: server.projectId, roles: ['member'] };
    try {
      this.createImage(caller, server.id, {
        api,
        type,
        action,
        image: { name: imageName(server, schedule.dayOfWeek, dueAt), properties },
        onFailure: 'kill',
      });
      this.#removeOldest(caller, server, schedule.retention);
    } catch (error) {
      // A busy server or an exceeded quota: no image is created this time.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  #removeOldest(caller: Caller, server: Server, retention: number): void {
    const properties = this.#dependencies.conventions.schedule.propertiesOf(server);
    const { images } = this.#dependencies.images.list({
      audience: { kind: 'project', projectId: caller.projectId, own: true, visibilities: [], sharedAs: [] },
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, [value]])),
      limit: retention + 1,
    });
    for (const image of images.slice(retention)) this.#dependencies.images.remove(caller, image.id);
  }

  #putSchedule(server: Server, schedule: ImageSchedule | undefined): void {
    const { imageSchedule: before, ...rest } = server;
    if (before !== undefined) this.#scheduled.delete(dueKey(before, server.id));
    if (schedule !== undefined) this.#scheduled.set(dueKey(schedule, server.id), server.id);
    this.#servers.set(server.id, schedule === undefined ? rest : { ...rest, imageSchedule: schedule });
    this.#nextDue = this.#firstDue();
  }

  #firstDue(): number {
    const first = this.#scheduled.first();
    return first === undefined ? Number.POSITIVE_INFINITY : timeOfKey(first[0]);
  }
}
