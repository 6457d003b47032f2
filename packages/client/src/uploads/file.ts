import type { Attachment, FileKind, MediaBody, StoredFile } from '@inlay-im/protocol';
import type { WireError } from '@inlay-im/protocol/rules';

/** A file to be sent, as the person chose it. */
export interface NewFile {
  readonly blob: Blob;
  readonly kind: FileKind;
  readonly name: string;
  readonly caption?: string;
  /** An image as it is, with what the camera wrote into it. */
  readonly original?: boolean;
  /** Pixels as seen. */
  readonly width?: number;
  readonly height?: number;
  /** Milliseconds. */
  readonly duration?: number;
  /** Base64 of one byte for each bar. */
  readonly waveform?: string;
  /** The still that stands for a video. */
  readonly poster?: Blob;
}

/** What is known of a file before the node has it; its bytes are kept apart, under `file`. */
export interface OutboxFile extends Omit<NewFile, 'blob' | 'poster'> {
  readonly file: string;
  readonly type: string;
  readonly size: number;
  /** When a file of the device was last changed; with name and size it tells whether another one is the same. */
  readonly modified?: number;
  readonly poster?: OutboxFile;
}

/**
 * How far a file of a message is that was not sent yet. `waiting`: for its turn, the network, or the next attempt;
 * `missing`: its bytes are not on this device any more and have to be chosen again; `done`: the node has it whole.
 */
export interface UploadView {
  readonly file: string;
  readonly state: 'waiting' | 'uploading' | 'paused' | 'failed' | 'missing' | 'done';
  /** Bytes that went out, of `size`. After an interruption it goes back to what the node has of them. */
  readonly loaded: number;
  readonly size: number;
  /** Where its bytes are on this device, for an element of the page; null where they are not. */
  readonly url: string | null;
  readonly error: WireError | null;
}

/** What an uploader says of one file. */
export type Progress = Pick<UploadView, 'state' | 'loaded' | 'error'>;

/** A file and the still that stands for it, which has to be whole before it. */
export const withPosters = (files: readonly OutboxFile[]): OutboxFile[] =>
  files.flatMap((file) => (file.poster ? [file.poster, file] : [file]));

/** A media body as clients send it. */
interface SentMedia {
  readonly items: readonly { readonly file: string; readonly caption?: string | null | undefined }[];
  readonly text?: string | null | undefined;
}

/** How a media body looks: with those of its files that are `known`, as the others are known by their ids alone. */
export const shownMedia = (
  { items, text = null }: SentMedia,
  known: readonly (StoredFile | Attachment)[] = [],
): MediaBody => ({
  kind: 'media',
  items: items.flatMap(({ file, caption = null }) => {
    const one = known.find((other) => other.file === file);
    return one ? [{ ...one, caption }] : [];
  }),
  text,
});
