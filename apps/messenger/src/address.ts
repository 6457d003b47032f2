/** What the page's address says. */

/**
 * Takes the token out of the fragment, `#token=…`, and off the address bar at once, so that it stays neither in the
 * history nor in what a person copies.
 */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token === '' ? undefined : token;
}

/** `?as=name` keeps a sign-in apart from the browser's others, so that one browser can be several people. */
export function profile(): string | undefined {
  const name = new URLSearchParams(location.search).get('as');
  return name !== null && /^[\w.@-]{1,64}$/.test(name) ? name : undefined;
}

const CONVERSATION = '#/c/';

/** The conversation that is open, which the fragment names so that a reload and the back button keep it. */
export function openConversation(): string | undefined {
  if (!location.hash.startsWith(CONVERSATION)) return undefined;
  try {
    return decodeURIComponent(location.hash.slice(CONVERSATION.length)) || undefined;
  } catch {
    return undefined;
  }
}

export function show(conversation: string | undefined): void {
  if (conversation === undefined) {
    if (openConversation() === undefined) return;
    history.pushState(null, '', location.pathname + location.search);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = CONVERSATION + encodeURIComponent(conversation);
}

/** This device's name in the person's list of devices, as `Firefox, Linux`. */
export function deviceName(agent = navigator.userAgent): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : (/(Firefox|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser').replace('OPR', 'Opera');
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1];
  return system === undefined ? browser : `${browser}, ${system}`;
}
