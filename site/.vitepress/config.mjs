import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const packageFile = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const INDEX = new URL('../../docs/README.md', import.meta.url);

/** A page of docs/ that is HTML already. */
const HTML_PAGE = 'client-report-requests.html';

/** Whether a link leads out of docs/, to a file of the package that the site does not have. */
const isOutside = (href) => href.startsWith('../') && !href.startsWith('../docs/');

/** The heading of a section of Markdown. */
const headingOf = (section) => section.slice(0, section.indexOf('\n'));

/** The pages in the tables of a section. */
const pagesIn = (section) =>
  [...section.matchAll(/\[([^\]]+)\]\(((?!\.\.)[^)#]+)\.md\)/g)].map(([, text, link]) => ({
    text,
    link: `/${link.replace(/(^|\/)README$/, '$1')}`,
  }));

/** The groups of the index: its headings, and the pages in the tables below them. Headings in a group make groups in it. */
function sidebar() {
  const groups = readFileSync(INDEX, 'utf8').split(/^## /m).slice(1);
  return groups.map((group) => {
    const [start, ...parts] = group.split(/^### /m);
    const inner = parts.map((part) => ({ text: headingOf(part), collapsed: false, items: pagesIn(part) }));
    return { text: headingOf(group), items: [...pagesIn(start), ...inner] };
  });
}

/** Shows links out of docs/ as text, and lets the browser load the page that is HTML already. */
function adaptLinks(markdown) {
  const open = markdown.renderer.rules.link_open;
  const isPlain = [];
  markdown.renderer.rules.link_open = (tokens, index, ...rest) => {
    const href = tokens[index].attrGet('href') ?? '';
    isPlain.push(isOutside(href));
    if (href.endsWith(HTML_PAGE)) tokens[index].attrSet('target', '_self');
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
  ignoreDeadLinks: [(url) => isOutside(url) || url.includes(HTML_PAGE.replace('.html', ''))],
  markdown: { config: adaptLinks },
  buildEnd: ({ srcDir, outDir }) => copyFileSync(join(srcDir, HTML_PAGE), join(outDir, HTML_PAGE)),
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
