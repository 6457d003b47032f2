import type { User } from '@inlay-im/protocol';

const person = (id: string, name: string | null, more: Partial<User> = {}): User => ({
  id,
  kind: 'host',
  name,
  avatar: null,
  custom: null,
  ...more,
});

export const ANN = person('ann', 'Ann Baker');
export const BEN = person('ben', 'Ben Okafor');
export const CARLA = person('carla', 'Carla Méndez');
export const LIWEI = person('liwei', '李伟');
export const NOA = person('noa', 'נועה לוי');
export const LONG = person(
  'long',
  'Maximiliana Konstantinopolitanskaya-Featherstonehaugh of Llanfairpwllgwyngyll',
);
const NAMELESS = person('u_48151623', null);

/** Ann as someone who signed up here, and as a visitor without a name. */
export const OWN: User = { ...ANN, kind: 'own' };
export const GUEST = person('guest_7f3a', null, { kind: 'guest' });

/** Everyone of the app. */
export const PEOPLE: readonly User[] = [ANN, BEN, CARLA, LIWEI, NOA, LONG, NAMELESS];

const drawn = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** A picture that needs no network. */
export const PICTURE = drawn(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
    <rect width="64" height="64" fill="#f2b880"/><circle cx="46" cy="18" r="8" fill="#fff3d6"/>
    <path d="M0 64V46l18-16 14 12 10-8 22 18v12z" fill="#3c6e71"/>
  </svg>`,
);
/** One that is no picture. */
export const BROKEN = 'data:image/png;base64,AAAA';
