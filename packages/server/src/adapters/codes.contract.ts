import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { CodeDeliveryError, type CodeLocale, type CodeMessage, type CodeSender } from '../ports/codes.ts';

/** A sender and the far end that it talks to. */
export interface CodeFarEnd {
  readonly sender: CodeSender;
  /** What reached people so far, oldest first; `text` is all that a person can read. */
  delivered(): Promise<readonly { to: string; text: string }[]>;
  close(): Promise<void> | void;
}

/** A far end at which a sending must fail. */
export interface CodeTrouble {
  readonly what: string;
  /** The class of error, which settles whether to retry. */
  readonly error: new (
    message: string,
  ) => CodeDeliveryError;
  readonly retryable: boolean;
  open(): Promise<CodeFarEnd> | CodeFarEnd;
}

export interface CodeContract {
  readonly name: string;
  /** Two addresses of the channel. */
  readonly addresses: readonly [string, string];
  /** What no error may repeat. */
  readonly secrets: readonly string[];
  /** False when app, language and validity stand in a template that the service keeps. */
  readonly ownWords: boolean;
  readonly open: () => Promise<CodeFarEnd> | CodeFarEnd;
  readonly troubles: readonly CodeTrouble[];
  /** What is no address of this channel, and must not go out. */
  readonly notAddresses: readonly string[];
}

async function thrownBy(sending: Promise<void>): Promise<unknown> {
  try {
    await sending;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

/** All that a careless logger could print of an error. */
function everything(error: Error): string {
  return `${Bun.inspect(error, { depth: 9 })} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
}

/** The rules that every way of sending codes keeps. */
export function codeSenderContract(contract: CodeContract): void {
  const [ann, bob] = contract.addresses;
  const message = (over: Partial<CodeMessage> = {}): CodeMessage => ({
    ...{ to: ann, code: '482913', app: 'Teahouse', locale: 'en', minutes: 17 },
    ...over,
  });

  describe(`code sender ${contract.name}`, () => {
    let end: CodeFarEnd;
    beforeAll(async () => {
      end = await contract.open();
    });
    afterAll(() => end.close());
    const sent = async (messages: CodeMessage[]) => {
      const before = (await end.delivered()).length;
      await Promise.all(messages.map((m) => end.sender.send(m)));
      return (await end.delivered()).slice(before);
    };

    test('[C1] a code reaches its address once', async () => {
      const arrived = await sent([message()]);
      expect(arrived.map(({ to }) => to)).toEqual([ann]);
      expect(arrived[0]?.text).toContain('482913');
    });

    test('[C2] codes sent at the same time do not mix', async () => {
      const codes = ['100001', '200002', '300003', '400004'];
      const arrived = await sent(codes.map((code, i) => message({ code, to: i % 2 ? bob : ann })));
      const found = codes.map((code) =>
        arrived.filter(({ text }) => text.includes(code)).map(({ to }) => to),
      );
      expect(found).toEqual([[ann], [bob], [ann], [bob]]);
    });

    test.each(['en', 'zh-CN'] as CodeLocale[])('[C3] says app and validity in %s', async (locale) => {
      const [arrived] = await sent([message({ locale, app: '茶馆 & Co' })]);
      expect(arrived?.text).toContain('482913');
      if (!contract.ownWords) return;
      expect(arrived?.text).toContain('茶馆 & Co');
      expect(arrived?.text).toContain(locale === 'en' ? '17 min' : '17 分钟');
    });

    test.each(contract.notAddresses)('[C4] nothing is sent to %j', async (to) => {
      const before = await end.delivered();
      const error = await thrownBy(end.sender.send(message({ to })));
      expect(error).toBeInstanceOf(CodeDeliveryError);
      expect((error as CodeDeliveryError).retryable).toBe(false);
      expect(everything(error as Error)).not.toContain(to);
      expect(await end.delivered()).toEqual(before);
    });
  });

  describe(`code sender ${contract.name} in trouble`, () => {
    test.each([...contract.troubles])('[C5] $what', async ({ error: Expected, retryable, open }) => {
      const end = await open();
      try {
        const error = await thrownBy(end.sender.send(message()));
        expect(error).toBeInstanceOf(Expected);
        expect((error as CodeDeliveryError).retryable).toBe(retryable);
        expect((error as Error).message).toStartWith(`${end.sender.name}: `);
        const shown = everything(error as Error);
        for (const secret of [...contract.secrets, '482913', ann, ann.replace(/^\+/, '')]) {
          expect(shown).not.toContain(secret);
        }
        expect(await end.delivered()).toEqual([]);
      } finally {
        await end.close();
      }
    });
  });
}
