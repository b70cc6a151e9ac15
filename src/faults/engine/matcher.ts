import type { Call } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { compileGlob } from '../../domain/glob.ts';
import type { Image } from '../../domain/image.ts';
import type { Match } from '../fault.ts';
import { canonical, pathOf, valueAt } from '../json-value.ts';

/** A call, as far as rules ask about it. */
export interface Subject {
  /** `image-v2.deleteImage`. */
  readonly operation: string;
  readonly call: Call;
  readonly caller: Caller;
  /** Looked up only when a rule asks. */
  readonly image: () => Image | undefined;
}

/** Whether a call is one that a rule is for, its operation aside. */
export type Matcher = (subject: Subject) => boolean;

/** Makes one test of all that a rule asks for; `undefined` where it asks for nothing. Tests that cost least come first. */
export function compileMatch(match: Match): Matcher | undefined {
  const tests: Matcher[] = [];
  const { image, project, user, client, header, query, body } = match;
  if (project !== undefined) {
    const fits = compileGlob(project);
    tests.push(
      ({ caller }) =>
        (caller.projectId !== '' && fits(caller.projectId)) || (caller.projectName !== '' && fits(caller.projectName)),
    );
  }
  if (user !== undefined) {
    const fits = compileGlob(user);
    tests.push(
      ({ caller }) =>
        (caller.userId !== '' && fits(caller.userId)) || (caller.userName !== '' && fits(caller.userName)),
    );
  }
  if (client !== undefined) {
    const fits = compileGlob(client);
    tests.push(({ call }) => fits(call.program));
  }
  for (const [name, pattern] of Object.entries(header ?? {})) {
    const fits = pattern === null ? undefined : compileGlob(pattern);
    tests.push(({ call }) => {
      const value = call.headers[name.toLowerCase()];
      if (value === undefined) return fits === undefined;
      return fits?.(Array.isArray(value) ? value.join(', ') : value) ?? false;
    });
  }
  for (const [name, pattern] of Object.entries(query ?? {})) {
    const fits = pattern === null ? undefined : compileGlob(pattern);
    tests.push(({ call }) => {
      const values = call.query.getAll(name);
      return fits === undefined ? values.length === 0 : values.some(fits);
    });
  }
  if (image !== undefined) tests.push(...imageTests(image));
  if (body !== undefined) tests.push(bodyTest(body));
  if (tests.length < 2) return tests[0];
  return (subject) => tests.every((test) => test(subject));
}

/** The id of the image that a call names in its path. */
export const imageIdOf = (call: Call): string | undefined => call.params['image_id'];

function imageTests(wanted: NonNullable<Match['image']>): readonly Matcher[] {
  const tests: Matcher[] = [];
  if (wanted.id !== undefined) {
    const fits = compileGlob(wanted.id);
    tests.push(({ call }) => {
      const id = imageIdOf(call);
      return id !== undefined && fits(id);
    });
  }
  const image = (test: (image: Image) => boolean): void => {
    tests.push((subject) => {
      const found = subject.image();
      return found !== undefined && test(found);
    });
  };
  const { status, visibility } = wanted;
  if (status !== undefined) image((found) => found.status === status);
  if (visibility !== undefined) image((found) => found.visibility === visibility);
  if (wanted.name !== undefined) {
    const fits = compileGlob(wanted.name);
    image(({ name }) => name !== null && fits(name));
  }
  if (wanted.tag !== undefined) {
    const fits = compileGlob(wanted.tag);
    image(({ tags }) => tags.some(fits));
  }
  for (const [name, pattern] of Object.entries(wanted.property ?? {})) {
    const fits = compileGlob(pattern);
    image(({ properties }) => Object.hasOwn(properties, name) && fits(properties[name] as string));
  }
  return tests;
}

function bodyTest(wanted: Readonly<Record<string, unknown>>): Matcher {
  const tests = Object.entries(wanted).map(([pointer, value]) => {
    const path = pathOf(pointer);
    const fits = typeof value === 'string' ? compileGlob(value) : undefined;
    const text = canonical(value);
    return (body: unknown): boolean => {
      const found = valueAt(body, path);
      if (found === undefined) return false;
      return fits === undefined ? canonical(found) === text : typeof found === 'string' && fits(found);
    };
  });
  return ({ call }) => {
    const body = call.body === undefined ? undefined : parsed(call.body);
    return body !== undefined && tests.every((test) => test(body));
  };
}

// Several rules may ask about one body.
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
