/** @jsxImportSource preact */
import type { PresenceState } from '@inlay-im/protocol';
import { colourOf, initials } from '../format.ts';
import { useAround } from '../hooks.ts';

const COLOURS = 8;

export interface AvatarProps {
  id: string;
  name: string;
  presence?: PresenceState | undefined;
}

/** Initials on a colour of its own, with a dot for who is here. */
export function Avatar({ id, name, presence }: AvatarProps) {
  const { t } = useAround();
  return (
    <span class={`avatar colour-${colourOf(id, COLOURS)}`}>
      <span aria-hidden="true">{initials(name)}</span>
      {presence !== undefined && presence !== 'offline' && (
        <span class={`dot ${presence}`} role="img" aria-label={t(`info.${presence}`)} />
      )}
    </span>
  );
}
