import { type ComponentType, useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

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

/**
 * A part that is loaded when it is first shown. Where that fails, as without a network, it says so and tries again
 * when asked; the parts around it stay.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let held: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is called once for each part, beside the imports.
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | 'failed' | undefined>(() => held);
    useEffect(() => {
      if (Part !== undefined) return;
      let wanted = true;
      const use = (part: ComponentType<P> | 'failed') => wanted && setPart(() => part);
      load().then(
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
    if (Part === undefined) return null;
    if (Part !== 'failed') return <Part {...props} />;
    const { onClose } = props as Closable;
    return <NotLoaded onAgain={() => setPart(undefined)} {...(onClose === undefined ? {} : { onClose })} />;
  };
}
