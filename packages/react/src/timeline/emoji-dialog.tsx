import type { ConversationHandle } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { EmojiPicker } from '../emoji/emoji-picker.tsx';
import { Dialog } from '../primitives/dialog.tsx';

export interface EmojiDialogProps {
  readonly handle: ConversationHandle;
  readonly n: number;
  onClose(): void;
}

/** Reacts to a message with any emoji. */
export function EmojiDialog({ handle, n, onClose }: EmojiDialogProps) {
  const { t, attempt } = useInlay();
  return (
    <Dialog title={t('action.addReaction')} onClose={onClose}>
      <EmojiPicker
        onClose={onClose}
        onPick={(emoji) => {
          onClose();
          void attempt(handle.react(n, emoji));
        }}
      />
    </Dialog>
  );
}
