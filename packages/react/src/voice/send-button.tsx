import { type MouseEvent, type PointerEvent, useRef } from 'react';
import { useInlay } from '../context.ts';
import { useSelect } from '../hooks/select.ts';
import { absent } from '../hooks/store.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { deedOf, lifted, slideOf } from './hold.ts';
import type { RecordingView } from './recording.ts';
import type { Voice } from './use-voice.ts';

/** The click that follows a finger that is lifted comes within so many milliseconds. */
const CLICK = 400;

export interface SendButtonProps {
  readonly voice: Voice;
  /** What is written: `nothing` is where a voice message is recorded instead. */
  readonly writing: 'nothing' | 'unsendable' | 'sendable' | 'edit';
}

interface Press {
  readonly x: number;
  readonly y: number;
  readonly rtl: boolean;
}

/** What a finger does that records while it holds: it slides to take it back or to go on without, or is lifted. */
function useHold(voice: Voice) {
  const press = useRef<Press | undefined>(undefined);
  const liftedAt = useRef(Number.NEGATIVE_INFINITY);
  const show = (button: HTMLElement, along: number, up: number) => {
    button.parentElement?.style.setProperty('--slide', String(along));
    button.parentElement?.style.setProperty('--lift', String(up));
  };
  const over = (event: PointerEvent<HTMLElement>) => {
    press.current = undefined;
    liftedAt.current = event.timeStamp;
    show(event.currentTarget, 0, 0);
  };
  const lock = () => voice.held?.recording.lock();
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'mouse' || voice.held !== undefined) return;
    const { currentTarget, pointerId, clientX: x, clientY: y } = event;
    currentTarget.setPointerCapture(pointerId);
    press.current = { x, y, rtl: getComputedStyle(currentTarget).direction === 'rtl' };
    voice.start(() => press.current !== undefined);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const { current } = press;
    if (current === undefined) return;
    const slide = slideOf(event.clientX - current.x, event.clientY - current.y, current.rtl);
    show(event.currentTarget, slide.along, slide.up);
    const deed = voice.held && deedOf(slide);
    if (deed === undefined) return;
    over(event);
    if (deed === 'lock') lock();
    else voice.drop();
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (press.current === undefined) return;
    over(event);
    const recorded = voice.held?.recording.view.get().ms ?? 0;
    if (lifted(recorded) === 'send') voice.send();
    else lock();
  };
  // A call that comes, or a gesture of the system: what is recorded is not lost, and not sent either.
  const lost = (event: PointerEvent<HTMLElement>) => {
    if (press.current === undefined) return;
    over(event);
    lock();
  };
  /** Whether a click is only the end of such a press. */
  const isOver = (event: MouseEvent) =>
    press.current !== undefined || event.timeStamp - liftedAt.current < CLICK;
  return { isOver, onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: lost };
}

const HELD = (view: RecordingView | undefined) => view?.held ?? false;
const ASKING = (view: RecordingView | undefined) => view?.state === 'asking';

/** Sends what is written or recorded; where neither is, it records: pressed, or with a finger for as long as it holds. */
export function SendButton({ voice, writing }: SendButtonProps) {
  const { t } = useInlay();
  const { held } = voice;
  const { isOver, ...hold } = useHold(voice);
  const view = held?.recording.view ?? absent();
  const holding = useSelect<RecordingView | undefined, boolean>(view, HELD);
  const asking = useSelect<RecordingView | undefined, boolean>(view, ASKING) && !holding;
  const records = held === undefined && writing === 'nothing';
  const mic = records || holding;
  const label = records
    ? 'voice.record'
    : held === undefined && writing === 'edit'
      ? 'composer.save'
      : 'composer.send';
  return (
    <>
      {holding && (
        <span className="lock" aria-hidden="true">
          <Icon name="lock" />
          <Icon name="up" />
        </span>
      )}
      {/* One button throughout, as a finger that holds it would lose another. */}
      <RoundButton
        type={mic ? 'button' : 'submit'}
        className={`send${mic ? ' mic' : ''}${holding ? ' holding' : ''}`}
        icon={mic ? 'mic' : label === 'composer.save' ? 'check' : 'send'}
        label={t(label)}
        disabled={held === undefined && writing === 'unsendable'}
        // Not disabled, as it would lose the focus: nothing is recorded yet.
        aria-disabled={asking || undefined}
        // A press leaves the focus in the field, and a phone its keyboard.
        onMouseDown={(event) => event.preventDefault()}
        onContextMenu={(event) => mic && event.preventDefault()}
        {...(mic ? hold : {})}
        onClick={(event) => {
          if (isOver(event)) event.preventDefault();
          else if (records) voice.start(() => false);
        }}
      />
    </>
  );
}
