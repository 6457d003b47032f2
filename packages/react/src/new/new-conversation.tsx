export function NewConversation() {
  return null;
}
