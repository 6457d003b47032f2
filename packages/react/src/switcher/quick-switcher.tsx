export function QuickSwitcher(_: { onClose(): void }) {
  return null;
}
