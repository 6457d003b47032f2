import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { Pixels } from './media.ts';

/** Names a GIF of the service to `gifs.take`: made and signed by the node, good for an hour at most. */
export const GifId = z.string().min(1).max(4096).meta({ id: 'GifId' });

/** A GIF that was found. Nothing of it is at the node yet; `gifs.take` brings it. */
export const Gif = z
  .strictObject({
    id: GifId,
    /** What it shows, in the words of the service; may be empty. */
    title: z.string().max(LIMITS.title),
    /** Pixels of the preview. */
    width: Pixels,
    height: Pixels,
    /** Where a small one that moves is to be had for an hour at most: at the node, which asks the service. */
    preview: z.string().max(4096),
  })
  .meta({ id: 'Gif' });
export type Gif = z.infer<typeof Gif>;
