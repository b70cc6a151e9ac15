import { createHash } from 'node:crypto';
import type { ImageView } from '../admin/images.ts';
import type { Checks, ConformCase, Count, ImageState } from './case.ts';
import type { FinishedRun } from './finished-run.ts';
import type { Reason } from './result.ts';

const state = (message: string): Reason => ({ check: 'state', message });

/** Returns the images that a run created and that still exist. */
export const createdIn = ({ changes }: FinishedRun): readonly ImageView[] =>
  changes.filter(({ before, after }) => before === null && after.status !== 'deleted').map(({ after }) => after);

/** Returns an image of the start as it is now; `undefined` if it is gone. */
function nowOf(image: ImageView, { changes }: FinishedRun): ImageView | undefined {
  const change = changes.find(({ after }) => after.id === image.id);
  if (change === undefined) return image;
  return change.after.status === 'deleted' && image.status !== 'deleted' ? undefined : change.after;
}

/** Checks the images that a run left, changed and removed. */
export function checkImages(checks: Checks, one: ConformCase, run: FinishedRun): readonly Reason[] {
  const { images, targetId } = run.origin;
  const created = createdIn(run);
  const { createdAs } = checks;
  return [
    ...checkTarget(checks.target ?? 'unchanged', one, run),
    ...images.flatMap((image) => (image.id === targetId ? [] : checkUnchanged(image, nowOf(image, run)))),
    ...checkCount(created, checks.created ?? 0),
    ...(createdAs === undefined ? [] : created.flatMap((image) => differences(image, createdAs, run))),
  ];
}

function checkTarget(
  expected: NonNullable<Checks['target']>,
  { inputs }: ConformCase,
  run: FinishedRun,
): readonly Reason[] {
  const before = run.origin.images.find(({ id }) => id === run.origin.targetId);
  if (before === undefined || expected === 'any') return [];
  const image = nowOf(before, run);
  if (expected === 'unchanged') return checkUnchanged(before, image);
  if (expected === 'gone') return image === undefined ? [] : [state(`image ${inputs.image} is still there`)];
  return image === undefined ? [state(`image ${inputs.image} is gone`)] : differences(image, expected, run);
}

/** Members that clients change. Times and what the service counts by itself are left out. */
const COMPARED = [
  'name',
  'status',
  'visibility',
  'protected',
  'hidden',
  'checksum',
  'tags',
  'properties',
  'members',
] as const;

function checkUnchanged(before: ImageView, after: ImageView | undefined): readonly Reason[] {
  if (after === undefined) return [state(`image ${before.name} is gone`)];
  return COMPARED.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member])).map((member) =>
    state(
      `${member} of image ${before.name} was ${JSON.stringify(before[member])} and is ${JSON.stringify(after[member])}`,
    ),
  );
}

function checkCount(created: readonly ImageView[], expected: Count): readonly Reason[] {
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } =
    typeof expected === 'number' ? { atLeast: expected, atMost: expected } : expected;
  if (created.length >= atLeast && created.length <= atMost) return [];
  const limits = atLeast === atMost ? String(atLeast) : [atLeast, atMost].filter(Number.isFinite).join(' to ');
  const list = created.map(({ id, name, status }) => `${name ?? id} (${status})`).join(', ');
  return [state(`the client left ${created.length} new images${list === '' ? '' : `: ${list}`}; expected ${limits}`)];
}

function differences(image: ImageView, expected: ImageState, run: FinishedRun): readonly Reason[] {
  const found = foundOf(image, run);
  return Object.entries(wantedOf(expected, run)).flatMap(([name, wanted]) => {
    const [has, needs] = [found[name] ?? null, wanted].map((value) => JSON.stringify(value));
    return has === needs ? [] : [state(`${name} of image ${image.name ?? image.id} is ${has}, expected ${needs}`)];
  });
}

type Values = Readonly<Record<string, unknown>>;

function wantedOf({ tags, properties = {}, data, ...plain }: ImageState, { file }: FinishedRun): Values {
  return {
    ...plain,
    ...(tags !== undefined && { tags: tags.toSorted() }),
    ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [`property ${name}`, value])),
    ...(data === 'file' && { checksum: file && createHash('md5').update(file).digest('hex') }),
  };
}

function foundOf(image: ImageView, { origin }: FinishedRun): Values {
  const member = image.members.find(({ project }) => project === origin.memberId);
  return {
    ...image,
    ...Object.fromEntries(Object.entries(image.properties).map(([name, value]) => [`property ${name}`, value])),
    tags: image.tags.toSorted(),
    member: member?.status ?? 'absent',
  };
}
