/** A request that held the event loop once, or would do so in a careless server. */
export interface AttackCase {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const LONG = 60_000;
const PATCH_TYPE = { 'content-type': 'application/openstack-images-v2.1-json-patch' };

const nested = (levels: number, [open, close]: readonly [string, string]): string =>
  open.repeat(levels) + close.repeat(levels);
const LIST = ['[', ']'] as const;
const OBJECT = ['{"a":', '}'] as const;
const numbered = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(',');

/** Bodies of up to 64 KiB, with a name for each. */
const BODIES: Readonly<Record<string, string>> = {
  '250 nested lists': `{"name":${nested(250, LIST)}}`,
  '1,000 nested lists': `{"name":${nested(1000, LIST)}}`,
  '1,000 nested objects': `{"name":${nested(1000, OBJECT).replace('}', '1}')}}`,
  '30,000 nested lists': nested(30_000, LIST),
  '12,000 open objects': '{"a":'.repeat(12_000),
  '5,000 members': `{${numbered(5000, (index) => `"k${index}":1`)}}`,
  '5,000 tags': `{"name":"x","tags":[${numbered(5000, (index) => `"t${index}"`)}]}`,
  '30,000 numbers': `[${numbered(30_000, () => '1')}]`,
  '15,000 floats': `[${numbered(15_000, () => '1.0')}]`,
  '6,000 members with floats': `{${numbered(6000, (index) => `"${index}":1e3`)}}`,
  'a long text of words': `{"name":"${'a b'.repeat(LONG / 3)}"}`,
  'a long text of line breaks': `{"name":"${'\\n'.repeat(LONG / 2)}"}`,
  'a long text of quotes': `{"name":"${'\\"\''.repeat(LONG / 3)}"}`,
  'a long text of letters beyond ASCII': `{"name":"${'é'.repeat(LONG / 2)}"}`,
  'a long text of tag starts': `{"name":"${'<'.repeat(LONG)}"}`,
  'a long number': `{"name":${'9'.repeat(LONG)}}`,
  'many byte order marks': '\ufeff'.repeat(LONG / 3),
};

/** Operations that read JSON, one of each dialect at least. */
const READERS: readonly string[] = [
  '/image/v2/images',
  '/image/v2/tasks',
  '/image/v2/metadefs/namespaces',
  '/compute/v2.1/servers',
  '/compute/v2.1/flavors',
  '/rackspace/images/v2/images',
  '/ims/v2/cloudimages/action',
  '/ims/v2/images',
  '/identity/v3/auth/tokens',
  '/identity/v3/users',
  '/__admin/worlds',
  '/__admin/faults',
  '/__admin/verify',
];

/** Paths that list something. */
const LISTS: readonly string[] = [
  '/image/v2/images',
  '/compute/v2.1/images',
  '/rackspace/images/v2/images',
  '/rackspace/servers/v2/images',
  '/ims/v2/cloudimages',
  '/identity/v3/users',
  '/nowhere',
];

const QUERIES: Readonly<Record<string, string>> = {
  '8,000 parameters': Array.from({ length: 8000 }, (_, index) => `a${index}`).join('&'),
  '6,000 sort keys': `sort=${'name:asc,'.repeat(6000)}`,
  '4,000 sort directions': 'sort_key=name&'.repeat(4000),
  'a long list of names': `name=in:${'ab,'.repeat(LONG / 3)}`,
  'many quotes': `name=in:${'%22'.repeat(LONG / 3)}`,
  'only ampersands': '&'.repeat(LONG),
  'malformed percent signs': `name=${'%'.repeat(LONG)}`,
  'a long limit': `limit=${'9'.repeat(LONG)}`,
  'a limit of blanks': `limit=${'+'.repeat(LONG)}x`,
  'tag starts': `limit=${'%3C'.repeat(LONG / 3)}`,
};

const TAILS: Readonly<Record<string, string>> = {
  '30,000 segments': '/a'.repeat(LONG / 2),
  '9,000 words': '/images/metadata'.repeat(LONG / 16),
  'slashes in between': `/a${'/'.repeat(LONG)}b`,
  'many dots': '/..'.repeat(LONG / 3),
  'one long segment': `/${'a'.repeat(LONG)}`,
  'encoded bytes': `/${'%41'.repeat(LONG / 3)}`,
  'tag starts': `/${'%3C'.repeat(LONG / 3)}`,
};

const HEADERS: Readonly<Record<string, string>> = {
  commas: ','.repeat(LONG),
  'media types': 'a/b;q=0.5,'.repeat(LONG / 10),
  blanks: `a${' '.repeat(LONG)}a`,
  ranges: `bytes=${'0-1,'.repeat(LONG / 4)}`,
  quotes: 'a="'.repeat(LONG / 3),
  parameters: `a/b${';a=b'.repeat(LONG / 4)}x "`,
};

const HEADER_NAMES = ['accept', 'range', 'authorization', 'prefer', 'openstack-api-version', 'x-forwarded-for'];

const combine = <T>(
  lists: readonly string[],
  variants: Readonly<Record<string, T>>,
  create: (path: string, variant: T) => Omit<AttackCase, 'name'>,
): readonly AttackCase[] =>
  lists.flatMap((path) =>
    Object.entries(variants).map(([name, variant]) => {
      const made = create(path, variant);
      return { name: `${made.method} ${path} with ${name}`, ...made };
    }),
  );

/** Requests of up to 64 KiB. `{image}` stands for an image of the caller. */
export const ATTACKS: readonly AttackCase[] = [
  ...combine(READERS, BODIES, (path, body) => ({ method: 'POST', path, body })),
  ...combine(LISTS, QUERIES, (path, query) => ({ method: 'GET', path: `${path}?${query}` })),
  ...combine(LISTS, TAILS, (path, tail) => ({ method: 'GET', path: path + tail })),
  ...combine(HEADER_NAMES, HEADERS, (name, value) => ({
    method: 'GET',
    path: '/image/v2/images',
    headers: { [name]: value },
  })),
  {
    name: 'a patch of 1,200 operations',
    method: 'PATCH',
    path: '/image/v2/images/{image}',
    headers: PATCH_TYPE,
    body: `[${numbered(1200, (index) => `{"op":"add","path":"/k${index}","value":"v"}`)}]`,
  },
  {
    name: 'a patch with a pointer of 30,000 steps',
    method: 'PATCH',
    path: '/image/v2/images/{image}',
    headers: PATCH_TYPE,
    body: `[{"op":"add","path":"${'/a'.repeat(LONG / 2)}","value":"v"}]`,
  },
  {
    name: 'a patch of 20,000 empty operations',
    method: 'PATCH',
    path: '/image/v2/images/{image}',
    headers: PATCH_TYPE,
    body: `[${numbered(20_000, () => '{}')}]`,
  },
];
