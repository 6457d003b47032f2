import type { Conversation, StoredFile } from '@inlay-im/protocol';
import { visibleAfter } from '@inlay-im/protocol/rules';
import type { Note } from '../connection/link.ts';
import type { Complete } from '../options.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { atNode } from '../requests/http.ts';
import { Alone } from '../uploads/alone.ts';
import { UploadDesk } from '../uploads/desk.ts';
import { shownMedia } from '../uploads/file.ts';
import { Wire, type XhrConstructor } from '../uploads/put.ts';
import { Uploader, type UploaderOptions } from '../uploads/uploader.ts';
import { Addresses } from './addresses.ts';
import { FileMail } from './mail.ts';
import { SharedPages } from './shared-pages.ts';

export interface MediaOptions extends Pick<UploaderOptions, 'call' | 'access' | 'leads' | 'up'> {
  readonly client: Complete;
  readonly mailer: Mailer;
  tell(note: Note): void;
  touched(conversation: string): void;
  data(conversation: string): Conversation | undefined;
}

/** The browser's, where there is one and no other is given. */
function xhrOf({ XMLHttpRequest }: Complete): XhrConstructor | undefined {
  if (XMLHttpRequest !== undefined) return XMLHttpRequest ?? undefined;
  return (globalThis as { XMLHttpRequest?: XhrConstructor }).XMLHttpRequest;
}

/** Puts what the node says of the files of a message in the place of what this device knew. */
function whole(mailer: Mailer, id: string, stored: readonly StoredFile[]): void {
  mailer.change(id, ({ paused: _, ...entry }) => ({
    ...entry,
    whole: true,
    ...(entry.body.kind === 'media' ? { shown: shownMedia(entry.body, stored) } : {}),
  }));
}

/** Everything about files. It stands in a bundle of its own, which a client loads when it has the first one. */
export class Media {
  readonly desk: UploadDesk;
  readonly mail: FileMail;
  readonly addresses: Addresses;
  readonly shared: SharedPages;
  readonly alone: Alone;

  constructor(options: MediaOptions) {
    const { client, mailer, call, tell, up } = options;
    const { clock, random, fetch, url, storage } = client;
    const at = (address: string) => atNode(url, address);
    const entries = () => mailer.all();
    const wire = new Wire({ clock, fetch, XMLHttpRequest: xhrOf(client) });
    const means = { ...options, clock, random, wire, at };
    const uploader = new Uploader({
      ...means,
      entries,
      bytes: (file) => this.desk.bytes.of(file),
      tell: (id, file, at) => tell({ note: 'upload.at', id, file, at }),
      whole: (id, stored) => whole(mailer, id, stored),
      failed: (id, error) => mailer.change(id, (entry) => ({ ...entry, error })),
    });
    this.desk = new UploadDesk({ ...options, storage, uploader, entries });
    this.alone = new Alone({ ...means, newId: () => mailer.newId() });
    this.mail = new FileMail({ mailer, desk: this.desk });
    this.addresses = new Addresses({ call, clock, up, at });
    this.shared = new SharedPages({
      call,
      clock,
      hiddenUpTo: (id) => {
        const { history, self } = options.data(id) ?? {};
        return history && self ? visibleAfter(history, self) : 0;
      },
    });
    this.desk.restore();
  }

  /** A session opened. */
  up(): void {
    this.addresses.pump();
    this.desk.up();
    this.alone.up();
  }

  /** The client stops. */
  halt(): void {
    this.desk.halt();
    this.alone.halt();
  }

  clear(): void {
    this.desk.clear();
    this.alone.clear();
    this.addresses.clear();
  }
}
