const two = (value: number): string => String(value).padStart(2, '0');

/** Milliseconds as a clock counts them: `0:07`, `12:30`, `1:02:03`. */
export function durationText(ms: number): string {
  const all = Math.floor(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
