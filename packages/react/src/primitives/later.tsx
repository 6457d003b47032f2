import { type ComponentType, useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

/**
 * A part that is loaded when it is first shown. Where that fails, as without a network, it says so and tries again
 * when asked; the parts around it stay.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let held: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is called once for each part, beside the imports.
  return function Later(props: P) {
    const { t } = useInlay();
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
    return (
      <Empty icon="offline" title={t('app.notLoaded')}>
        <p>{t('error.network')}</p>
        <Button onClick={() => setPart(undefined)}>{t('app.again')}</Button>
      </Empty>
    );
  };
}
