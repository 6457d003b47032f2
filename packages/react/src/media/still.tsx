import { useEffect, useRef } from 'react';

export interface StillProps {
  readonly src: string;
  readonly className?: string;
  /** What it shows, for those who do not see it; absent: it is told elsewhere. */
  readonly label?: string;
  onLost?(): void;
}

/** The first picture of one that moves, drawn once. */
export function Still({ src, className, label, onLost }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lost = useRef(onLost);
  lost.current = onLost;
  useEffect(() => {
    const image = new Image();
    image.onerror = () => lost.current?.();
    image.onload = () => {
      const { current } = canvas;
      if (current === null) return;
      current.width = image.naturalWidth;
      current.height = image.naturalHeight;
      current.getContext('2d')?.drawImage(image, 0, 0);
    };
    image.src = src;
    return () => {
      image.onload = null;
      image.onerror = null;
    };
  }, [src]);
  return (
    <canvas
      ref={canvas}
      className={className}
      {...(label === undefined ? {} : { role: 'img', 'aria-label': label })}
    />
  );
}
