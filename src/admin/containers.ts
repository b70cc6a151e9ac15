import type { World } from '../world/world.ts';

/** A container of files, as the admin API shows it. */
export interface ContainerView {
  readonly name: string;
  /** Project id. */
  readonly project: string;
  readonly objects: readonly {
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    readonly format: string | null;
  }[];
}

/** The containers of a world with the files in them, those that images were exported to among them. */
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
