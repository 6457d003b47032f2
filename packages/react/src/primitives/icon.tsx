/** Outlines on a field of 24 by 24; they only accompany a text or label, so that they say nothing themselves. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  menu: 'M4 7h16M4 12h16M4 17h16',
  send: 'M5 12l15-7-5 15-3-6zM12 14l8-9',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2 12.5l4.5 4.5L16 7.5M11 16l1 1L21.5 7.5',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  unpin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7M4 4l16 16',
  muted: 'M6 16V11a6 6 0 0 1 9-5.2M18 10v6M4 16h12M10 20h4M4 4l16 16',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5M4 16h16M10 20h4',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  alert: 'M12 8v5M12 16v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  info: 'M12 11v5M12 8v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  offline: 'M4 4l16 16M8.5 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.400M19 12a10 10 0 0 0-5-2.800M12 19v.01',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM20 20l-4.800-4.800',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14a4.200 4.200 0 0 0 7 0M9 9.500v.01M15 9.500v.01',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0',
  users:
    'M9 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19a6.500 6.500 0 0 1 13 0M16 5.300a3.500 3.500 0 0 1 0 6.400M18.500 14a6.500 6.500 0 0 1 3 5',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.500 7.100',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  archive: 'M4 8h16v11H4zM3 4h18v4H3zM10 12h4',
  unread: 'M4 6h12M4 6v12h16v-8M4 6l8 7 3-2.600M19 6v.01',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  hide: 'M4 4l16 16M9.500 6a9 9 0 0 1 2.500-.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-2.700 3.400M6 7.700A15 15 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-.900',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 12h-2',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  select: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.500l3 3 5-6',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M19 5l-1.400 1.400M6.400 17.600L5 19',
  type: 'M4 19l5-13h1l5 13M6 14h7M15 19l3.500-8h.500l3 8M16.500 16h5',
  sound: 'M4 10v4h4l5 4V6L8 10zM16.500 9a4.500 4.500 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  keyboard: 'M3 7h18v10H3zM7 10.500v.01M10.500 10.500v.01M14 10.500v.01M17.500 10.500v.01M8 13.800h8',
  device: 'M7 3h10v18H7zM11 18h2',
  key: 'M9 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM13 11h8M18 11v4M15 11v2',
  camera: 'M4 8h4l1.500-3h5L16 8h4v11H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  leave: 'M10 4H5v16h5M10 12h10M16 8l4 4-4 4',
  history: 'M4 12a8 8 0 1 1 2.500 5.800M4 20v-4h4M12 8v4l3 2',
  chat: 'M4 5h16v11H11l-5 4v-4H4z',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  star: 'M12 3.500l2.600 5.400 5.900.800-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900L3.500 9.700l5.900-.800z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: string }) {
  return (
    <svg className={`inlay-icon ${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name as IconName] ?? PATHS.info} />
    </svg>
  );
}
