import { useInlay } from '../context.ts';
import type { Translate } from '../i18n/index.ts';
import { useNavigation } from '../navigation.ts';
import { Button } from '../primitives/button.tsx';
import type { PartProps } from './mine.tsx';

/** What becomes of the conversation when I leave. */
function leaveText(t: Translate, { info }: PartProps): string {
  if (info.memberCount <= 1) return t('info.leaveLast');
  if (info.self?.role === 'owner') return t('info.leaveOwner');
  return t(info.kind === 'channel' ? 'info.leaveChannel' : 'info.leaveGroup');
}

/** What takes me out of a conversation, or the conversation out of my sight; and the way into a channel. */
export function Farewell(props: PartProps) {
  const { handle, info } = props;
  const { t, attempt, confirm } = useInlay();
  const { back } = useNavigation();
  const clear = async () => {
    const question = { title: t('info.clear'), text: t('info.clearSure'), confirm: t('info.clearDo') };
    if (await confirm({ ...question, danger: true })) await attempt(handle.clear());
  };
  const leave = async () => {
    const question = { title: t('info.leave'), text: leaveText(t, props), confirm: t('info.leaveDo') };
    if (!(await confirm({ ...question, danger: true }))) return;
    if (await attempt(handle.leave())) back();
  };
  if (info.self === null)
    return (
      <section className="part">
        <Button look="primary" wide onClick={() => void attempt(handle.join())}>
          {t('info.join')}
        </Button>
      </section>
    );
  return (
    <section className="part farewell">
      <Button look="plain" icon="trash" onClick={() => void clear()}>
        {t('info.clear')}
      </Button>
      {info.kind !== 'direct' && (
        <Button look="plain" icon="leave" onClick={() => void leave()}>
          {t('info.leave')}
        </Button>
      )}
    </section>
  );
}
