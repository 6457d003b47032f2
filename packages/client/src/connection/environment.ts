/** What the device says about network and attention. React Native apps give their own from NetInfo and AppState. */
export interface Environment {
  /** Whether there is a network at all; true where the device cannot tell. */
  online(): boolean;
  /** Whether the person is looking. */
  visible(): boolean;
  /** Calls `listener` when either changed; returns what stops it. */
  subscribe(listener: () => void): () => void;
}

/** The environment of a browser page; elsewhere always online and visible. */
export function pageEnvironment(): Environment {
  const page = globalThis as { document?: Document; navigator?: Navigator; addEventListener?: unknown };
  const { document, navigator } = page;
  return {
    online: () => navigator?.onLine !== false,
    visible: () => document?.visibilityState !== 'hidden',
    subscribe(listener) {
      if (document === undefined || typeof page.addEventListener !== 'function') return () => {};
      const targets: [EventTarget, string][] = [
        [globalThis, 'online'],
        [globalThis, 'offline'],
        [document, 'visibilitychange'],
      ];
      for (const [target, name] of targets) target.addEventListener(name, listener);
      return () => {
        for (const [target, name] of targets) target.removeEventListener(name, listener);
      };
    },
  };
}
