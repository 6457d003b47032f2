/**
 * React, as the kit imports it: Preact, whose `lazy` brings along the looks and texts of what is loaded on use.
 */
import { type ComponentType, lazy as lazily } from 'react';
import { looksAndTexts } from './along.ts';

// @ts-expect-error: its types say `export =`, its module has names.
export * from 'preact/compat';

export function lazy<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazily(async () => {
    const [part] = await Promise.all([load(), looksAndTexts()]);
    return part;
  });
}
