import { useInlay } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';

/** What lies over the conversation while files are held over it. */
export function DropZone() {
  const { t } = useInlay();
  return (
    <div className="inlay-drop" aria-hidden="true">
      <p>
        <Icon name="download" />
        {t('composer.dropHere')}
      </p>
    </div>
  );
}
