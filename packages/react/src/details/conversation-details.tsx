import { mayManage } from '@inlay-im/protocol/rules';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { peerOf, useConversation } from '../hooks/conversations.ts';
import { useMyId } from '../hooks/people.ts';
import { useReturnFocus } from '../hooks/return-focus.ts';
import { useNavigation } from '../navigation.ts';
import type { ConversationPartProps } from '../parts.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { later } from '../primitives/later.tsx';
import { EditInfo } from './edit-info.tsx';
import { Farewell } from './farewell.tsx';
import { Hero } from './hero.tsx';
import { Members } from './members.tsx';
import { Mine } from './mine.tsx';
import { GroupSettings } from './settings.tsx';
import { standingOf } from './standing.ts';

const SharedPages = later(async () => (await import('../media/shared/shared-pages.tsx')).SharedPages);

/** Which of its pages is shown: the conversation's, the one to change name and picture, or what was shared in it. */
function usePane() {
  const [page, setPage] = useState<'details' | 'edit' | 'shared'>('details');
  const pane = useRef<HTMLElement>(null);
  useReturnFocus(pane);
  useEffect(() => {
    const wanted = page === 'edit' ? 'input' : 'header > button';
    const all = pane.current?.querySelectorAll<HTMLElement>(wanted) ?? [];
    [...all].find((each) => each.getClientRects().length > 0)?.focus({ preventScroll: true });
  }, [page]);
  return { pane, page, setPage };
}

/** What a conversation is and who is in it, what I may change of it, and what I set for me. */
export function ConversationDetails({ id }: ConversationPartProps) {
  const { t } = useInlay();
  const { handle, info } = useConversation(id);
  const { show } = useNavigation();
  const me = useMyId();
  const { pane, page, setPage } = usePane();
  const box = useRef<HTMLDivElement>(null);
  const peer = peerOf(id, me);
  const may = info !== undefined && mayManage(standingOf(info));
  const within = page !== 'details';
  const toDetails = () => setPage('details');
  const back = () => (within ? toDetails() : show(undefined));
  return (
    <section
      ref={pane}
      className="inlay-pane inlay-details"
      aria-label={t('info.details')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !within || event.defaultPrevented) return;
        event.preventDefault();
        toDetails();
      }}
    >
      <header>
        {within ? (
          <RoundButton icon="back" label={t('info.back')} onClick={back} />
        ) : (
          <>
            <RoundButton icon="close" className="beside" label={t('info.close')} onClick={back} />
            <RoundButton icon="back" className="over" label={t('info.close')} onClick={back} />
          </>
        )}
        <h2>{t(page === 'edit' ? 'info.edit' : page === 'shared' ? 'shared.title' : 'info.details')}</h2>
        {may && !within && (
          <RoundButton icon="pencil" label={t('info.edit')} onClick={() => setPage('edit')} />
        )}
      </header>
      {page === 'shared' ? (
        <SharedPages conversation={id} />
      ) : page === 'edit' && info !== undefined && may ? (
        <div className="scroll">
          <EditInfo handle={handle} info={info} onDone={toDetails} />
        </div>
      ) : (
        <div className="scroll" ref={box}>
          <Hero id={id} info={info} peer={peer} />
          {info?.self && <Mine handle={handle} info={info} />}
          {info && (
            <button type="button" className="to-shared" onClick={() => setPage('shared')}>
              <Icon name="photo" />
              <span>{t('shared.title')}</span>
              <Icon name="next" />
            </button>
          )}
          {info && peer === undefined && (
            <>
              {may && <GroupSettings handle={handle} info={info} />}
              <Members handle={handle} info={info} box={box} />
            </>
          )}
          {info && <Farewell handle={handle} info={info} />}
        </div>
      )}
    </section>
  );
}
