import { Cell, type Client } from '@inlay-im/client';
import { useCallback, useEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { nameOf, useMyId, useUser } from '../hooks/people.ts';
import { useSelect } from '../hooks/select.ts';
import { useStore } from '../hooks/store.ts';
import { useMessage } from '../hooks/timeline.ts';
import { useText } from '../text/texts.ts';

/** Lines that stay in the region: a screen reader that is still speaking comes to those that followed. */
const KEPT = 6;

interface Line {
  readonly id: number;
  readonly text: string;
}

/** What is to be read out, in its order. */
class Announcer {
  readonly lines = new Cell<readonly Line[]>([]);
  #count = 0;

  readonly say = (text: string): void => {
    this.#count += 1;
    this.lines.set([...this.lines.get(), { id: this.#count, text }].slice(-KEPT));
  };
}

const announcers = new WeakMap<Client, Announcer>();

/** One for each client, so that whatever part has something to say finds the region that the messenger shows. */
function announcerOf(client: Client): Announcer {
  const held = announcers.get(client);
  if (held) return held;
  const made = new Announcer();
  announcers.set(client, made);
  return made;
}

/** Gives a function that has a text read out politely: once what is being read has come to its end. */
export function useAnnounce(): (text: string) => void {
  return announcerOf(useInlay().client).say;
}

/** Reads out what others write in a conversation from now on; what was there before stays unsaid. */
function Heard({ id }: { id: string }) {
  const { t, client } = useInlay();
  const me = useMyId();
  const say = useAnnounce();
  const { timeline } = client.conversation(id);
  const key = useSelect(timeline, (view) => (view.ready && !view.hasAfter ? view.keys.at(-1) : undefined));
  const message = useMessage(timeline, key ?? '');
  const text = useText(message, me);
  const sender = useUser(message?.sender);
  /** The highest number that was there before, or was said. */
  const known = useRef<number | undefined>(undefined);
  const ready = useSelect(timeline, (view) => view.ready);
  const tell = useCallback(() => {
    const n = message?.n ?? undefined;
    const before = known.current;
    if (ready && before === undefined) known.current = n ?? 0;
    if (n === undefined || before === undefined || n <= before) return;
    known.current = n;
    if (message?.sender === me || message?.body === null) return;
    const name = nameOf(sender, message?.sender ?? '');
    say(message?.body?.kind === 'system' ? text : t('timeline.heard', { name, text }));
  }, [message, ready, me, sender, text, say, t]);
  useEffect(tell, [tell]);
  return null;
}

/** The region that is read out, and what is heard of the open conversation. */
export function Announcements({ conversation }: { conversation: string | undefined }) {
  const lines = useStore(announcerOf(useInlay().client).lines);
  return (
    <>
      {conversation !== undefined && <Heard key={conversation} id={conversation} />}
      <div className="inlay-unseen" role="log" aria-live="polite" aria-relevant="additions">
        {lines.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
    </>
  );
}
