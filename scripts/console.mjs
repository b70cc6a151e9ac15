import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { packagesOf, ROOT } from './bundle.mjs';

/** What each bundle of the console has in common. */
const PAGE = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'browser',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  minify: true,
  legalComments: 'none',
  logLevel: 'error',
  write: false,
  metafile: true,
};

/** The hash of an inline script or style, as a Content-Security-Policy names it. */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Builds the console as one HTML page with its script and its styles inside. Its policy lets the page run and show nothing else, and
 * send requests to its own server alone.
 * @param outfile - path of the page.
 * @returns the folders of the packages in it.
 */
export async function bundleConsole(outfile) {
  const [script, style] = await Promise.all([
    build({
      ...PAGE,
      entryPoints: ['src/console/main.tsx'],
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      outfile: 'console.js',
    }),
    build({ ...PAGE, entryPoints: ['src/console/styles/index.css'], outfile: 'console.css' }),
  ]);
  const texts = { script: textOf(script), style: textOf(style) };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(texts.script)}`,
    `style-src ${hashOf(texts.style)}`,
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const template = readFileSync(join(ROOT, 'src/console/index.html'), 'utf8');
  const html = template.replace(/\{\{(\w+)\}\}/g, (_whole, name) => ({ ...texts, policy })[name]);
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, html);
  return packagesOf(script.metafile);
}

/** The text of a bundle, without the line break at its end, so that its hash is that of the element. */
const textOf = ({ outputFiles }) => outputFiles[0].text.trimEnd();
