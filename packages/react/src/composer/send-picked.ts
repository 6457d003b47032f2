import type { ConversationHandle, SendableBody } from '@inlay-im/client';
import type { MediaBody, StickerBody } from '@inlay-im/protocol';
import type { Composer } from '../hooks/composer.ts';
import type { usePicking } from './use-picking.ts';

/** A sticker or GIF that was picked. */
export interface Picked {
  readonly body: SendableBody;
  readonly shown: MediaBody | StickerBody;
}

/** Sends what was picked. `stay`: the picker is not to be closed. */
export type SendPicked = (picked: Picked, stay: boolean) => void;

/** Where what was picked is sent. */
export interface Sending {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
}

/** Sends what was picked. It answers what is being answered; what stands in the field stays. */
export const sendPicked =
  ({ handle, composer }: Sending, picker: ReturnType<typeof usePicking>): SendPicked =>
  ({ body, shown }, stay) => {
    const { target } = composer;
    const replyTo = target?.to === 'reply' ? target.n : null;
    // One that could not be sent says so in its row.
    handle.send(body, { replyTo }, shown).sent.catch(() => {});
    if (replyTo !== null) composer.cancel();
    if (!picker.coarse && !stay) picker.close();
  };
