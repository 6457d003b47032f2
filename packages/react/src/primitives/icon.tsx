/**
 * Outlines on a field of 24 by 24; they only accompany a text or a label. These are what list and conversation draw;
 * `more-icons.ts` has those of the parts that are loaded on use.
 */
const PATHS: Record<string, string> = {
  back: 'M15 5l-7 7 7 7',
  plus: 'M12 5v14M5 12h14',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  send: 'M5 12l15-7-5 15-3-6zM12 14l8-9',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2 12.5l4.5 4.5L16 7.5M11 16l1 1L21.5 7.5',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  muted: 'M6 16V11a6 6 0 0 1 9-5.2M18 10v6M4 16h12M10 20h4M4 4l16 16',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  alert: 'M12 8v5M12 16v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  info: 'M12 11v5M12 8v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5-2.8M12 19v.01',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.8-4.8',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.01M15 9.5v.01',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1',
  archive: 'M4 8h16v11H4zM3 4h18v4H3zM10 12h4',
  unread: 'M4 6h12M4 6v12h16v-8M4 6l8 7 3-2.6M19 6v.01',
  chat: 'M4 5h16v11H11l-5 4v-4H4z',
  photo: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9v.01',
  video: 'M3 6h12v12H3zM15 10.5l6-3.5v10l-6-3.5',
  mic: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  attach:
    'M20 11.5l-8.3 8.3a5 5 0 0 1-7.1-7.1l8.7-8.7a3.4 3.4 0 0 1 4.8 4.8l-8.7 8.7a1.7 1.7 0 0 1-2.4-2.4l8-8',
};

/** Lets icons be drawn that are not there from the start: outlines by name. */
export const addIcons = (more: Readonly<Record<string, string>>): void => void Object.assign(PATHS, more);

export function Icon({ name }: { name: string }) {
  return (
    <svg className={`inlay-icon ${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name] ?? PATHS.info} />
    </svg>
  );
}
