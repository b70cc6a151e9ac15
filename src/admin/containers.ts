import type { World } from '../world/world.ts';

/** A container with its files, as the admin API shows it. */
export interface ContainerView {
  readonly name: string;
  /** Project id. */
  readonly project: string;
  readonly objects: readonly {
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    /** Disk format of its data. */
    readonly format: string | null;
  }[];
}

/** Lists the containers of a world with their files, including exported images. */
export const listContainers = ({ objects }: World): readonly ContainerView[] =>
  objects.containers().map(({ owner, name }) => ({
    name,
    project: owner,
    objects: objects.list(owner, name).map((object) => ({
      name: object.name,
      size: object.sizeBytes,
      format: object.format,
    })),
  }));
