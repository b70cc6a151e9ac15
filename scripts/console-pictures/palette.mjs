// Writes screenshots as PNG files with 256 colors, which are a third as large.
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reduces a picture to 256 colors. Chromium decodes it; the most frequent colors stay, others become the nearest of them.
 * @param page - a page of Chromium, which is left as it is.
 * @param png - the picture, without transparent parts.
 */
export async function reduceColors(page, png) {
  const { width, height, colors, indexes } = await page.evaluate(reduce, png.toString('base64'));
  const pixels = Buffer.from(indexes, 'base64');
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) pixels.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits for each pixel, which are the index of a color.
  head.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Runs in the page. */
async function reduce(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colorAt = (at) => (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
  const counts = new Map();
  for (let at = 0; at < width * height; at += 1) counts.set(colorAt(at), (counts.get(colorAt(at)) ?? 0) + 1);
  const colors = [...counts]
    .sort((one, other) => other[1] - one[1])
    .slice(0, 256)
    .map(([color]) => color);
  const distance = (one, other) =>
    Math.abs((one >> 16) - (other >> 16)) +
    Math.abs(((one >> 8) & 255) - ((other >> 8) & 255)) +
    Math.abs((one & 255) - (other & 255));
  const places = new Map(colors.map((color, index) => [color, index]));
  const placeOf = (color) => {
    if (!places.has(color)) {
      let best = 0;
      colors.forEach((each, index) => {
        if (distance(each, color) < distance(colors[best], color)) best = index;
      });
      places.set(color, best);
    }
    return places.get(color);
  };
  let indexes = '';
  for (let at = 0; at < width * height; at += 1) indexes += String.fromCharCode(placeOf(colorAt(at)));
  return { width, height, colors, indexes: btoa(indexes) };
}
