import type { App } from '@inlay-im/protocol';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';

/** The app that one signs in to; undefined while it is asked for, null where that failed. */
export function useApp(): App | null | undefined {
  const { client } = useInlay();
  const [app, setApp] = useState<App | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    client.app().then(
      (found) => wanted && setApp(found),
      () => wanted && setApp(null),
    );
    return () => {
      wanted = false;
    };
  }, [client]);
  return app;
}
