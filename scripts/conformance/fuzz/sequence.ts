/** Makes random sequences of requests; the same seed gives the same sequences. */
import type { CaseFile, Step } from '../case.ts';
import { computeSteps } from './compute-steps.ts';
import { Corpus } from './corpus.ts';
import { changeHeaders } from './headers.ts';
import { identitySteps } from './identity-steps.ts';
import { createImage, imageSteps } from './image-steps.ts';
import { OperationSteps } from './operation-steps.ts';
import { Random } from './random.ts';
import { type Fuzzed, type FuzzedOperation, operationsOf } from './routes.ts';
import { type Draft, Scene } from './scene.ts';
import { disturb } from './wire.ts';

type Source = (scene: Scene) => readonly Draft[];

/** Requests of a sequence, without those that clean up. */
export const LENGTH = 30;

/** What the emulator needs to be like the services of the recorded lists. */
const FIXTURES: NonNullable<CaseFile['fixtures']> = {
  flavors: [],
  users: [
    // Without the e-mail address of the default fixtures.
    { name: 'demo', password: 'secret', roles: { demo: ['member'] } },
    { name: 'admin', password: 'secret', roles: { admin: ['admin', 'member'] }, systemRoles: ['admin'] },
  ],
  profiles: { 'compute-v2.1': { 'wrong-method': 'service' } },
};

/** Roles that requests refer to. */
const ROLES: readonly Draft[] = ['member', 'reader'].map((name) => ({
  as: 'admin',
  api: 'identity',
  method: 'GET',
  path: `/v3/roles?name=${name}`,
  save: { [`role_${name}`]: 'roles.0.id' },
}));

/** Makes sequences for the given APIs in turn. */
export class Sequences {
  readonly #seed: string;
  readonly #apis: readonly Fuzzed[];
  readonly #operations: Readonly<Record<Exclude<Fuzzed, 'cross'>, readonly FuzzedOperation[]>>;
  readonly #steps: OperationSteps;

  constructor(seed: string, apis: readonly Fuzzed[]) {
    this.#seed = seed;
    this.#apis = apis;
    this.#operations = {
      'image-v2': operationsOf('image-v2'),
      'compute-v2.1': operationsOf('compute-v2.1'),
      identity: operationsOf('identity'),
    };
    this.#steps = new OperationSteps(new Corpus(Object.values(this.#operations).flat()));
  }

  /** Makes the sequence with this number. */
  make(index: number): CaseFile {
    const api = this.#apis[index % this.#apis.length] ?? 'cross';
    const scene = new Scene(new Random(`${this.#seed}/${index}/${api}`));
    const drafts: Draft[] = [...this.#start(api, scene)];
    while (drafts.length < LENGTH) drafts.push(...this.#next(api, scene));
    const steps = [...drafts, ...scene.cleanup(drafts).map((step) => ({ ...step, cleanup: true }))];
    return {
      title: `Random requests: ${api}, seed ${this.#seed}, sequence ${index}`,
      fixtures: FIXTURES,
      steps: steps.map(numbered),
    };
  }

  #start(api: Fuzzed, scene: Scene): readonly Draft[] {
    if (api === 'identity') return ROLES;
    const images = [
      ...createImage(scene, 'demo'),
      ...createImage(scene, 'demo'),
      ...createImage(scene),
      ...createImage(scene),
    ];
    return [...images, ...Array.from({ length: 8 }, () => imageSteps(scene)).flat()];
  }

  #next(api: Fuzzed, scene: Scene): readonly Draft[] {
    const { random } = scene;
    const drafts = random.weighted(this.#sources(api))(scene);
    // What waits for something is left as it is.
    const sent = drafts.map((draft) => {
      if (draft.poll !== undefined) return draft;
      const versioned = draft.api === 'compute' && random.chance(0.2) ? changeHeaders(draft, random) : draft;
      return random.chance(0.25) ? disturb(versioned, random) : versioned;
    });
    for (const { api, method, path } of sent) {
      const remove: Draft = { as: 'admin', api: 'identity', method: 'DELETE', path: path.split('?', 1)[0] ?? path };
      if (api === 'identity' && method === 'PUT') scene.removeLater({ name: '', remove });
    }
    return sent;
  }

  #sources(api: Fuzzed): readonly (readonly [number, Source])[] {
    const any =
      (of: Exclude<Fuzzed, 'cross'>): Source =>
      (scene) => {
        const target = scene.random.pick(this.#operations[of]);
        return [this.#steps.make(target, scene)];
      };
    switch (api) {
      case 'image-v2':
        return [
          [4, imageSteps],
          [6, any('image-v2')],
        ];
      case 'compute-v2.1':
        return [
          [2, imageSteps],
          [4, computeSteps],
          [4, any('compute-v2.1')],
        ];
      case 'identity':
        return [
          [3, identitySteps],
          [7, any('identity')],
        ];
      case 'cross':
        return [
          [4, imageSteps],
          [4, computeSteps],
          [1, identitySteps],
          [2, any('image-v2')],
          [1, any('compute-v2.1')],
          [0.3, any('identity')],
        ];
    }
  }
}

const numbered = (draft: Draft, index: number): Step => ({ id: String(index + 1).padStart(3, '0'), ...draft });
