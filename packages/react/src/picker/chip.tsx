import { useInlay } from '../context.ts';
import type { AvatarProps } from '../parts.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Icon } from '../primitives/icon.tsx';

/** One of those who are chosen; pressed, it is let go of. */
export function Chip({ onRemove, ...avatar }: Omit<AvatarProps, 'size'> & { onRemove(): void }) {
  const { t } = useInlay();
  const { name } = avatar;
  return (
    <button type="button" className="chip" aria-label={t('new.remove', { name })} onClick={onRemove}>
      <Avatar {...avatar} size="s" />
      <bdi>{name}</bdi>
      <Icon name="close" />
    </button>
  );
}
