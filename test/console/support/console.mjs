// Starts a server and opens its console in Chromium, for tests of the page.
import assert from 'node:assert/strict';
import { startSideglance } from '../../../dist/index.js';
import { accessibilityProblems, launch, openPage } from './browser.mjs';

/** Sizes of windows: of a desktop and of a small telephone. */
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/**
 * Starts a server and a browser.
 * @param options - of `startSideglance`.
 * @returns `{ cloud, browser, open, close }`; `open(path, options)` opens a page of the server and fails later if it logs errors.
 */
export async function startConsole(options = {}) {
  const cloud = await startSideglance(options);
  const browser = await launch();
  const pages = [];
  return {
    cloud,
    browser,
    /** Opens a view of the console: `open('worlds/default/tasks')`. */
    async open(view = '', { viewport = DESKTOP, colorScheme = 'dark', path = '/__admin/' } = {}) {
      const page = await openPage(browser, `${cloud.url}${path}#${view}`, { viewport, colorScheme, timeout: PATIENCE });
      pages.push(page);
      await page.waitForSelector('.state-open, .state-recording, .welcome');
      return page;
    },
    async close() {
      await browser.close();
      await cloud.close();
      assert.deepEqual(
        pages.flatMap(({ problems }) => problems),
        [],
      );
    },
  };
}

/** Fails if axe finds something in the page. */
export const assertAccessible = async (page) => assert.deepEqual(await accessibilityProblems(page), []);

/** Fails if the page is wider than its window. */
export async function assertNoOverflow(page) {
  const wide = await page.evaluate(() => {
    const inside = (element) => {
      for (let each = element.parentElement; each !== null; each = each.parentElement) {
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(each).overflowX)) {
          return each.getBoundingClientRect().right <= innerWidth + 1 && each !== document.body;
        }
      }
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !inside(element))
      .map((element) => `${element.tagName} ${element.className}`);
  });
  assert.deepEqual(wide.slice(0, 5), []);
}

/** Checks a view at each size and with each set of colors. */
export async function assertGoodEverywhere(app, view, ready) {
  for (const [viewport, colorScheme] of [
    [DESKTOP, 'dark'],
    [DESKTOP, 'light'],
    [PHONE, 'dark'],
    [PHONE, 'light'],
  ]) {
    const page = await app.open(view, { viewport, colorScheme });
    await ready(page);
    await assertAccessible(page);
    await assertNoOverflow(page);
    await page.context().close();
  }
}

/** How long `until` waits before it fails, in milliseconds. */
const PATIENCE = 30_000;

/** Waits until a function returns without an error. */
export async function until(check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
