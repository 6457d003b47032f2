import { useInlay } from '../context.ts';
import type { Workbench } from '../conversation/workbench.ts';
import { useMyId } from '../hooks/people.ts';
import { useStore } from '../hooks/store.ts';
import { forward, mayForward } from '../media/forward/forward.tsx';
import { useNavigation } from '../navigation.ts';
import { Button, RoundButton } from '../primitives/button.tsx';
import { type Acting, copied, copy, recall, remove } from './actions.ts';
import { permissionsOf } from './permissions.ts';

const NONE: ReadonlySet<string> = new Set();

/** In the composer's place while messages are selected: how many, and what can be done with all of them. */
export function SelectionBar({ bench, onClose }: { bench: Workbench; onClose(): void }) {
  const kit = useInlay();
  const { t } = kit;
  const me = useMyId();
  const keys = useStore(bench.selected) ?? NONE;
  const info = useStore(bench.handle.info);
  const messages = bench.handle.timeline.messages().filter((message) => keys.has(message.key));
  const numbers = messages.flatMap(({ n }) => (n === null ? [] : [n]));
  const recallable = messages.length > 0 && messages.every((one) => permissionsOf(one, info, me).recall);
  const navigation = useNavigation();
  const acting: Acting = { kit, bench, navigation, me, show: () => {} };
  const forwarded = messages.filter(mayForward);
  const text = copied(messages, kit);
  return (
    <div className="inlay-selection" role="toolbar" aria-label={t('action.selection')}>
      <RoundButton icon="close" label={t('app.cancel')} onClick={onClose} />
      <strong role="status">{t('action.selected', { count: keys.size })}</strong>
      <Button
        icon="forward"
        disabled={forwarded.length === 0}
        onClick={() => {
          forward(kit, navigation, forwarded);
          bench.selected.set(undefined);
        }}
      >
        {t('forward.do')}
      </Button>
      <Button
        icon="copy"
        disabled={text === ''}
        onClick={() => {
          void copy(kit, text);
          bench.selected.set(undefined);
        }}
      >
        {t('action.copyShort')}
      </Button>
      {recallable && (
        <Button icon="undo" look="danger" onClick={() => void recall(acting, numbers)}>
          {t('action.recallDo')}
        </Button>
      )}
      <Button
        icon="trash"
        look="danger"
        disabled={numbers.length === 0}
        onClick={() => void remove(acting, numbers)}
      >
        {t('action.deleteDo')}
      </Button>
    </div>
  );
}
