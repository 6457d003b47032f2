import { Fragment, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { ConfirmRequest, Kit, MenuRequest, ToastRequest } from '../context.ts';
import type { Translate } from '../i18n/index.ts';
import { later } from '../primitives/later.tsx';
import { reasonOf } from '../text/errors.ts';
import { type ShownToast, Toasts } from './toasts.tsx';

const MenuHost = later(async () => (await import('./menu.tsx')).MenuHost);
const Question = later(async () => (await import('./question.tsx')).Question);

/** More at once would cover what they speak of. */
const TOASTS = 3;

interface Asked extends ConfirmRequest {
  resolve(yes: boolean): void;
}

interface Overlay {
  readonly id: number;
  show(close: () => void): ReactNode;
}

/** Menus, toasts, questions and whatever else lies over one `<Inlay>`: the ways to open them, and where they are shown. */
export function useHosts(t: Translate) {
  const [menu, setMenu] = useState<MenuRequest | undefined>(undefined);
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [overlays, setOverlays] = useState<readonly Overlay[]>([]);
  const count = useRef(0);
  const ways = useMemo(() => {
    const toast = (request: ToastRequest) => {
      count.current += 1;
      const shown = { ...request, id: count.current };
      setToasts((held) => [...held.filter(({ text }) => text !== request.text), shown].slice(-TOASTS));
    };
    const confirm = (question: ConfirmRequest) =>
      new Promise<boolean>((resolve) =>
        setAsked((before) => {
          // Whoever asked before is answered with no, rather than never.
          before?.resolve(false);
          return { ...question, resolve };
        }),
      );
    const present = (show: Overlay['show']) => {
      count.current += 1;
      const overlay = { id: count.current, show };
      setOverlays((held) => [...held, overlay]);
    };
    const attempt = (task: Promise<unknown>) =>
      task.then(
        () => true,
        (error: unknown) => {
          toast({ text: reasonOf(t, error), kind: 'error' });
          return false;
        },
      );
    return { openMenu: setMenu, toast, confirm, present, attempt } satisfies Partial<Kit>;
  }, [t]);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const closeToast = useCallback(
    (id: number) => setToasts((held) => held.filter((one) => one.id !== id)),
    [],
  );
  const answer = (yes: boolean) => {
    setAsked(undefined);
    asked?.resolve(yes);
  };
  const hosts = (
    <>
      {menu && <MenuHost menu={menu} onClose={closeMenu} />}
      {asked && <Question question={asked} answer={answer} onClose={() => answer(false)} />}
      {overlays.map(({ id, show }) => (
        <Fragment key={id}>{show(() => setOverlays((held) => held.filter((one) => one.id !== id)))}</Fragment>
      ))}
      <Toasts toasts={toasts} onClose={closeToast} />
    </>
  );
  return { ways, hosts };
}
