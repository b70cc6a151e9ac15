import type { Caller } from '../caller.ts';
import type { DayOfWeek, Server } from './server.ts';

/** Image properties as the services write them. */
export type SnapshotProperties = Readonly<Record<string, string>>;

/** Names that the services write into servers and into the images created from them. The dialects supply them. */
export interface SnapshotConventions {
  /** Whether an image of a server inherits this property from the image that the server was booted from. */
  inherits(property: string): boolean;
  /** Properties that identify the server of an image. */
  originProperties(server: Server, caller: Caller): SnapshotProperties;
  /** Properties that the image gets when its data arrives. */
  dataProperties(server: Server): SnapshotProperties;
  /** Property that names a project to share the image with. */
  readonly memberProperty: string;
  /** Task state of the server while its image is created. */
  readonly taskStates: { readonly pending: string; readonly uploading: string };
  readonly schedule: ScheduleConventions;
}

/** Names of the images that a service creates on schedule. */
export interface ScheduleConventions {
  /** Dialect that the tasks belong to. */
  readonly api: string;
  readonly taskType: string;
  /** Name of the operation in error messages. */
  readonly action: string;
  /** Properties that mark the images. */
  readonly properties: SnapshotProperties;
  /** Name of an image. @param dueAt - milliseconds since 1970. */
  imageName(server: Server, dayOfWeek: DayOfWeek | undefined, dueAt: number): string;
  /** Properties that find all scheduled images of a server. */
  propertiesOf(server: Server): SnapshotProperties;
}
