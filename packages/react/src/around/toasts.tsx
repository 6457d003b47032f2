import { useEffect, useLayoutEffect, useRef } from 'react';
import { type ToastRequest, useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';

/** How long a toast stays, in milliseconds; one with something to press stays longer (WCAG 2.2.1). */
const STAY = 5000;
const STAY_WITH_ACTION = 10_000;

export interface ShownToast extends ToastRequest {
  readonly id: number;
}

function Toast({ toast, onClose }: { toast: ShownToast; onClose(id: number): void }) {
  const { t } = useInlay();
  const { id, text, action, lasting = false } = toast;
  useEffect(() => {
    if (lasting) return;
    const timer = setTimeout(() => onClose(id), action ? STAY_WITH_ACTION : STAY);
    return () => clearTimeout(timer);
  }, [id, action, lasting, onClose]);
  return (
    <div className="inlay-toast">
      <span>{text}</span>
      {action && (
        <button
          type="button"
          onClick={() => {
            onClose(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <RoundButton icon="close" label={t('app.close')} onClick={() => onClose(id)} />
    </div>
  );
}

/**
 * Short notices at the lower edge, read out as they come. They are in the top layer, which each new one enters again:
 * what opened meanwhile, such as the dialog that a notice is about, would lie over them.
 */
export function Toasts({ toasts, onClose }: { toasts: readonly ShownToast[]; onClose(id: number): void }) {
  const region = useRef<HTMLDivElement>(null);
  const newest = toasts.at(-1)?.id;
  useLayoutEffect(() => {
    const { current } = region;
    if (newest === undefined || current?.showPopover === undefined) return;
    if (current.matches(':popover-open')) current.hidePopover();
    current.showPopover();
  }, [newest]);
  return (
    <div ref={region} className="inlay-toasts" role="status" popover="manual">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onClose={onClose} />
      ))}
    </div>
  );
}
