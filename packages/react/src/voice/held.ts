import type { Cell } from '@inlay-im/client';
import type { Kit } from '../context.ts';
import { playerOf } from '../media/player.ts';
import { durationText } from '../text/duration.ts';
import { problemOf } from './problems.ts';
import { Recorder } from './recorder.tsx';
import { Recording } from './recording.ts';
import { type Held, recordingsOf } from './recordings.ts';

/** Whoever takes back more than this, in milliseconds, is asked. */
const SURE = 10_000;

function heldOf(recordings: Cell<Held | undefined>, recording: Recording): Held {
  const drop = () => {
    if (recordings.get()?.recording !== recording) return;
    recording.discard();
    recordings.set(undefined);
  };
  const discard = async ({ t, confirm }: Kit) => {
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
    if (sure) drop();
  };
  const send: Held['send'] = async (composer) => {
    if (!recording.sendable) return;
    recordings.set(undefined);
    const file = await recording.finish();
    for (const { sent } of composer.sendFiles([[file]], { alone: true })) sent.catch(() => {});
  };
  return {
    recording,
    Recorder,
    send: (composer) => void send(composer),
    discard: (kit) => void discard(kit),
    drop,
    leave: () => (recording.sendable ? recording.end() : recording.discard()),
  };
}

/** Whether there is room for a recording: one of another conversation is discarded, where the person is sure. */
async function makeRoom(
  { t, confirm }: Kit,
  conversation: string,
  other: Held | undefined,
): Promise<boolean> {
  if (other === undefined) return true;
  if (other.recording.conversation === conversation) return false;
  const sure = await confirm({
    title: t('voice.otherTitle'),
    text: t('voice.otherText'),
    confirm: t('timeline.discard'),
    danger: true,
  });
  if (sure) other.drop();
  return sure;
}

/** Begins to record for a conversation; `isHeld` tells whether a finger holds the button for it. */
export async function begin(kit: Kit, conversation: string, isHeld: () => boolean): Promise<void> {
  const { client, t, toast } = kit;
  const recordings = recordingsOf(client);
  if (!(await makeRoom(kit, conversation, recordings.get())) || recordings.get() !== undefined) return;
  const held = heldOf(recordings, new Recording(conversation, isHeld()));
  recordings.set(held);
  playerOf(client).pause();
  client.files.prepare();
  try {
    await held.recording.start();
  } catch (error) {
    held.drop();
    toast({ text: t(problemOf(error)), kind: 'error' });
  }
}
