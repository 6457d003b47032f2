import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';
import { addIcons } from './icon.tsx';

interface Closable {
  /** A part that lies over others closes by it. */
  onClose?(): void;
}

function NotLoaded({ onAgain, onClose }: { onAgain(): void } & Closable) {
  const { t, toast } = useInlay();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is said once.
  useEffect(() => {
    if (onClose === undefined) return;
    toast({ text: t('app.notLoaded'), kind: 'error' });
    onClose();
  }, []);
  if (onClose !== undefined) return null;
  return (
    <Empty icon="offline" title={t('app.notLoaded')}>
      <p>{t('error.network')}</p>
      <Button onClick={onAgain}>{t('app.again')}</Button>
    </Empty>
  );
}

let along: () => Promise<unknown> = () => Promise.resolve();

/** Has something loaded along with every part, where looks and texts of such parts are not there from the start. */
export function loadAlong(load: () => Promise<unknown>): void {
  along = load;
}

const icons = async (): Promise<void> => addIcons((await import('./more-icons.ts')).MORE);

/** Loads what is no part but is used by parts that are there from the start, such as what a menu offers. */
export async function onUse<T>(load: () => Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([load(), icons(), along()]);
  return loaded;
}

/**
 * A part that is loaded when it is first shown. Where that fails, as without a network, it says so and tries again
 * when asked; the parts around it stay. `waiting` stands in its place meanwhile.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  let held: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is called once for each part, beside the imports.
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | 'failed' | undefined>(() => held);
    useEffect(() => {
      if (Part !== undefined) return;
      let wanted = true;
      const use = (part: ComponentType<P> | 'failed') => wanted && setPart(() => part);
      onUse(load).then(
        (part) => {
          held = part;
          use(part);
        },
        () => use('failed'),
      );
      return () => {
        wanted = false;
      };
    }, [Part]);
    if (Part === undefined) return waiting;
    if (Part !== 'failed') return <Part {...props} />;
    const { onClose } = props as Closable;
    return <NotLoaded onAgain={() => setPart(undefined)} {...(onClose === undefined ? {} : { onClose })} />;
  };
}
