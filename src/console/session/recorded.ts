import { signal } from '@preact/signals';
import type { ReadRecording } from '../recording/read.ts';
import type { Recording } from '../recording/types.ts';
import { EntryList } from './entry-list.ts';
import { actionText } from './mark-text.ts';
import {
  type Connection,
  type Finding,
  type ImageStates,
  keyOf,
  type Mark,
  type Session,
  type SessionEntry,
} from './session.ts';

/** A session of a recording, which needs no server. */
export class RecordedSession implements Session {
  readonly kind = 'recording';
  readonly file: string;
  readonly recording: Recording;
  readonly title;
  readonly facts;
  readonly entries = new EntryList();
  readonly marks;
  readonly findings;
  readonly connection = signal<Connection>('open');

  constructor({ file, recording, integrity }: ReadRecording) {
    this.file = file;
    this.recording = recording;
    this.title = signal(recording.about.name ?? file);
    this.facts = signal(factsOf(recording, file, integrity));
    this.marks = signal(marksOf(recording));
    this.findings = signal(
      recording.conduct.findings.map((finding): Finding => ({ ...finding, world: recording.world.name })),
    );
    recording.requests.forEach((request, index) => {
      this.entries.put({ sequence: index + 1, ...request } as SessionEntry);
    });
  }

  async detail(entry: SessionEntry): Promise<SessionEntry> {
    return entry;
  }

  async imageStates({ id, image }: SessionEntry): Promise<ImageStates | undefined> {
    if (image === undefined) return undefined;
    const { start, changes } = this.recording;
    let before: ImageStates['before'] = start.images.find((each) => each.id === image) ?? null;
    let after = before;
    for (const change of changes) {
      // What a request changed was noted before its response was, with the id of the request before it.
      if (change.after > id - 1) break;
      if (change.image.id !== image) continue;
      if (change.after < id - 1) before = change.image;
      after = change.image;
    }
    return { image, before, after };
  }

  async findInBodies(text: string, side: 'request' | 'response'): Promise<ReadonlySet<string>> {
    const wanted = text.toLowerCase();
    const found = this.entries.items.filter((entry) => entry[side].body?.text?.toLowerCase().includes(wanted) === true);
    return new Set(found.map(keyOf));
  }

  close(): void {
    // Nothing is open.
  }
}

function factsOf(
  { about, world, written, sideglance, dropped, conduct }: Recording,
  file: string,
  integrity: string,
): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['kind', about.kind],
    ['verdict', about.verdict],
    ['error', about.error],
    ['conduct', conduct.verdict],
    ['world', world.name],
    ['seed', world.seed],
    ['command', about.command?.join(' ')],
    ['test file', about.file],
    ['dropped', dropped.requests > 0 ? `${dropped.requests} requests` : undefined],
    ['content', integrity],
    ['written', `${written} by Sideglance ${sideglance}`],
    ['file', file],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
}

function marksOf({ world: { name: world }, actions, changes, ports = [] }: Recording): readonly Mark[] {
  return [
    ...actions.map(
      ({ after, time, operation, ...input }): Mark => ({
        kind: 'action',
        world,
        after,
        time,
        operation,
        text: actionText(operation, input),
      }),
    ),
    ...changes.map(({ after, time, image }): Mark => {
      const { id, name, status } = image as { readonly id: string; readonly name?: string; readonly status?: string };
      return { kind: 'change', world, after, time, image: id, text: `${name ?? id}: ${status ?? ''}` };
    }),
    ...ports.flatMap((port) =>
      port.events.map(
        ({ after, time, kind }): Mark => ({ kind: 'port', world, after, time, text: `port ${port.name}: ${kind}` }),
      ),
    ),
  ];
}
