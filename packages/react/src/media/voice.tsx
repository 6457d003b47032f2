import type { TimelineMessage } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { useInlay } from '../context.ts';
import { useMyId } from '../hooks/people.ts';
import { useSelect } from '../hooks/select.ts';
import { Icon } from '../primitives/icon.tsx';
import { durationText } from '../text/duration.ts';
import { type Player, type Playing, playerOf } from './player.ts';
import { useAddress } from './source.ts';
import { trackOf } from './tracks.ts';
import { UploadRing, uploadOf } from './upload-ring.tsx';
import { barsOf, outlineOf, sought } from './wave.ts';

const [BARS, HEIGHT] = [48, 24];

interface WaveProps {
  readonly waveform: string | null;
  readonly at: number;
  readonly length: number;
  readonly label: string;
  onSeek(at: number): void;
}

/** The waveform: how far it was played, and the way to any place in it. */
export function Wave({ waveform, at, length, label, onSeek }: WaveProps) {
  const { t } = useInlay();
  const outline = useMemo(() => outlineOf(barsOf(waveform, BARS), HEIGHT), [waveform]);
  const played = length > 0 ? Math.min(1, at / length) : 0;
  const key = (event: KeyboardEvent) => {
    const wanted = sought(event.key, at, length);
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(wanted);
  };
  const point = ({ currentTarget, clientX, buttons }: PointerEvent) => {
    if (buttons !== 1) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    onSeek(Math.max(0, Math.min(1, (clientX - left) / width)) * length);
  };
  return (
    <div
      className="wave"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(length / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={t('media.at', { time: durationText(at), whole: durationText(length) })}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={point}
    >
      <svg viewBox={`0 0 ${BARS * 3 - 1} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={outline} />
        <path
          d={outline}
          className="played"
          style={{ clipPath: `inset(0 ${((1 - played) * 100).toFixed(1)}% 0 0)` }}
        />
      </svg>
    </div>
  );
}

export interface VoiceProps {
  readonly message: TimelineMessage;
  readonly item: Attachment;
}

/** A part of what is played, where that is this file; undefined where it is not. */
const usePlaying = <T extends string | number>(
  player: Player,
  file: string,
  part: (playing: Playing) => T,
): T | undefined =>
  useSelect<Playing, T | undefined>(player.playing, (playing) =>
    playing.track?.file === file ? part(playing) : undefined,
  );

/** A voice message, played where it stands. */
export function Voice({ message, item }: VoiceProps) {
  const { t, client } = useInlay();
  const me = useMyId();
  const player = playerOf(client);
  const { file, waveform, duration: length } = item;
  const state = usePlaying(player, file, (playing) => playing.state);
  const at = usePlaying(player, file, (playing) => playing.at) ?? 0;
  const rate = useSelect(player.playing, (playing) => playing.rate);
  const track = trackOf(message, me);
  // Known before it is pressed, so that sound may begin with the press.
  useAddress({ conversation: message.conversation, file, sent: message.n !== null });
  const upload = uploadOf(message, file);
  const going = state === 'playing' || state === 'loading';
  const seek = (wanted: number) => {
    if (track === undefined) return;
    if (state === undefined) player.play(track, wanted);
    else player.seek(wanted);
  };
  return (
    <div className="inlay-voice" dir="ltr">
      {upload !== undefined && upload.state !== 'done' ? (
        <UploadRing message={message} item={item} upload={upload} />
      ) : (
        <button
          type="button"
          className="inlay-play"
          aria-label={t(going ? 'media.pause' : 'media.play')}
          disabled={track === undefined}
          onClick={() => track && (going ? player.pause() : player.play(track))}
        >
          <Icon name={going ? 'pause' : 'play'} />
        </button>
      )}
      <Wave waveform={waveform} at={at} length={length ?? 0} label={t('media.seek')} onSeek={seek} />
      <span className="line">
        {state === 'failed' ? (
          <span className="problem" role="alert">
            {t('media.gone')}
          </span>
        ) : (
          <span className="time">{durationText(state === undefined ? (length ?? 0) : at)}</span>
        )}
        {track?.fresh && <span className="dot" role="img" aria-label={t('media.unplayed')} />}
        {state !== undefined && state !== 'failed' && (
          <button
            type="button"
            className="rate"
            aria-label={t('media.speed', { rate })}
            onClick={player.faster}
          >
            {rate}×
          </button>
        )}
      </span>
    </div>
  );
}
