import type { ConversationHandle } from '@inlay-im/client';
import type { Sticker } from '@inlay-im/protocol';
import type { Composer } from '../hooks/composer.ts';
import type { usePicking } from './use-picking.ts';

interface StickersOptions {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  readonly picker: ReturnType<typeof usePicking>;
}

/** Sends a sticker of the picker. It answers what is being answered; what stands in the field stays. */
export function useStickers({ handle, composer, picker }: StickersOptions) {
  return (pack: string, { id: sticker, ...look }: Sticker, stay: boolean) => {
    const { target } = composer;
    const body = { kind: 'sticker' as const, pack, sticker };
    const replyTo = target?.to === 'reply' ? target.n : null;
    // One that could not be sent says so in its row.
    handle.send(body, { replyTo }, { ...body, ...look }).sent.catch(() => {});
    if (replyTo !== null) composer.cancel();
    if (!picker.coarse && !stay) picker.close();
  };
}
