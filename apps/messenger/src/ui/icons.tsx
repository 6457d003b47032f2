/** @jsxImportSource preact */

/** Outlines on a field of 24 by 24; they only accompany a text or label, so that they say nothing themselves. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  plus: 'M12 5v14M5 12h14',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  send: 'M5 12l15-7-5 15-3-6zM12 14l8-9',
  check: 'M5 12.5l4.500 4.500L19 7.500',
  checks: 'M2 12.500l4.500 4.500L16 7.500M11 16l1 1L21.500 7.500',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  muted: 'M6 16V11a6 6 0 0 1 9-5.200M18 10v6M4 16h12M10 20h4M4 4l16 16',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  alert: 'M12 8v5M12 16v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  offline:
    'M4 4l16 16M8.500 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.400M19 12a10 10 0 0 0-5-2.800M12 19v.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon ${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
