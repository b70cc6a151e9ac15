import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const packageFile = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const INDEX = new URL('../../docs/README.md', import.meta.url);

/** Whether a link leads out of docs/, to a file of the package that the site does not have. */
const isOutside = (href) => href.startsWith('../') && !href.startsWith('../docs/');

/** The groups of the index: its headings, and the pages in the tables below them. */
function sidebar() {
  const groups = readFileSync(INDEX, 'utf8').split(/^## /m).slice(1);
  return groups.map((group) => ({
    text: group.slice(0, group.indexOf('\n')),
    items: [...group.matchAll(/\[([^\]]+)\]\(((?!\.\.)[^)#]+)\.md\)/g)].map(([, text, link]) => ({
      text,
      link: `/${link.replace(/(^|\/)README$/, '$1')}`,
    })),
  }));
}

/** Shows links out of docs/ as text. */
function plainOutsideLinks(markdown) {
  const open = markdown.renderer.rules.link_open;
  const isPlain = [];
  markdown.renderer.rules.link_open = (tokens, index, ...rest) => {
    isPlain.push(isOutside(tokens[index].attrGet('href') ?? ''));
    return isPlain.at(-1) ? '' : open(tokens, index, ...rest);
  };
  markdown.renderer.rules.link_close = () => (isPlain.pop() ? '' : '</a>');
}

export default defineConfig({
  title: 'Sideglance',
  description: 'A test double for cloud image services',
  srcDir: '../docs',
  outDir: './dist',
  rewrites: { 'README.md': 'index.md', 'decisions/README.md': 'decisions/index.md' },
  cleanUrls: false,
  // Fails the build for dead links, except those that are shown as text.
  ignoreDeadLinks: [(url) => isOutside(url)],
  markdown: { config: plainOutsideLinks },
  // The pages are outside this folder, where Vite would look for the packages.
  vite: {
    resolve: {
      alias: [
        { find: /^vue$/, replacement: packageFile('vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: packageFile('vue/server-renderer/index.mjs') },
      ],
    },
  },
  themeConfig: { search: { provider: 'local' }, outline: [2, 3], sidebar: sidebar() },
});
