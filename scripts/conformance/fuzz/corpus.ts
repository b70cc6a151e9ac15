/** Query strings and bodies of the recorded lists, by operation: material for new requests. */

import type { Api, Step } from '../case.ts';
import { caseFiles, readCase } from '../files.ts';

/** What recorded requests to an operation had. */
export interface Samples {
  readonly queries: readonly string[];
  readonly bodies: readonly unknown[];
}

const NONE: Samples = { queries: [], bodies: [] };

/** Longest body of a sample, in characters. */
const MAX_BODY = 3000;

/** A method and path template of an API. */
export interface Route {
  readonly api: Api;
  readonly method: string;
  readonly path: string;
}

const keyOf = ({ api, method, path }: Route): string => `${api} ${method.toUpperCase()} ${path}`;

/** Turns `/v2/images/{image_id}` into an expression that matches the paths of steps. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+').replace('/v2.1/[^/]+/', '/v2.1/(?:\\{project_\\w+\\}/)?')}$`);

/** Collects samples for routes from the project's recorded lists. */
export class Corpus {
  readonly #samples = new Map<string, { queries: string[]; bodies: unknown[] }>();

  constructor(routes: readonly Route[], paths: readonly string[] = caseFiles()) {
    const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
    for (const path of paths) {
      for (const step of readCase(path).steps) {
        const { api = 'image', method } = step;
        const [target = '', query] = step.path.split('?', 2);
        const found = patterns.find(
          ({ route, pattern }) => route.api === api && route.method.toUpperCase() === method && pattern.test(target),
        );
        if (found !== undefined) this.#add(keyOf(found.route), step, query);
      }
    }
  }

  /** Samples for a route. */
  of(route: Route): Samples {
    return this.#samples.get(keyOf(route)) ?? NONE;
  }

  #add(key: string, step: Step, query: string | undefined): void {
    const samples = this.#samples.get(key) ?? { queries: [], bodies: [] };
    this.#samples.set(key, samples);
    if (query !== undefined && query.length < 300) samples.queries.push(query);
    const body = bodyOf(step);
    if (body !== undefined && JSON.stringify(body).length < MAX_BODY) samples.bodies.push(body);
  }
}

/** The JSON body of a step. */
function bodyOf({ json, text }: Step): unknown {
  if (json !== undefined || text === undefined) return json;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
