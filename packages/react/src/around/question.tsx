import { type ConfirmRequest, useInlay } from '../context.ts';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';

export interface QuestionProps {
  readonly question: ConfirmRequest;
  answer(yes: boolean): void;
  onClose(): void;
}

/** Asks before something that cannot be undone. */
export function Question({ question, answer, onClose }: QuestionProps) {
  const { t } = useInlay();
  const { title, text, confirm, danger = false } = question;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="actions">
        <Button onClick={() => answer(false)}>{t('app.cancel')}</Button>
        <Button look={danger ? 'primary danger' : 'primary'} onClick={() => answer(true)}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
