import { useState } from 'react';
import { useInlay } from '../context.ts';
import type { AvatarProps } from '../parts.ts';
import { COLOURS, colourOf, initials } from '../text/format.ts';

/** Widest, in CSS pixels: with the largest text that a person can choose. */
const WIDEST = { s: 43, m: 58, l: 68, xl: 128 } as const;

function PlainAvatar({ id, name, picture, presence, size = 'm', square = false }: AvatarProps) {
  const { t, client } = useInlay();
  const [broken, setBroken] = useState<string | undefined>(undefined);
  const density = globalThis.devicePixelRatio ?? 1;
  const address = picture ? client.resolve(picture, WIDEST[size] * density) : undefined;
  const shown = address === broken ? undefined : address;
  const look = shown === undefined ? `c${colourOf(id, COLOURS)}` : 'picture';
  return (
    <span className={`inlay-avatar ${size} ${look}${square ? ' square' : ''}`}>
      {shown === undefined ? (
        <span className="initials" aria-hidden="true" data-initials={initials(name)} />
      ) : (
        <img
          src={shown}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setBroken(shown)}
        />
      )}
      {presence !== undefined && presence !== 'offline' && (
        <span className={`dot ${presence}`} role="img" aria-label={t(`presence.${presence}`)} />
      )}
    </span>
  );
}

/** A picture, or initials on a colour; with a dot for who is here. The app may put its own in its place. */
export function Avatar(props: AvatarProps) {
  const { Avatar: Own = PlainAvatar } = useInlay().parts;
  return <Own {...props} />;
}
