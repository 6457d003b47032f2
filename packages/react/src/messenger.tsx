import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Around } from './around/around.tsx';
import { ConnectionBanner } from './around/banner.tsx';
import { useInlay } from './context.ts';
import { Conversation } from './conversation/conversation.tsx';
import { workbenchOf } from './conversation/workbench.ts';
import { ConversationList } from './list/conversation-list.tsx';
import { type Navigation, NavigationContext, type Place } from './navigation.ts';
import { ConversationDetails, MePage, NewConversation, QuickSwitcher } from './pages.ts';
import { Empty } from './primitives/empty.tsx';

export interface MessengerProps {
  /** What is shown, where the app keeps that itself, in the address for one. */
  readonly place?: Place;
  /** Called when the person goes elsewhere. */
  onPlace?(place: Place): void;
  /** Opens this conversation first. */
  readonly open?: string;
  /** Installs the app; shown in the settings where it is given. */
  readonly install?: (() => void) | undefined;
  /** Title, icon, sounds and notifications of the page. Off for a messenger that is a small part of a page. */
  readonly page?: boolean;
  /** Whether the list of conversations is there. Without it the messenger is the one conversation that `open` names. */
  readonly list?: boolean;
}

function PlainNothing() {
  const { t } = useInlay();
  return (
    <Empty icon="chat" title={t('list.pickTitle')}>
      <p>{t('list.pick')}</p>
    </Empty>
  );
}

/** The page over the list: my own, or beginning a conversation. */
function OverList({ place, install }: { place: Place; install: (() => void) | undefined }) {
  if (place.page === 'me') return <MePage install={install} />;
  return place.page === 'new' ? <NewConversation /> : null;
}

function usePlace({ place: given, onPlace, open, list = true }: MessengerProps) {
  const [own, setOwn] = useState<Place>(open === undefined ? {} : { conversation: open });
  const place = given ?? own;
  const home = list ? undefined : open;
  const go = useCallback(
    (wanted: Place) => {
      const next = home === undefined || wanted.conversation !== undefined ? wanted : { conversation: home };
      setOwn(next);
      onPlace?.(next);
    },
    [onPlace, home],
  );
  return [place, go] as const;
}

/**
 * The finished messenger: conversations, messages and the pages about them. It fills the element around it, which must
 * have a height, and fits itself to that element's width: one pane on a phone, two, or three.
 */
export function Messenger(props: MessengerProps) {
  const { client, parts, t } = useInlay();
  const [place, go] = usePlace(props);
  const [switching, setSwitching] = useState(false);
  const navigation = useMemo<Navigation>(
    () => ({
      place,
      open: (conversation, n) => {
        go({ conversation });
        if (n !== undefined) workbenchOf(client.conversation(conversation)).jumpTo(n);
      },
      show: (page) => {
        const { conversation } = place;
        const next = conversation === undefined ? {} : { conversation };
        go(page === undefined ? next : { ...next, page });
      },
      back: () => go({}),
      switcher: () => setSwitching(true),
    }),
    [place, go, client],
  );
  const { conversation, page } = place;
  const list = props.list !== false;
  // What is a small part of a page is not what that page is mainly about.
  const Main = props.page === false ? 'div' : 'main';
  const { NothingOpen = PlainNothing } = parts;
  const shown =
    page === 'me' || page === 'new' ? 'page' : conversation === undefined ? 'list' : 'conversation';
  const pane = (name: string, content: ReactNode) => <div className={`pane ${name}`}>{content}</div>;
  return (
    <NavigationContext.Provider value={navigation}>
      <div
        className={`inlay-messenger${list ? '' : conversation === props.open ? ' alone home' : ' alone'}`}
        data-shown={page === 'details' && conversation ? 'details' : shown}
      >
        <Main className="panes">
          {Main === 'main' && <h1 className="inlay-unseen">{t('list.title')}</h1>}
          {list && pane('list', <ConversationList />)}
          {shown === 'page' && pane('over-list', <OverList place={place} install={props.install} />)}
          <div className="pane main">
            {conversation === undefined ? (
              <NothingOpen />
            ) : (
              <Conversation key={conversation} id={conversation} />
            )}
          </div>
          {page === 'details' &&
            conversation !== undefined &&
            pane(
              'details',
              parts.ConversationDetails ? (
                <parts.ConversationDetails id={conversation} />
              ) : (
                <ConversationDetails key={conversation} id={conversation} />
              ),
            )}
        </Main>
        <ConnectionBanner />
        <Around navigation={navigation} page={props.page !== false} />
        {switching && <QuickSwitcher onClose={() => setSwitching(false)} />}
      </div>
    </NavigationContext.Provider>
  );
}
