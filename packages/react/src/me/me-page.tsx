export interface MePageProps {
  /** Installs the app; shown where it is given. */
  readonly install?: (() => void) | undefined;
}

export function MePage(_: MePageProps) {
  return null;
}
