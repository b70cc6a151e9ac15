import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Modules that a start of the command line does not need. They export functions alone, apart from types. */
export const LAZY = [
  /^src\/dialects\/(?!shared\/)[^/]+\/(handlers|natural-problems|sample-replies)\.ts$/,
  /^src\/cli\/commands\/.+\.ts$/,
  /^src\/dialects\/identity\/(shared-routes|unrouted)\.ts$/,
  /^src\/admin\/openapi\.ts$/,
  /^src\/sweep\/sweep\.ts$/,
  /^src\/upgrade-check\/upgrade-check\.ts$/,
  /^src\/library\/replay\.ts$/,
  /^src\/recording\/read-recording\.ts$/,
  /^src\/client-runs\/run-client\.ts$/,
  /^src\/coverage\/formats\/junit-text\.ts$/,
];

/** An exported function: its name is the first group or the second. */
const FUNCTION = /^(?:async )?function (\w+)|^const (\w+) =\s+(?:async )?(?:[(<]|\w+ =>)/;

/** The names that a module exports. Throws for one that is no function. */
function functionsOf(file) {
  const [, ...exported] = readFileSync(file, 'utf8').split(/^export (?!type |interface )/m);
  return exported.map((text) => {
    const [, declared, assigned] = FUNCTION.exec(text) ?? [];
    if (declared === undefined && assigned === undefined) {
      throw new Error(`${relative(ROOT, file)} is loaded on first use, but exports this: ${text.split('\n')[0]}`);
    }
    return declared ?? assigned;
  });
}

/**
 * Makes some modules run when one of their functions is first called. Whoever imports them gets functions that call the
 * real ones.
 * @param patterns - match the paths of these modules below the repository.
 */
export const lazyModules = (patterns) => ({
  name: 'lazy-modules',
  setup({ onResolve, onLoad }) {
    const isLazy = (file) => patterns.some((pattern) => pattern.test(relative(ROOT, file).replaceAll(sep, '/')));
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, namespace }) => {
      const file = join(resolveDir, path);
      return namespace === 'file' && isLazy(file) ? { path: file, namespace: 'lazy' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
      contents: [
        `const load = () => require(${JSON.stringify(path)});`,
        ...functionsOf(path).map((name) => `export const ${name} = (...parameters) => load().${name}(...parameters);`),
      ].join('\n'),
      resolveDir: dirname(path),
      loader: 'js',
    }));
  },
});
