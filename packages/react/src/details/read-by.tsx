export interface ReadByProps {
  readonly id: string;
  readonly n: number;
  onClose(): void;
}

export function ReadBy(_: ReadByProps) {
  return null;
}
