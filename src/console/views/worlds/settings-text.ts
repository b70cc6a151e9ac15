import { quote } from '../../api/curl.ts';

/** Writes variables as a shell reads them. */
export const exportsOf = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quote(value)}`)
    .join('\n');

/** Writes objects of texts as YAML. Texts that could be something else are quoted. */
export function cloudsYaml(value: object, indent = ''): string {
  return Object.entries(value)
    .map(([name, member]: [string, unknown]) =>
      typeof member === 'object' && member !== null
        ? `${indent}${name}:\n${cloudsYaml(member, `${indent}  `)}`
        : `${indent}${name}: ${scalar(member)}`,
    )
    .join('\n');
}

const scalar = (value: unknown): string => {
  const text = String(value);
  return typeof value === 'string' && !/^[A-Za-z][\w ./-]*(:\/\/[\w./:-]+)?$/.test(text) ? JSON.stringify(text) : text;
};
