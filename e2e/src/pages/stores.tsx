/** What a hook of the kit makes of a store that changes or is replaced. The stores are the page's own. */
import { createClient, type PresenceView } from '@inlay-im/client';
import { Inlay, usePresence } from '@inlay-im/react';
import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';

const told: string[] = [];

/** Whether one person is here. */
class Here {
  readonly #user: string;
  readonly #listeners = new Set<() => void>();
  #view: PresenceView = new Map();

  constructor(user: string) {
    this.#user = user;
  }

  readonly get = (): PresenceView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener();
    if (this.#listeners.size === 0) told.push(`${this.#user} is followed`);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) told.push(`${this.#user} is let go`);
    };
  };

  come(): void {
    this.#view = new Map([[this.#user, { user: this.#user, state: 'online', lastSeenAt: null }]]);
    for (const listener of this.#listeners) listener();
  }
}

const stores = new Map<string, Here>(['ann', 'ben'].map((user) => [user, new Here(user)]));
const client = createClient({ url: location.origin });
Object.assign(client, { presence: ([user = '']: readonly string[]) => stores.get(user) });

function Person({ user }: { user: string }) {
  return <output>{`${user}: ${usePresence([user]).get(user)?.state ?? 'unknown'}`}</output>;
}

/** What happens between a rendering and its effects, when nobody listens yet. */
function Meanwhile({ user }: { user: string }) {
  useLayoutEffect(() => stores.get(user)?.come(), [user]);
  return null;
}

const root = createRoot(document.getElementById('app') as HTMLElement);
const show = (user: string) =>
  root.render(
    <Inlay client={client} locale="en">
      <Person user={user} />
      <Meanwhile user={user} />
    </Inlay>,
  );
Object.assign(globalThis, { show, told });
show('ann');
