import type { ConversationHandle } from '@inlay-im/client';
import { type RefObject, useEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import type { Composer } from '../hooks/composer.ts';
import { isTouch } from '../hooks/focus.ts';
import { useStore } from '../hooks/store.ts';
import { durationText } from '../text/duration.ts';
import { problemOf } from './problems.ts';
import { type Held, recordingsOf } from './recordings.ts';

/** Whoever takes back more than this, in milliseconds, is asked. */
const SURE = 10_000;

export interface VoiceOptions {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  /** Everything around the field, and the field, which gives way to what is recorded. */
  readonly root: RefObject<HTMLElement | null>;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** The focus goes from the field to the button that sends what is recorded, and back. */
function useFocusOf(held: Held | undefined, { root, field }: Pick<VoiceOptions, 'root' | 'field'>): void {
  const before = useRef(held);
  useEffect(() => {
    const was = before.current;
    before.current = held;
    if (was === undefined && held !== undefined)
      root.current?.querySelector<HTMLElement>('button.send')?.focus({ preventScroll: true });
    if (was !== undefined && held === undefined && !isTouch()) field.current?.focus({ preventScroll: true });
  }, [held, root, field]);
}

/** Whoever is in the conversation leaves it, and what is recorded stays, to be sent or discarded later. */
function useKeeping(held: Held | undefined): void {
  const latest = useRef(held);
  latest.current = held;
  useEffect(
    () => () => {
      const recording = latest.current?.recording;
      if (recording === undefined) return;
      if (recording.sendable) recording.end();
      else recording.discard();
    },
    [],
  );
}

/** Recording voice messages in a conversation: the one that is going on here, and the ways to begin and end one. */
export function useVoice({ handle, composer, ...places }: VoiceOptions) {
  const { client, t, toast, confirm } = useInlay();
  const recordings = recordingsOf(client);
  const any = useStore(recordings);
  const held = any?.recording.conversation === handle.id ? any : undefined;
  useKeeping(held);
  useFocusOf(held, places);

  /** Lets go of the recording, whatever became of it. */
  const drop = (recording: Held['recording']) => {
    if (recordings.get()?.recording !== recording) return;
    recording.discard();
    recordings.set(undefined);
  };
  const makeRoom = async (): Promise<boolean> => {
    const other = recordings.get()?.recording;
    if (other === undefined) return true;
    if (other.conversation === handle.id) return false;
    const sure = await confirm({
      title: t('voice.otherTitle'),
      text: t('voice.otherText'),
      confirm: t('timeline.discard'),
      danger: true,
    });
    if (sure) drop(other);
    return sure;
  };
  /** Begins; `isHeld` tells whether a finger still holds the button once all is loaded. */
  const begin = async (isHeld: () => boolean) => {
    if (!(await makeRoom())) return;
    const { Recording, Recorder, playerOf } = await import('./voice.ts');
    if (recordings.get() !== undefined) return;
    const recording = new Recording(handle.id, isHeld());
    recordings.set({ recording, Recorder });
    playerOf(client).pause();
    try {
      await recording.start();
    } catch (error) {
      drop(recording);
      toast({ text: t(problemOf(error)), kind: 'error' });
    }
  };
  const start = (isHeld: () => boolean) =>
    void begin(isHeld).catch(() => toast({ text: t('app.notLoaded'), kind: 'error' }));

  const discard = async () => {
    if (held === undefined) return;
    const { recording } = held;
    recording.pause();
    const { ms } = recording.view.get();
    const sure =
      ms < SURE ||
      (await confirm({
        title: t('voice.discard'),
        text: t('voice.discardSure', { time: durationText(ms) }),
        confirm: t('timeline.discard'),
        danger: true,
      }));
    if (sure) drop(recording);
  };
  const send = async () => {
    if (held === undefined || !held.recording.sendable) return;
    const { recording } = held;
    recordings.set(undefined);
    const file = await recording.finish();
    for (const { sent } of composer.sendFiles([[file]], { alone: true })) sent.catch(() => {});
  };

  return {
    held,
    start,
    send: () => void send(),
    discard: () => void discard(),
    drop: () => held && drop(held.recording),
  };
}

export type Voice = ReturnType<typeof useVoice>;
