import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../around/announce.tsx';
import { useInlay } from '../context.ts';
import { useSelect } from '../hooks/select.ts';
import { useStore } from '../hooks/store.ts';
import { playerOf } from '../media/player.ts';
import { Wave } from '../media/voice.tsx';
import { outlineOf } from '../media/wave.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { durationText } from '../text/duration.ts';
import { waveformOf } from './levels.ts';
import { LONGEST, type Recording, type RecordingView } from './recording.ts';
import type { RecorderProps } from './recordings.ts';

/** As many bars as there is room for on a wide screen; a narrow one shows the last ones. */
const [BARS, HEIGHT] = [200, 28];
/** A level of silence is a dot, and all there is to be heard fills the height. */
const LEAST = 0.08;

/** How loud it is and was, as it is recorded. */
function Live({ recording }: { recording: Recording }) {
  const { levels } = useStore(recording.view);
  const bars = levels.slice(-BARS).map((level) => Math.max(LEAST, (level / 255) ** 2));
  const width = BARS * 3;
  return (
    <svg
      className="live"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="xMaxYMid slice"
      aria-hidden="true"
    >
      <path d={outlineOf(bars, HEIGHT)} transform={`translate(${width - bars.length * 3} 0)`} />
    </svg>
  );
}

/** How long it is, by whole seconds. */
function Time({ recording }: { recording: Recording }) {
  const seconds = useSelect(recording.view, ({ ms }) => Math.floor(ms / 1000));
  return <span className="time">{durationText(seconds * 1000)}</span>;
}

/** Plays what is recorded so far. */
function usePreview(recording: Recording) {
  const { client } = useInlay();
  const sound = useRef<HTMLAudioElement>(undefined);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  useEffect(
    () => () => {
      const { current } = sound;
      current?.pause();
      if (current) URL.revokeObjectURL(current.src);
    },
    [],
  );
  const load = async () => {
    if (sound.current) return sound.current;
    const audio = new Audio(URL.createObjectURL(await recording.sound()));
    audio.addEventListener('play', () => setPlaying(true));
    audio.addEventListener('pause', () => setPlaying(false));
    audio.addEventListener('timeupdate', () => setAt(audio.currentTime * 1000));
    audio.addEventListener('ended', () => {
      setPlaying(false);
      setAt(0);
    });
    sound.current = audio;
    return audio;
  };
  const toggle = async () => {
    const audio = await load();
    if (!audio.paused) return audio.pause();
    playerOf(client).giveWay(() => audio.pause());
    await audio.play();
  };
  const seek = async (to: number) => {
    const audio = await load();
    audio.currentTime = to / 1000;
    setAt(to);
  };
  return { playing, at, toggle, seek };
}

/** What is recorded, to be listened to before it is sent. */
function Preview({ recording }: { recording: Recording }) {
  const { t, attempt } = useInlay();
  const { playing, at, toggle, seek } = usePreview(recording);
  const { ms, levels } = recording.view.get();
  return (
    <>
      <RoundButton
        icon={playing ? 'pause' : 'play'}
        label={t(playing ? 'media.pause' : 'media.play')}
        onClick={() => void attempt(toggle())}
      />
      <Wave
        waveform={waveformOf(levels)}
        at={at}
        length={ms}
        label={t('media.seek')}
        onSeek={(to) => void attempt(seek(to))}
      />
      <span className="time">{durationText(playing || at > 0 ? at : ms)}</span>
    </>
  );
}

/** Says what becomes of it to those who do not see it. */
function useSaying(state: RecordingView['state']): void {
  const { t } = useInlay();
  const say = useAnnounce();
  useEffect(() => {
    if (state === 'recording') say(t('voice.recording'));
    if (state === 'paused') say(t('voice.paused'));
  }, [state, say, t]);
}

/** A voice message while it is recorded, in the place of the field. */
export function Recorder({ recording, onDiscard }: RecorderProps) {
  const { t, toast } = useInlay();
  const state = useSelect(recording.view, (view) => view.state);
  const held = useSelect(recording.view, (view) => view.held);
  const full = useSelect(recording.view, ({ ms }) => ms >= LONGEST);
  useSaying(state);
  useEffect(() => {
    if (full) toast({ text: t('voice.longest', { time: durationText(LONGEST) }) });
  }, [full, toast, t]);
  if (held)
    return (
      <div className="inlay-recorder held">
        <span className="sign" />
        <Time recording={recording} />
        <span className="hint">
          <Icon name="back" />
          {t('voice.slide')}
        </span>
      </div>
    );
  return (
    <div className="inlay-recorder">
      <RoundButton icon="trash" label={t('voice.discard')} onClick={onDiscard} />
      {state === 'asking' && <span className="hint">{t('voice.asking')}</span>}
      {state === 'recording' && (
        <>
          <span className="sign" />
          <Time recording={recording} />
          <Live recording={recording} />
          <RoundButton icon="pause" label={t('voice.pause')} onClick={recording.pause} />
        </>
      )}
      {(state === 'paused' || state === 'ended') && <Preview recording={recording} />}
      {state === 'paused' && (
        <RoundButton icon="mic" className="resume" label={t('voice.resume')} onClick={recording.resume} />
      )}
    </div>
  );
}
