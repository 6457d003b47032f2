/** The keys that Enter is pressed with. */
export interface Pressed {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface EnterSettings {
  readonly enterSends: boolean;
  /** Whether it is written with the finger: a keyboard on the screen has no Shift and Enter. */
  readonly coarse: boolean;
}

/** Whether Enter sends; else it begins a line. */
export function enterSends(pressed: Pressed, settings: EnterSettings): boolean {
  if (pressed.ctrlKey || pressed.metaKey) return true;
  if (pressed.shiftKey || pressed.altKey) return false;
  return settings.enterSends && !settings.coarse;
}

/** Whether an input method composes, so that a key is its own. Safari ends composing before Enter, which is 229 then. */
export const isComposing = (event: { readonly isComposing: boolean; readonly keyCode: number }): boolean =>
  event.isComposing || event.keyCode === 229;
