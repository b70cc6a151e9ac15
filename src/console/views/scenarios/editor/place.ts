/** Where the caret is in a JSON text that may not be complete. */
export interface Place {
  /** Names and indexes from the root to the value that contains the caret. */
  readonly path: readonly (string | number)[];
  /** Whether a name or a value is expected. */
  readonly expects: 'name' | 'value';
  /** What has been written of it, without quotation marks. */
  readonly begun: string;
  /** Where that begins, quotation mark included. */
  readonly from: number;
  /** Names that the object around the caret has already. */
  readonly names: readonly string[];
}

interface Level {
  readonly kind: 'object' | 'array';
  name: string | undefined;
  index: number;
  expects: 'name' | 'value';
  readonly names: string[];
}

const TOKEN = /"(?:\\.|[^"\\])*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Finds the place of the caret. */
export function placeAt(text: string, caret: number): Place {
  const levels: Level[] = [];
  let from = caret;
  let begun = '';
  for (const match of text.slice(0, caret).matchAll(TOKEN)) {
    const [token] = match;
    const level = levels.at(-1);
    const end = match.index + token.length;
    const isOpen = token.startsWith('"') ? token.length === 1 || !token.endsWith('"') : end === caret;
    if (!/^[{}[\],:]$/.test(token) && isOpen) {
      from = match.index;
      begun = token.replace(/^"/, '');
    } else take(token, level, levels);
  }
  return { path: levels.map(stepOf).filter((step) => step !== undefined), begun, from, ...around(levels.at(-1)) };
}

function take(token: string, level: Level | undefined, levels: Level[]): void {
  if (token === '{' || token === '[') {
    const kind = token === '{' ? 'object' : 'array';
    levels.push({ kind, name: undefined, index: 0, expects: kind === 'object' ? 'name' : 'value', names: [] });
  } else if (token === '}' || token === ']') levels.pop();
  else if (level === undefined) return;
  else if (token === ':') level.expects = 'value';
  else if (token === ',') {
    level.index += 1;
    level.name = undefined;
    level.expects = level.kind === 'object' ? 'name' : 'value';
  } else if (level.kind === 'object' && level.expects === 'name') {
    level.name = token.replace(/^"|"$/g, '');
    level.names.push(level.name);
  }
}

const stepOf = ({ kind, name, index, expects }: Level): string | number | undefined => {
  if (kind === 'array') return index;
  return expects === 'value' ? name : undefined;
};

const around = (level: Level | undefined): Pick<Place, 'expects' | 'names'> => ({
  expects: level?.expects ?? 'value',
  names: level?.names ?? [],
});
