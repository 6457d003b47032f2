import { expect } from 'bun:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { PATIENCE } from './shows.ts';

/** What a window shows that a failed test left open is not waited for longer, in milliseconds. */
const SHOWN = 2000;

const open = new Set<Window>();

/**
 * After each test: closes what it left open as it failed, so that nobody is there whom the next one does not expect,
 * and tells what it showed.
 */
export const closeWindows = async (): Promise<void> => {
  for (const window of open) {
    console.log(`left open: ${await window.shown()}`);
    await window.leave();
  }
};

/** One browser window of its own, as another person or device has it, and what a person does in it. */
export class Window {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #problems: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    open.add(this);
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.#problems.push(String(error)));
    page.on('console', (message) => {
      // A connection that is cut or refused is told by the browser itself; anything else is the page's fault.
      const expected = /ERR_|WebSocket connection|Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !expected) this.#problems.push(message.text());
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
    const context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1100, height: 760 },
      ...options,
    });
    return new Window(context, await context.newPage());
  }

  /** Closes it; fails if the page reported an error meanwhile, a breach of its policy among them. */
  async close(): Promise<void> {
    await this.leave();
    expect(this.#problems).toEqual([]);
  }

  /** Closes it, whatever the page reported. */
  async leave(): Promise<void> {
    open.delete(this);
    await this.#context.close();
  }

  /** What it shows, as a screen reader has it, with its address and with images as they came, to be read by a person. */
  async shown(): Promise<string> {
    const images = () =>
      [...document.images].map(({ src, complete, naturalWidth }) => `${src} ${complete} ${naturalWidth}`);
    const told = [
      this.page.url(),
      this.page.locator('body').ariaSnapshot(),
      this.page.evaluate(images),
      this.#problems,
    ];
    // A page that hangs answers nothing.
    const settled = await Promise.allSettled(told.map((one) => Promise.race([one, Bun.sleep(SHOWN)])));
    return settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)).join('\n');
  }

  async signIn(url: string, token: string): Promise<void> {
    await this.page.goto(`${url}/#token=${token}`);
    await this.online();
  }

  async online(): Promise<void> {
    await this.page.locator('.inlay-banner[data-state=online]').waitFor({ state: 'attached' });
  }

  async openConversation(title: string): Promise<void> {
    await this.row(title).click();
    await this.page.locator('.inlay-conversation h2', { hasText: title }).waitFor();
  }

  /** Goes to a conversation by its id, whether or not it exists yet, as a link within the page does. */
  async goTo(conversation: string): Promise<void> {
    await this.page.evaluate((id) => {
      location.hash = `#/c/${encodeURIComponent(id)}`;
    }, conversation);
    await this.page.locator('textarea').waitFor();
  }

  row(title: string) {
    return this.page.locator('.inlay-conversation-row', {
      has: this.page.locator('strong', { hasText: title }),
    });
  }

  async write(text: string): Promise<void> {
    await this.page.locator('textarea').fill(text);
    await this.page.locator('textarea').press('Enter');
  }

  message(text: string) {
    return this.page.locator('.inlay-message', { hasText: text });
  }

  /** The texts that the open conversation shows, in their order. */
  async texts(): Promise<string[]> {
    return await this.page.locator('.inlay-message .inlay-words').allInnerTexts();
  }

  /** Waits until as many messages are shown, and all of them have arrived. */
  async settled(count: number): Promise<string[]> {
    const done = (wanted: number) => {
      const { length } = document.querySelectorAll('.inlay-message');
      return length >= wanted && !document.querySelector('.inlay-message:not([data-state=sent])');
    };
    await this.page.waitForFunction(done, count).catch(() => undefined);
    return await this.texts();
  }
}
