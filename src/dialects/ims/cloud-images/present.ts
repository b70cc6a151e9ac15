import type { ImagePage } from '../../../domain/image-store/image-query.ts';
import { imageText } from '../images/present.ts';

/** JSON text of a page of `listCloudImages`: images without links. */
export const cloudImageListText = (page: ImagePage): string => `{"images": [${page.images.map(imageText).join(', ')}]}`;
