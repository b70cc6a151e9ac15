import { compileGlob } from '../../base/glob.ts';
import { valuesAt } from '../../base/json-places.ts';
import { parsePointer } from '../../base/json-pointer.ts';
import { canonical } from '../../base/json-value.ts';
import type { Call } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Image } from '../../domain/image.ts';
import type { Match } from '../fault.ts';

/** A request with what rules can match. */
export interface Subject {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  readonly call: Call;
  readonly caller: Caller;
  /** The image in its path. Looked up only if a rule needs it. */
  readonly image: () => Image | undefined;
}

/** Tests whether a request matches a rule, apart from its operation. */
export type Matcher = (subject: Subject) => boolean;

/** Compiles the match of a rule to one test; `undefined` if it has no conditions. The cheapest conditions are tested first. */
export function compileMatch(match: Match): Matcher | undefined {
  const { image, project, user, client, header, query, body, size } = match;
  const tests: readonly Matcher[] = [
    ...(project === undefined ? [] : [projectTest(project)]),
    ...(user === undefined ? [] : [userTest(user)]),
    ...(client === undefined ? [] : [clientTest(client)]),
    ...(size === undefined ? [] : [sizeTest(size)]),
    ...Object.entries(header ?? {}).map(headerTest),
    ...Object.entries(query ?? {}).map(queryTest),
    ...(image === undefined ? [] : imageTests(image)),
    ...(body === undefined ? [] : [bodyTest(body)]),
  ];
  if (tests.length < 2) return tests[0];
  return (subject) => tests.every((test) => test(subject));
}

/** Matches an id or a name; an anonymous caller has neither. */
const fitsEither = (fits: (text: string) => boolean, id: string, name: string): boolean =>
  (id !== '' && fits(id)) || (name !== '' && fits(name));

function projectTest(project: string): Matcher {
  const fits = compileGlob(project);
  return ({ caller }) => fitsEither(fits, caller.projectId, caller.projectName);
}

function userTest(user: string): Matcher {
  const fits = compileGlob(user);
  return ({ caller }) => fitsEither(fits, caller.userId, caller.userName);
}

function clientTest(client: string): Matcher {
  const fits = compileGlob(client);
  return ({ call }) => fits(call.program);
}

function headerTest([name, pattern]: readonly [string, string | null]): Matcher {
  const fits = pattern === null ? undefined : compileGlob(pattern);
  const key = name.toLowerCase();
  return ({ call }) => {
    const value = call.headers[key];
    if (value === undefined) return fits === undefined;
    return fits?.(Array.isArray(value) ? value.join(', ') : value) ?? false;
  };
}

/** Size of the body of a request in bytes; `NaN` for a chunked upload, whose size is not known before it ends. */
function sizeOf({ body, headers, atLeastBytes }: Call): number {
  if (body !== undefined) return body.length;
  const announced = headers['content-length'];
  if (announced !== undefined) return Number(announced);
  return headers['transfer-encoding'] === undefined ? 0 : (atLeastBytes ?? Number.NaN);
}

function sizeTest({ over = -1, upTo = Number.POSITIVE_INFINITY }: NonNullable<Match['size']>): Matcher {
  return ({ call }) => {
    const size = sizeOf(call);
    return size > over && size <= upTo;
  };
}

function queryTest([name, pattern]: readonly [string, string | null]): Matcher {
  const fits = pattern === null ? undefined : compileGlob(pattern);
  return ({ call }) => {
    const values = call.query.getAll(name);
    return fits === undefined ? values.length === 0 : values.some(fits);
  };
}

/** The id of the image in the path of a request. */
export const imageIdOf = (call: Call): string | undefined => call.params['image_id'];

function imageIdTest(pattern: string): Matcher {
  const fits = compileGlob(pattern);
  return ({ call }) => {
    const id = imageIdOf(call);
    return id !== undefined && fits(id);
  };
}

/** A test of the image itself, which fails if there is none. */
const imageTest =
  (test: (image: Image) => boolean): Matcher =>
  (subject) => {
    const found = subject.image();
    return found !== undefined && test(found);
  };

function imageTests({ id, status, visibility, name, tag, property }: NonNullable<Match['image']>): readonly Matcher[] {
  const tests: Matcher[] = [];
  if (id !== undefined) tests.push(imageIdTest(id));
  if (status !== undefined) tests.push(imageTest((image) => image.status === status));
  if (visibility !== undefined) tests.push(imageTest((image) => image.visibility === visibility));
  if (name !== undefined) {
    const fits = compileGlob(name);
    tests.push(imageTest((image) => image.name !== null && fits(image.name)));
  }
  if (tag !== undefined) {
    const fits = compileGlob(tag);
    tests.push(imageTest(({ tags }) => tags.some(fits)));
  }
  return [...tests, ...Object.entries(property ?? {}).map(propertyTest)];
}

function propertyTest([name, pattern]: readonly [string, string]): Matcher {
  const fits = compileGlob(pattern);
  return imageTest(({ properties }) => Object.hasOwn(properties, name) && fits(properties[name] as string));
}

function bodyTest(wanted: Readonly<Record<string, unknown>>): Matcher {
  const tests = Object.entries(wanted).map(([pointer, value]) => {
    const path = parsePointer(pointer);
    const fits = typeof value === 'string' ? compileGlob(value) : undefined;
    const text = canonical(value);
    const isMatch = (found: unknown): boolean =>
      fits === undefined ? canonical(found) === text : typeof found === 'string' && fits(found);
    return (body: unknown): boolean => valuesAt(body, path).some(isMatch);
  });
  return ({ call }) => {
    const body = call.body === undefined ? undefined : parsed(call.body);
    return body !== undefined && tests.every((test) => test(body));
  };
}

// Several rules may test the same body.
const bodies = new WeakMap<Buffer, { readonly value: unknown }>();

function parsed(body: Buffer): unknown {
  let known = bodies.get(body);
  if (known === undefined) {
    try {
      known = { value: JSON.parse(body.toString()) as unknown };
    } catch {
      known = { value: undefined };
    }
    bodies.set(body, known);
  }
  return known.value;
}
