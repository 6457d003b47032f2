import { Inlay, Messenger, useClient, useInlay, useMe, useStore } from '@inlay-im/react';
import { loadAlong } from '@inlay-im/react/later';
import { SignIn } from '@inlay-im/react/sign-in';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { ChatConfig, Target } from '../config.ts';
import type { Session } from '../session/session.ts';
import { conversationOf, hasTarget } from '../session/target.ts';
import { adopt, adoptWhatComes } from '../styles.ts';
import { languagesInUse, looksAndTexts } from './along.ts';
import { adoptTokens } from './tokens.ts';
import css from './view.css' with { type: 'text' };

loadAlong(looksAndTexts);

export interface ViewProps {
  readonly session: Session;
  readonly config: ChatConfig;
  /** Where the person was last, or is to be: a conversation of the list. */
  readonly place: Target | undefined;
  /** Called when a conversation is shown, or with undefined the list. */
  onPlace(conversation: string | undefined): void;
}

/** A guest comes into being when something is shown to them, once. */
function useGuest(session: Session): void {
  const standing = useStore(session.standing);
  const asked = useRef<Session | undefined>(undefined);
  useEffect(() => {
    if (standing !== 'nobody' || asked.current === session) return;
    asked.current = session;
    session.enter().catch(() => {});
  }, [standing, session]);
}

function Content({ session, config, place, onPlace }: ViewProps) {
  const client = useClient();
  languagesInUse.add(useInlay().locale);
  const me = useMe();
  const [first] = useState(place);
  const alone = hasTarget(config);
  const open = me && conversationOf(client, alone ? config : (first ?? {}));
  const [shown, setShown] = useState(open);
  const told = useRef(onPlace);
  told.current = onPlace;
  const current = alone ? open : shown;
  useEffect(() => {
    if (me !== undefined) told.current(current);
  }, [me, current]);
  useGuest(session);
  if (me === undefined) {
    const signsItselfIn = session.isHost || session.connection.guest !== undefined;
    return signsItselfIn ? null : <SignIn page={false} />;
  }
  return (
    <Messenger
      key={alone ? open : me.id}
      page={false}
      list={!alone}
      {...(open === undefined ? {} : { open })}
      onPlace={({ conversation }) => setShown(conversation)}
    />
  );
}

function Whole(props: ViewProps) {
  const client = useStore(props.session.client);
  const { theme, locale } = props.config;
  if (client === undefined) return null;
  return (
    <Inlay client={client} {...(theme && { theme })} {...(locale && { locale })}>
      <Content {...props} />
    </Inlay>
  );
}

/** The kit where it is shown. */
export interface View {
  update(props: ViewProps): void;
  end(): void;
}

export interface ShowOptions {
  readonly shadow: ShadowRoot;
  /** The element that it fills. */
  readonly into: HTMLElement;
  readonly props: ViewProps;
}

/** Shows the kit in a shadow root. */
export function show({ shadow, into, props }: ShowOptions): View {
  adopt(shadow, css);
  adoptTokens(shadow);
  const stop = adoptWhatComes(shadow);
  const root = createRoot(into);
  const update = (next: ViewProps) => root.render(<Whole {...next} />);
  update(props);
  return {
    update,
    end() {
      root.unmount();
      stop();
    },
  };
}
