import type { Caller } from '../caller.ts';
import type { DayOfWeek, Server } from './server.ts';

/** Image properties as the services write them. */
export type SnapshotProperties = Readonly<Record<string, string>>;

/** Names that the services write into servers and into the images made from them. The dialects supply them. */
export interface SnapshotConventions {
  /** Whether an image made from a server takes over this property of the image that the server runs from. */
  inherits(property: string): boolean;
  /** Properties that tell which server an image was made from. */
  originProperties(server: Server, caller: Caller): SnapshotProperties;
  /** Properties that the image gets when its data arrives. */
  dataProperties(server: Server): SnapshotProperties;
  /** What the server is doing while its image is made. */
  readonly taskStates: { readonly pending: string; readonly uploading: string };
  readonly schedule: ScheduleConventions;
}

/** Names of the images that a service makes on schedule. */
export interface ScheduleConventions {
  /** Dialect that the tasks belong to. */
  readonly api: string;
  readonly taskType: string;
  /** What the operation is called in refusals. */
  readonly action: string;
  /** Properties that mark the images. */
  readonly properties: SnapshotProperties;
  /** Name of an image. @param dueAt - milliseconds since 1970. */
  imageName(server: Server, dayOfWeek: DayOfWeek | undefined, dueAt: number): string;
  /** Properties that find all scheduled images of a server. */
  propertiesOf(server: Server): SnapshotProperties;
}
