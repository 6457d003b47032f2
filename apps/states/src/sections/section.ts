import type { ReactNode } from 'react';
import type { World } from '../data/world.ts';

/** One component in one state. */
export interface State {
  /** Its place in the address: `#/<section>/<id>`. */
  readonly id: string;
  readonly title: string;
  /** What it is drawn from, made when it is shown, as times are told from now. */
  world(): World;
  /** What is drawn; within `<Inlay>`. */
  show(): ReactNode;
  /** Of its frame, in pixels, for what fills the element around it. */
  readonly height?: number;
  /** Widest, in pixels; absent: as wide as was chosen. */
  readonly width?: number;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly states: readonly State[];
}
