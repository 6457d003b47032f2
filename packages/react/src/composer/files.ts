import { type ClipboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { droppedFiles } from '../attach/dropped.ts';
import { useInlay } from '../context.ts';

const hasFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') === true;

/** Takes the files of a paste. Where there is text beside them, as spreadsheets put it, the text is meant. */
export function pasted(event: ClipboardEvent, onFiles: (files: readonly File[]) => void): void {
  const { files, types } = event.clipboardData;
  if (files.length === 0 || types.includes('text/plain')) return;
  event.preventDefault();
  onFiles([...files]);
}

/**
 * Takes files that are dropped anywhere on the conversation around the composer, or on the composer where it stands
 * alone. Gives whether some hover over it.
 */
export function useDrop(composer: RefObject<HTMLElement | null>, onFiles: (files: readonly File[]) => void) {
  const { attempt } = useInlay();
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const zone = composer.current?.closest<HTMLElement>('.inlay-conversation') ?? composer.current;
    if (!zone) return;
    const hover = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      // Without this the browser would open the file in the messenger's place.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!zone.contains(event.relatedTarget as Node | null)) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      void attempt(droppedFiles(event.dataTransfer).then((files) => latest.current(files)));
    };
    zone.addEventListener('dragover', hover);
    zone.addEventListener('dragleave', leave);
    zone.addEventListener('drop', drop);
    return () => {
      zone.removeEventListener('dragover', hover);
      zone.removeEventListener('dragleave', leave);
      zone.removeEventListener('drop', drop);
    };
  }, [composer, attempt]);
  return over;
}
