import { ANONYMOUS, type Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { Collection, type CollectionState } from '../collection.ts';
import type { BlobStore } from '../data/image-data.ts';
import type { Image, StagedData } from '../image.ts';
import type { Images } from '../images/images.ts';
import { contentOfImage } from '../imports/image-copy.ts';
import type { TransferRequest, Transfers } from '../imports/transfers.ts';
import { DomainError } from '../problem.ts';
import type { Effect, Task } from '../tasks/task.ts';
import { DAYS_OF_WEEK, type DayOfWeek, type ImageSchedule, type Server, type ServerStatus } from './server.ts';

/** State of the servers of a world, to start others from. */
export interface ServersState {
  readonly servers: CollectionState<Server>;
  /** Ids by project and creation. */
  readonly byProject: CollectionState<string>;
  /** Ids of those of which images are made by themselves, by when the next one is due. */
  readonly scheduled: CollectionState<string>;
}

/** What an API asks for that makes an image of a server. */
export interface SnapshotRequest extends Omit<TransferRequest, 'kind' | 'content' | 'beside'> {
  /** What the image holds, where that is not what the server runs from. */
  readonly content?: StagedData;
  /** What the API calls the call, for its refusal. */
  readonly action: string;
  /** A locked server is no obstacle. */
  readonly ignoresLock?: true;
}

/** What `Servers` needs of a world. */
export interface ServersDependencies {
  readonly clock: Clock;
  readonly images: Images;
  readonly transfers: Transfers;
  readonly blobs: BlobStore;
  /** Is given each server before it is put in. */
  readonly onPut?: (server: Server) => void;
}

const DAY = 86_400_000;

/** Who makes images of servers by itself, and the property in which it says so. */
const SCHEDULER = 'scheduled-images-service';
const CREATED_BY = 'org.openstack__1__created-by';

/** The next midnight of UTC, on that day of the week where one is named. */
function nextMidnight(now: number, dayOfWeek: DayOfWeek | undefined): number {
  const midnight = (Math.floor(now / DAY) + 1) * DAY;
  if (dayOfWeek === undefined) return midnight;
  const ahead = DAYS_OF_WEEK.indexOf(dayOfWeek) - new Date(midnight).getUTCDay();
  return midnight + ((ahead + 7) % 7) * DAY;
}

/** States in which an image can be made of a server. */
const AT_REST: ReadonlySet<ServerStatus> = new Set(['ACTIVE', 'SHUTOFF', 'PAUSED', 'SUSPENDED']);

/** Properties that an image does not hand on to the images made of its servers. */
const NOT_INHERITED =
  /^(?:cache_in_nova|bittorrent|img_signature.*|img_sig.*|os_glance.*|stores|owner_specified.*|__.*)$/;

const timeKey = (time: number): string => String(time).padStart(16, '0');
const projectKey = ({ projectId, createdAt, id }: Server): string =>
  `${projectId}\u0000${timeKey(createdAt)}\u0000${id}`;
const dueKey = ({ nextAt }: ImageSchedule, id: string): string => `${timeKey(nextAt)}\u0000${id}`;

/** The state of the servers of a world. */
export function restoreServers(servers: Iterable<Server>): ServersState {
  const all = new Collection<Server>();
  const byProject = new Collection<string>();
  const scheduled = new Collection<string>();
  for (const server of servers) {
    all.set(server.id, server);
    byProject.set(projectKey(server), server.id);
    if (server.imageSchedule !== undefined) scheduled.set(dueKey(server.imageSchedule, server.id), server.id);
  }
  return { servers: all.snapshot(), byProject: byProject.snapshot(), scheduled: scheduled.snapshot() };
}

/** The servers of one world, as far as images are made of them: they come from fixtures and stay. */
export class Servers {
  readonly #dependencies: ServersDependencies;
  readonly #servers: Collection<Server>;
  readonly #byProject: Collection<string>;
  readonly #scheduled: Collection<string>;
  #nextDue: number;

  constructor(state: ServersState | undefined, parts: ServersDependencies) {
    this.#dependencies = parts;
    this.#servers = new Collection(state?.servers, (_id, server) => server !== null && parts.onPut?.(server));
    this.#byProject = new Collection(state?.byProject);
    this.#scheduled = new Collection(state?.scheduled);
    this.#nextDue = this.#firstDue();
  }

  snapshot(): ServersState {
    return {
      servers: this.#servers.snapshot(),
      byProject: this.#byProject.snapshot(),
      scheduled: this.#scheduled.snapshot(),
    };
  }

  /** The server, whoever asks. */
  peek(id: string): Server | undefined {
    return this.#servers.get(id);
  }

  /** @throws DomainError `server-not-found` for one that is not there, or of another project. */
  show(caller: Caller, id: string): Server {
    const server = this.#servers.get(id);
    if (server === undefined || (server.projectId !== caller.projectId && !caller.isAdmin)) {
      throw new DomainError({ kind: 'server-not-found', serverId: id });
    }
    return server;
  }

  /** Servers of all projects. */
  all(): readonly Server[] {
    return [...this.#servers.under('')];
  }

  /** Puts a server in place of itself, rules skipped. */
  place(server: Server): void {
    this.#servers.set(server.id, server);
  }

  /** Servers of the caller's project, the oldest first. */
  list({ projectId }: Pick<Caller, 'projectId'>): readonly Server[] {
    return [...this.#byProject.under(`${projectId}\u0000`)].flatMap((id) => this.#servers.get(id) ?? []);
  }

  /** Servers of all projects. */
  listAll(): readonly Server[] {
    return [...this.#servers.under('')];
  }

  /** Sets what a server is doing; one that is gone is left alone. */
  setTaskState(id: string, taskState: string | null): void {
    const server = this.#servers.get(id);
    if (server !== undefined) this.#servers.set(id, { ...server, taskState });
  }

  /**
   * Switches images that are made by themselves on, or off with `null`.
   * @throws DomainError `server-not-found`.
   */
  setSchedule(caller: Caller, id: string, schedule: Omit<ImageSchedule, 'nextAt'> | null): void {
    const server = this.show(caller, id);
    this.#schedule(
      server,
      schedule === null
        ? undefined
        : { ...schedule, nextAt: nextMidnight(this.#dependencies.clock.now(), schedule.dayOfWeek) },
    );
  }

  /** Makes the images that are due by themselves; costs a comparison where none is. */
  settle(): void {
    if (this.#nextDue === Number.POSITIVE_INFINITY) return;
    const now = this.#dependencies.clock.now();
    while (this.#nextDue <= now) {
      const server = this.#servers.get(this.#scheduled.first()?.[1] ?? '');
      if (server?.imageSchedule === undefined) return;
      this.#makeDue(server, server.imageSchedule, now);
    }
  }

  /**
   * Whether an image could be made of a server now.
   * @throws DomainError `server-not-found`, `server-busy`.
   */
  checkRest(caller: Caller, id: string, action: string, options: Pick<SnapshotRequest, 'ignoresLock'> = {}): Server {
    const server = this.show(caller, id);
    const busy = (reason: 'locked' | 'status' | 'task', status: string): DomainError =>
      new DomainError({ kind: 'server-busy', serverId: id, action, reason, status });
    if (server.isLocked && !caller.isAdmin && options.ignoresLock !== true) throw busy('locked', server.status);
    if (!AT_REST.has(server.status)) throw busy('status', server.status);
    if (server.taskState !== null) throw busy('task', server.taskState);
    return server;
  }

  /**
   * Makes an image of a server, of which the data comes as the world's progress has it.
   * @throws DomainError `server-not-found`, `server-busy`; as `Images.create`.
   */
  createImage(caller: Caller, id: string, wish: SnapshotRequest): { readonly image: Image; readonly task: Task } {
    const server = this.checkRest(caller, id, wish.action, wish);
    const base = server.imageId === null ? undefined : this.#dependencies.images.peek(server.imageId);
    const doing = (taskState: string | null): Effect => ({ kind: 'server', serverId: id, taskState });
    return this.#dependencies.transfers.makeImage(caller, {
      kind: 'snapshot',
      ...wish,
      image: {
        visibility: 'private',
        minDisk: base?.minDisk ?? server.flavor.diskGibibytes,
        minRam: base?.minRam ?? 0,
        ...wish.image,
        properties: { ...inherited(base), ...origin(server, caller), ...wish.image.properties },
      },
      withData: {
        changes: {
          containerFormat: wish.image.containerFormat ?? base?.containerFormat ?? 'bare',
          diskFormat: wish.image.diskFormat ?? base?.diskFormat ?? 'qcow2',
        },
        properties: { image_location: 'snapshot', image_state: 'available', owner_id: server.projectId },
      },
      content: wish.content ?? this.#content(server, base),
      beside: { begin: doing('image_snapshot_pending'), processing: doing('image_uploading'), end: doing(null) },
    });
  }

  /** Makes the image of one day, and lets go of the oldest past those that are kept. */
  #makeDue(server: Server, schedule: ImageSchedule, now: number): void {
    const { retention, dayOfWeek, nextAt } = schedule;
    const period = dayOfWeek === undefined ? DAY : 7 * DAY;
    // Of those that time passed over, only as many are made as are kept.
    const missed = Math.floor((now - nextAt) / period);
    const dueAt = nextAt + Math.max(0, missed - retention + 1) * period;
    this.#schedule(server, { ...schedule, nextAt: dueAt + period });
    const caller: Caller = { ...ANONYMOUS, userId: server.userId, projectId: server.projectId, roles: ['member'] };
    try {
      this.createImage(caller, server.id, {
        api: 'rackspace-servers',
        type: 'scheduled-image',
        action: 'createImage',
        image: {
          name: `${dayOfWeek === undefined ? 'daily' : 'weekly'}-${server.name.slice(0, 230)}-${dueAt / 1000}`,
          properties: { [CREATED_BY]: SCHEDULER },
        },
        onFailure: 'kill',
      });
      this.#dropOldest(caller, server, retention);
    } catch (error) {
      // A busy server, a full quota: the day goes without its image.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  #dropOldest(caller: Caller, { id }: Server, retention: number): void {
    const { images } = this.#dependencies.images.list({
      audience: { kind: 'project', projectId: caller.projectId, own: true, visibilities: [], sharedAs: [] },
      properties: { [CREATED_BY]: [SCHEDULER], instance_uuid: [id] },
      limit: retention + 1,
    });
    for (const image of images.slice(retention)) this.#dependencies.images.remove(caller, image.id);
  }

  #schedule(server: Server, schedule: ImageSchedule | undefined): void {
    const { imageSchedule: before, ...rest } = server;
    if (before !== undefined) this.#scheduled.delete(dueKey(before, server.id));
    if (schedule !== undefined) this.#scheduled.set(dueKey(schedule, server.id), server.id);
    this.#servers.set(server.id, schedule === undefined ? rest : { ...rest, imageSchedule: schedule });
    this.#nextDue = this.#firstDue();
  }

  #firstDue(): number {
    const first = this.#scheduled.first();
    return first === undefined ? Number.POSITIVE_INFINITY : Number(first[0].slice(0, 16));
  }

  /** What stands on a server's disk: what its image holds, for want of anything that could have changed it. */
  #content({ name }: Server, base: Image | undefined): StagedData {
    const held = base === undefined ? undefined : contentOfImage(base);
    return held ?? { ...this.#dependencies.blobs.keep(Buffer.from(`${name}\n`)), virtualSizeBytes: null };
  }
}

const inherited = (base: Image | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(base?.properties ?? {}).filter(([name]) => !NOT_INHERITED.test(name)));

/** What the image says of where it comes from. */
const origin = (server: Server, caller: Caller): Readonly<Record<string, string>> => ({
  instance_uuid: server.id,
  user_id: caller.userId,
  image_type: 'snapshot',
  ...(server.imageId !== null && { base_image_ref: server.imageId }),
});
