import type { TimelineMessage } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import { type CSSProperties, useMemo } from 'react';
import { albumLayout, LARGEST, singleBox } from './boxes.ts';
import { Tile } from './later.ts';

export interface AlbumProps {
  readonly message: TimelineMessage;
  /** Images and videos. */
  readonly items: readonly Attachment[];
  onOpen(file: string): void;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** A size in pixels, which the frame keeps to as far as there is room. */
const frame = (width: number, height: number): CSSProperties & Record<'--width', string> => ({
  '--width': `${width}px`,
  aspectRatio: `${width} / ${height}`,
});

/** Images and videos of one message, in boxes that have their size before anything of them is loaded. */
export function Album({ message, items, onOpen }: AlbumProps) {
  const [only, ...others] = items;
  const layout = useMemo(() => albumLayout(items), [items]);
  if (only !== undefined && others.length === 0) {
    const { width, height } = singleBox(only);
    return (
      <div className="inlay-frame" style={frame(width, height)}>
        <Tile message={message} item={only} width={width} inPlace onOpen={() => onOpen(only.file)} />
      </div>
    );
  }
  return (
    <div className="inlay-frame album" style={frame(LARGEST, LARGEST * layout.height)}>
      {items.map((item, i) => {
        const box = layout.boxes[i];
        if (box === undefined) return null;
        return (
          <div
            key={item.file}
            style={{
              insetInlineStart: percent(box.x),
              top: percent(box.y / layout.height),
              width: percent(box.width),
              height: percent(box.height / layout.height),
            }}
          >
            <Tile
              message={message}
              item={item}
              width={box.width * LARGEST}
              onOpen={() => onOpen(item.file)}
            />
          </div>
        );
      })}
    </div>
  );
}
