import type { Bench, Proofs } from '../bench.ts';
import type { Answer } from '../scripted-client.ts';

/** The part of the next link after `/v2/images`. */
const nextOf = (page: Answer): string | undefined => {
  const { next } = page.json();
  return typeof next === 'string' ? next.slice(next.indexOf('?')) : undefined;
};

/** Follows links to next pages at most so many times. */
async function follow(bench: Bench, first: string, times: number): Promise<void> {
  let query: string | undefined = first;
  for (let page = 0; page <= times && query !== undefined; page += 1) query = nextOf(await bench.list(query));
}

/** Proofs of the rules on lists. */
export const pagingProofs: Proofs = {
  'paging-stopped-early': (bench, isGood) => follow(bench, '?limit=2', isGood ? 100 : 1),
  'followed-next-for-ever': async (bench, isGood) => {
    bench.world.scenarios.enable('next-link-loops');
    await follow(bench, '?limit=2', isGood ? 2 : 8);
  },
  'next-link-rebuilt': async (bench, isGood) => {
    const next = nextOf(await bench.list('?limit=2&sort_key=name&sort_dir=asc')) ?? '';
    const [, marker] = /marker=([^&]+)/.exec(next) ?? [];
    await follow(bench, isGood ? next : `?limit=2&marker=${marker}`, 100);
  },
};
