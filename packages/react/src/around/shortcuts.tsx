import type { Client } from '@inlay-im/client';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import type { Key } from '../i18n/index.ts';
import type { Navigation } from '../navigation.ts';
import { Dialog } from '../primitives/dialog.tsx';

export type Action = 'switcher' | 'previous' | 'next' | 'close' | 'help';

/** As much of a pressed key as is looked at. */
export interface Pressed {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Where a key is pressed: in a field, and whether something is written in it. */
export type Place = 'page' | 'emptyField' | 'field';

/**
 * What a key asks for; undefined where it is none of the messenger's, or where it does something of its own: Escape
 * leaves what is being written alone, and on a Mac Option with an arrow goes from paragraph to paragraph.
 */
export function actionOf(pressed: Pressed, place: Place, mac: boolean): Action | undefined {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = pressed;
  const command = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (command && !altKey) {
    if (key.toLowerCase() === 'k' && !shiftKey) return 'switcher';
    return key === '/' ? 'help' : undefined;
  }
  if (ctrlKey || metaKey || shiftKey) return undefined;
  if (altKey) {
    if (mac && place === 'field') return undefined;
    return key === 'ArrowUp' ? 'previous' : key === 'ArrowDown' ? 'next' : undefined;
  }
  return key === 'Escape' && place !== 'field' ? 'close' : undefined;
}

/** Whether the system's commands are given with the Cmd key. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** Whether a key was pressed in something that lies over the messenger and has keys of its own. */
const isOver = (path: readonly EventTarget[]): boolean =>
  path.some(
    (each) => each instanceof Element && each.matches('dialog, [role=dialog], [role=menu], [popover]'),
  );

function placeOf([target]: readonly EventTarget[]): Place {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    if (target instanceof HTMLInputElement && /^(?:checkbox|radio|button|range)$/.test(target.type))
      return 'page';
    return target.value === '' ? 'emptyField' : 'field';
  }
  if (target instanceof HTMLSelectElement) return 'field';
  return target instanceof HTMLElement && target.isContentEditable ? 'field' : 'page';
}

/** The conversation before or after the open one, in the order of the list. */
export function neighbour(
  ids: readonly string[],
  current: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at < 0) return step === 1 ? ids[0] : ids.at(-1);
  return ids[at + step];
}

/** Does what a key asks for. Gives whether there was anything to do. */
function act(action: Exclude<Action, 'help'>, navigation: Navigation, client: Client): boolean {
  const { place, open, show, back, switcher } = navigation;
  if (action === 'switcher') switcher?.();
  else if (action === 'close') {
    if (place.page !== undefined) show(undefined);
    else if (place.conversation !== undefined) back();
    else return false;
  } else {
    const ids = client.conversations.get().items.map(({ id }) => id);
    const next = neighbour(ids, place.conversation, action === 'next' ? 1 : -1);
    if (next !== undefined) open(next);
  }
  return action !== 'switcher' || switcher !== undefined;
}

/** Listens to the keys of the page. Gives whether the list of shortcuts is shown, and what closes it. */
export function useShortcuts(on: boolean, navigation: Navigation) {
  const { client } = useInlay();
  const [help, setHelp] = useState(false);
  const latest = useRef(navigation);
  latest.current = navigation;
  useEffect(() => {
    if (!on) return;
    const mac = isMac();
    const press = (event: KeyboardEvent) => {
      const path = event.composedPath();
      if (event.isComposing || isOver(path)) return;
      const action = actionOf(event, placeOf(path), mac);
      if (action === undefined || (action === 'close' && event.defaultPrevented)) return;
      if (action === 'help') setHelp(true);
      else if (!act(action, latest.current, client)) return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [client, on]);
  return { help, closeHelp: () => setHelp(false) };
}

function rows(mac: boolean, enterSends: boolean): readonly (readonly [keys: readonly string[], what: Key])[] {
  const command = mac ? '⌘' : 'Ctrl';
  const alt = mac ? '⌥' : 'Alt';
  const withCommand = [command, 'Enter'];
  return [
    [[command, 'K'], 'shortcut.switcher'],
    [[alt, '↑'], 'shortcut.previous'],
    [[alt, '↓'], 'shortcut.next'],
    [['Esc'], 'shortcut.close'],
    [enterSends ? ['Enter'] : withCommand, 'shortcut.send'],
    [enterSends ? ['Shift', 'Enter'] : ['Enter'], 'shortcut.newLine'],
    [['↑'], 'shortcut.editLast'],
    [['↑', '↓'], 'shortcut.messages'],
    [['Enter'], 'shortcut.menu'],
    [[command, '/'], 'shortcut.help'],
  ];
}

/** The list of shortcuts. */
export function Shortcuts({ onClose }: { onClose(): void }) {
  const { t } = useInlay();
  const [{ enterSends }] = useSettings();
  return (
    <Dialog title={t('shortcut.title')} onClose={onClose}>
      <dl className="inlay-shortcuts">
        {rows(isMac(), enterSends).map(([keys, what]) => (
          <div key={what}>
            <dt>{t(what)}</dt>
            <dd dir="ltr">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
