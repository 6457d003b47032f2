import type { Ack } from '@inlay-im/client';
import type { Asked } from './line.ts';

/** One message that a person wrote, and what its device was told of it. */
export interface Attempt {
  readonly user: string;
  readonly conversation: string;
  readonly id: string;
  ack?: Ack;
  refused?: string;
}

/** A mark that the node acknowledged. */
export interface Acked {
  readonly user: string;
  readonly conversation: string;
  readonly readN: number;
  readonly deliveredN: number;
}

/** What was written, and what came over the wire, for the checks at the end. */
export class Ledger {
  readonly attempts: Attempt[] = [];
  /** Words that once were the body of a message, by its id: each body has words of its own. */
  readonly words = new Map<string, string[]>();
  readonly marks: Acked[] = [];
  /** Every frame that the node sent to someone's devices. */
  readonly frames: { readonly user: string; readonly frame: string }[] = [];
  readonly steps: string[] = [];
  readonly #tag: string;
  #spoken = 0;

  constructor(tag: string) {
    this.#tag = tag;
  }

  /** Words that were never said before. */
  say(): string {
    this.#spoken += 1;
    return `‹${this.#tag}.${this.#spoken}›`;
  }

  said(id: string, words: string): void {
    this.words.set(id, [...(this.words.get(id) ?? []), words]);
  }

  heard(user: string, frame: string, request: Asked | undefined): void {
    this.frames.push({ user, frame });
    if (request?.op !== 'receipts.mark') return;
    const { self } = JSON.parse(frame).output as { self: { readN: number; deliveredN: number } };
    this.marks.push({ user, conversation: String(request.input.conversation), ...self });
  }
}
