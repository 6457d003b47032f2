import { type ComponentType, useEffect, useState } from 'react';
import type { Navigation } from '../navigation.ts';
import { onUse } from '../primitives/later.tsx';
import { Announcements } from './announce.tsx';

/** What a messenger does to the page around it. */
export interface AroundSwitches {
  readonly notifications: boolean;
  /** How much is unread, in the page's title and on its icon. */
  readonly badge: boolean;
  readonly sounds: boolean;
  /** Keys that are heard wherever on the page they are pressed. */
  readonly shortcuts: boolean;
}

export interface AroundProps {
  readonly navigation: Navigation;
  /** All of it, none, or some; what is not named is on. */
  readonly page: boolean | Partial<AroundSwitches>;
}

/** What cannot be loaded, as without a network, is done without. */
function Page(props: AroundProps) {
  const [Part, setPart] = useState<ComponentType<AroundProps> | undefined>(undefined);
  useEffect(() => {
    onUse(() => import('./page.tsx')).then(
      (page) => setPart(() => page.Page),
      () => {},
    );
  }, []);
  return Part && <Part {...props} />;
}

/**
 * What is around a messenger. What is read out is always there; the rest is loaded where it is wanted, as a messenger
 * in a corner of a page leaves that page alone.
 */
export function Around({ navigation, page }: AroundProps) {
  return (
    <>
      <Announcements conversation={navigation.place.conversation} />
      {page !== false && <Page navigation={navigation} page={page} />}
    </>
  );
}
