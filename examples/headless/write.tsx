import { useComposer } from '@inlay-im/react/hooks';
import type { FormEvent } from 'react';

export function Write({ id }: { id: string }) {
  const { text, write, sendable, send } = useComposer(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form onSubmit={submit}>
      <input aria-label="Message" value={text} onChange={(event) => write(event.target.value)} />
      <button type="submit" disabled={!sendable}>
        Send
      </button>
    </form>
  );
}
