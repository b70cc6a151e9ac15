import type { Image } from '../../domain/image.ts';
import type { ImagePage } from '../../domain/image-store/image-query.ts';
import { pageLinks } from '../shared/paging.ts';
import { pythonJson, pythonString } from './python-json.ts';

/** JSON texts of images in one API. */
export interface ImageTexts {
  /** JSON text of an image, cached for each image value. */
  imageText(image: Image): string;
  /** JSON text of a page of images, with paths to the first page and, while more images follow, to the next. */
  imageListText(page: ImagePage, parameters: URLSearchParams): string;
}

/** Caches a text for each image value; a changed image is another value. */
export function cachedByImage(create: (image: Image) => string): (image: Image) => string {
  const texts = new WeakMap<Image, string>();
  return (image) => {
    let text = texts.get(image);
    if (text === undefined) {
      text = create(image);
      texts.set(image, text);
    }
    return text;
  };
}

/**
 * Creates the JSON texts of one API.
 * @param presentImage - presents an image as a JSON value.
 */
export function imageTexts(presentImage: (image: Image) => unknown): ImageTexts {
  const imageText = cachedByImage((image) => pythonJson(presentImage(image)));
  return {
    imageText,
    imageListText(page, parameters) {
      const lastId = page.hasMore ? page.images.at(-1)?.id : undefined;
      const { first, next } = pageLinks('/v2/images', parameters, lastId);
      const links = `"first": ${pythonString(first)}${next === undefined ? '' : `, "next": ${pythonString(next)}`}`;
      return `{"images": [${page.images.map(imageText).join(', ')}], ${links}, "schema": "/v2/schemas/images"}`;
    },
  };
}
