import { type ImageView, presentImage } from '../admin/images.ts';
import { Clock } from '../domain/clock.ts';
import { buildOrigin } from '../fixtures/build-origin.ts';
import { fixturesOf } from '../fixtures/default-fixtures.ts';
import type { ConformCase } from './case.ts';

/** What is in the world of a case at its start. */
export interface CaseOrigin {
  readonly images: readonly ImageView[];
  /** The image that the task is about. */
  readonly targetId: string | undefined;
  readonly serverId: string | undefined;
  /** The project to share with. */
  readonly memberId: string | undefined;
}

/** Returns what the world of a case contains at its start: ids come from its seed, which is the id of the case. */
export function originOf({ id, inputs, world }: ConformCase): CaseOrigin {
  const fixtures = fixturesOf(world);
  const origin = buildOrigin(fixtures, { seed: id, clock: new Clock() });
  const images = [...origin.images.base.images.values()].map(presentImage);
  const { projects } = origin.identity.directory;
  return {
    images,
    targetId: images.find(({ name }) => name === inputs.image && name !== null)?.id,
    serverId: fixtures.servers.find(({ name }) => name === inputs.server)?.id,
    memberId: projects.find(({ name }) => name === inputs.member)?.id,
  };
}
