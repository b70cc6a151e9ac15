import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, lengthIn, PATIENCE, parsed, playing } from './shipped-support.ts';

const stage = playing();

describe.each(IMAGE_APIS)('%s gives an answer that is none:', (api) => {
  const show = (agent = 'one') => stage.player.raw(`${api}.showImage`, { agent, patience: PATIENCE });

  test('wrong-content-type: JSON that says it is text', async () => {
    await stage.player.enable('wrong-content-type');
    const answer = await show();
    expect(answer.head).toMatch(/^content-type: text\/plain$/im);
    expect(JSON.stringify(parsed(answer))).toContain('"name":"plain"');
  });

  test('empty-answer: 200 and nothing in it, once for each client', async () => {
    await stage.player.enable('empty-answer');
    expect([(await show()).body, (await show('other')).body]).toEqual(['', '']);
    expect(parsed(await show())).toBeInstanceOf(Object);
  });

  test('half-json: cannot be read, and the next one can', async () => {
    await stage.player.enable('half-json');
    const first = await show();
    expect(lengthIn(first)).toBe(first.body.length);
    expect(() => parsed(first)).toThrow(SyntaxError);
    expect(parsed(await show())).toBeInstanceOf(Object);
  });

  test('not-http: is no HTTP, and the next one is', async () => {
    await stage.player.enable('not-http');
    const first = await show();
    expect([first.text.length > 0, first.text.startsWith('HTTP')]).toEqual([true, false]);
    expect((await show()).head).toMatch(/^HTTP\/1.1 200/);
  });

  test('broken-chunk: breaks off where a size should be, and the next one does not', async () => {
    await stage.player.enable('broken-chunk');
    expect((await show()).body).toMatch(/\r\nnot-a-size\r\n$/);
    expect(parsed(await show())).toBeInstanceOf(Object);
  });

  test.each([
    ['length-too-large', 10],
    ['length-too-small', -10],
  ])('%s: Content-Length is off by %i, and the next one is right', async (name, by) => {
    await stage.player.enable(name);
    const first = await show();
    const second = await show();
    expect([lengthIn(first) - second.body.length, lengthIn(second)]).toEqual([by, second.body.length]);
  });

  test('unknown-status: is no status', async () => {
    await stage.player.enable('unknown-status');
    const body = parsed(await show()) as { status?: unknown; image?: { status: unknown } };
    expect(body.status ?? body.image?.status).toHaveProperty('unexpected');
  });
});
