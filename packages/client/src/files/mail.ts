import { InlayError, LIMITS } from '@inlay-im/protocol/rules';
import type { Sending } from '../conversations/handle.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { SendOptions } from '../outbox/outbox.ts';
import { describe, draftOf, isSame } from '../uploads/describe.ts';
import type { UploadDesk } from '../uploads/desk.ts';
import type { NewFile, OutboxFile } from '../uploads/file.ts';

/** What a message of files may carry beside them. */
export interface SendFilesOptions extends SendOptions {
  /** What is said about all of them. */
  text?: string;
}

export interface FileMailOptions {
  readonly mailer: Mailer;
  readonly desk: UploadDesk;
}

/** Files as messages: what a person does with them before they are sent. */
export class FileMail {
  readonly #options: FileMailOptions;

  constructor(options: FileMailOptions) {
    this.#options = options;
  }

  /** One message of all these files. Fails where they are none, or too many for one. */
  send(
    conversation: string,
    chosen: readonly NewFile[],
    { id, text, ...options }: SendFilesOptions & { id: string },
  ): Sending {
    if (chosen.length < 1 || chosen.length > LIMITS.albumItems)
      throw new InlayError('invalid_input', `expected 1 to ${LIMITS.albumItems} files`);
    const { mailer, desk } = this.#options;
    const { files, bytes } = describe(chosen, () => mailer.newId());
    const draft = { id, ...draftOf(files, text?.trim() ? text : null) };
    const sending = mailer.send(conversation, draft, options);
    desk.take(bytes);
    return sending;
  }

  pause(id: string): void {
    this.#options.mailer.change(id, (entry) => (entry.whole ? entry : { ...entry, paused: true }));
  }

  resume(id: string): void {
    this.#options.mailer.change(id, (entry) => {
      const { paused, ...going } = entry;
      return paused ? going : entry;
    });
  }

  /** Takes one file out of a message that still waits for its files; the last one takes the message with it. */
  discard(id: string, file: string): void {
    const { mailer } = this.#options;
    mailer.change(id, (entry) => {
      const { files = [], shown } = entry;
      const rest = files.filter((one) => one.file !== file);
      if (entry.whole || rest.length === files.length) return entry;
      if (rest.length > 0) return { ...entry, ...draftOf(rest, shown?.kind === 'media' ? shown.text : null) };
      mailer.discard(id);
      return entry;
    });
  }

  /** Gives the bytes of a file that are missing. The same file goes on where it was, another one takes its place. */
  chooseAgain(id: string, file: string, chosen: NewFile): void {
    const { mailer, desk } = this.#options;
    const known = mailer.get(id)?.files?.find((one) => one.file === file);
    if (known === undefined) return;
    const { files, bytes } = describe([chosen], () => mailer.newId());
    const fresh = files[0] as OutboxFile;
    const same = isSame(known, chosen);
    const caption = fresh.caption ?? known.caption;
    if (same) {
      bytes.delete(fresh.file);
      bytes.set(file, chosen.blob);
    }
    const again = { ...fresh, ...(same ? { file } : {}), ...(caption === undefined ? {} : { caption }) };
    mailer.change(id, (entry) => {
      const all = (entry.files ?? []).map((one) => (one === known ? again : one));
      return { ...entry, ...draftOf(all, entry.shown?.kind === 'media' ? entry.shown.text : null) };
    });
    desk.take(bytes);
  }
}
