/** The keyboard reaches every control, and the address names what is shown. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { search, sendTraffic, shownCount, waitForCount } from './support/browser.mjs';
import { startConsole } from './support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
  await sendTraffic({ url: app.cloud.url, admin: `${app.cloud.url}/__admin` });
});
after(() => app.close());

/** Marks all controls that are visible and enabled; returns how many there are. Arrow keys reach those with a tabIndex of -1. */
const markControls = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
    const controls = all.filter((element) => isShown(element) && element.tabIndex >= 0);
    const others = all.filter((element) => isShown(element) && element.tabIndex < 0);
    for (const control of controls) control.dataset.unreached = '';
    return {
      count: controls.length,
      unreachable: others
        .filter((element) => element.closest('[role=tablist], .heat-table, .hidden-file') === null)
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    };
  });

/** Marks the element that has the focus as reached; returns how many are left. */
const reach = (page) =>
  page.evaluate(() => {
    delete document.activeElement?.dataset?.unreached;
    return document.querySelectorAll('[data-unreached]').length;
  });

describe('Tab reaches every control', () => {
  const PLACES = [
    'requests',
    'requests/q=status:503&entry=default/2',
    'scenarios',
    'scenarios/up-and-down',
    'scenarios/fault/',
    'scenarios/write/',
    'coverage',
    'conduct',
    'worlds/default/images',
    'worlds/default/tasks',
    'worlds/default/snapshots',
    'worlds/default/clock',
    'worlds/default/settings',
    'results',
    'compare',
  ];
  for (const place of PLACES) {
    test(`of ${place}`, async () => {
      const page = await app.open(place);
      await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
      const { count, unreachable } = await markControls(page);
      assert.deepEqual(unreachable, []);
      let left = count;
      for (let press = 0; press < 2 * count + 10 && left > 0; press += 1) {
        await page.keyboard.press('Tab');
        left = await reach(page);
      }
      const names = await page
        .locator('[data-unreached]')
        .evaluateAll((all) => all.map(({ outerHTML }) => outerHTML.slice(0, 120)));
      assert.deepEqual(names, []);
      await page.context().close();
    });
  }
});

test('arrow keys move between the cells of the heat map, and Enter opens one', async () => {
  const page = await app.open('coverage');
  const cells = page.locator('.heat-cell');
  await cells.first().waitFor();
  await page.locator('.heat-cell[tabindex="0"]').focus();
  const name = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const first = await name();
  await page.keyboard.press('ArrowDown');
  const second = await name();
  assert.notEqual(second, first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await name(), first);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !location.hash.startsWith('#coverage'));
  await page.context().close();
});

test('Escape closes the palette, and the focus returns to where it was', async () => {
  const page = await app.open('worlds/default/clock');
  const button = page.getByRole('button', { name: 'Freeze', exact: true });
  await button.focus();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Command' }).waitFor({ state: 'detached' });
  assert.equal(await button.evaluate((element) => element === document.activeElement), true);
  await page.context().close();
});

test('"Skip to content" moves the focus, and the view stays', async () => {
  const page = await app.open('conduct');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  assert.match(page.url(), /#conduct$/);
  await page.context().close();
});

describe('the address', () => {
  test('names query and request: another page shows the same', async () => {
    const page = await app.open('requests');
    await search(page, 'status:503');
    await page.locator('.request-row[role=option]').first().click();
    await page.waitForFunction(() => /q=status:503&entry=default\/\d+$/.test(location.hash));
    const count = await shownCount(page);
    const other = await app.open(new URL(page.url()).hash.slice(1));
    await waitForCount(other, count);
    assert.equal(await other.inputValue('[data-search]'), 'status:503');
    await other.waitForSelector('.detail');
    await other.context().close();
    await page.context().close();
  });

  test('goes back to what was selected before, and forward again', async () => {
    const page = await app.open('requests');
    await search(page, 'method:DELETE');
    await page.waitForFunction(() => location.hash.endsWith('q=method:DELETE'));
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.getByRole('button', { name: /^image-v2\.createImage 201: natural/ }).click();
    await page.waitForFunction(() => /op:image-v2\.createImage/.test(location.hash));
    await page.goBack();
    await page.getByRole('heading', { name: 'Coverage' }).first().waitFor();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('[data-search]')?.value === 'method:DELETE');
    await page.goForward();
    await page.goForward();
    await page.waitForFunction(() => /createImage/.test(document.querySelector('[data-search]')?.value ?? ''));
    await page.context().close();
  });
});
