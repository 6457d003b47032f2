import type { GifService } from '../ports/gifs.ts';
import { giphyGifs } from './gifs-giphy/index.ts';
import type { GifServiceConfig, GifServiceDeps } from './gifs-http.ts';
import { tenorGifs } from './gifs-tenor/index.ts';

export type GifsConfig = ({ readonly kind: 'tenor' | 'giphy' } & GifServiceConfig) | undefined;

/** The service that the configuration asks for; undefined: GIFs are not searched for. */
export function createGifService(config: GifsConfig, deps: GifServiceDeps = {}): GifService | undefined {
  if (config === undefined) return undefined;
  return config.kind === 'tenor' ? tenorGifs(config, deps) : giphyGifs(config, deps);
}
