import type { Gif, Message, OperationName, Output, Request, Self, User } from '@inlay-im/protocol';
import { InlayError } from '@inlay-im/protocol/rules';
import { EMOJI, hueOf, PACKS } from './media.ts';
import { PEOPLE } from './people.ts';
import { ago, type Scene, type World } from './world.ts';

/** An operation whose answer never comes. */
const NEVER = new Promise<never>(() => {});

const HOUR = 3_600_000;
/** A file with more bytes is refused. */
const LARGE = 10_000_000;
const DEVICE = '00000000-0000-4000-8000-000000000001';
const OTHER_DEVICE = '00000000-0000-4000-8000-000000000002';

/** Sides of GIFs as they come, wide and high. */
const SIDES = [
  [220, 165],
  [220, 124],
  [165, 220],
  [220, 220],
  [220, 92],
  [124, 220],
] as const;

const gifOf = (i: number): Gif => {
  const [width, height] = SIDES[i % SIDES.length] ?? [1, 1];
  // One of them does not come.
  const preview = `${location.origin}/${i === 4 ? 'gone' : `picture/${(i * 47) % 360}`}`;
  return { id: `gif-${i}`, title: `A picture that moves, number ${i}`, width, height, preview };
};

type Answers = {
  [N in OperationName]?: (world: World, input: Request<N>) => Output<N> | Promise<Output<N>>;
};

function meOf({ me }: World): User {
  if (me === undefined) throw new InlayError('wrong_credentials', 'nobody is signed in');
  return me;
}

const profile = (world: World): Output<'users.me'>['me'] => ({
  ...meOf(world),
  presenceVisibility: 'everyone',
  rev: 1,
});

const everyone = (world: World): User[] => [...PEOPLE.filter(({ id }) => id !== world.me?.id), meOf(world)];

function sceneOf(world: World, id: string): Scene {
  const found = world.scenes.find(({ conversation }) => conversation.id === id);
  if (found === undefined) throw new InlayError('not_found', `there is no conversation ${id}`);
  return found;
}

/** My side of a conversation, with a change that is not kept: the next look shows the state as it was. */
function changed(world: World, id: string, change: Partial<Self>): { self: Self } {
  const { self } = sceneOf(world, id).conversation;
  if (self === null) throw new InlayError('not_found', 'not a member');
  return { self: { ...self, ...change, rev: self.rev + 1 } };
}

const sync = (world: World): Output<'sync.page'>['sync'] => ({
  cursor: 'states.1',
  next: null,
  conversations: world.scenes.map(({ conversation }) => conversation).filter(({ self }) => self !== null),
  left: [],
  deleted: [],
  played: [],
});

const tokens = (world: World): Output<'auth.signInWithToken'> => ({
  accessToken: 'states',
  expiresAt: Date.now() + HOUR,
  refreshToken: 'states',
  refreshExpiresAt: Date.now() + 24 * HOUR,
  device: DEVICE,
  user: meOf(world),
});

/** Who reacted: as many of the people as the reaction counts, I among them where it is mine too. */
function reactors({ messages, mine, members }: Scene, me: string, n: number) {
  const { reactions = [] } = messages.find((message) => message.n === n) ?? {};
  const others = members.map(({ user }) => user).filter((user) => user !== me);
  return reactions.flatMap(({ emoji, count }) => {
    const own = mine.some((one) => one.n === n && one.emojis.includes(emoji));
    return [...(own ? [me] : []), ...others].slice(0, count).map((user) => ({ user, emoji, at: ago(1) }));
  });
}

const messageAt = (scene: Scene, n: number | undefined): Message => {
  const found = scene.messages.find((message) => message.n === n);
  if (found === undefined) throw new InlayError('not_found', 'there is no such message');
  return found;
};

/** What the node of a state answers. What would change something for good is refused, as a state stays as it is. */
export const ANSWERS: Answers = {
  'session.open': (world) => ({
    me: profile(world),
    device: DEVICE,
    expiresAt: Date.now() + HOUR,
    serverTime: Date.now(),
    epoch: 'states',
    sync: world.link === 'syncing' ? { ...sync(world), next: 'more' } : sync(world),
  }),
  'sync.page': (world, { next }) =>
    next === undefined ? { epoch: 'states', userRev: 1, me: profile(world), sync: sync(world) } : NEVER,
  'session.ping': () => ({ serverTime: Date.now() }),
  'session.activity': () => ({}),
  'session.refresh': () => ({ expiresAt: Date.now() + HOUR }),
  'auth.signInWithToken': tokens,
  'auth.refresh': tokens,
  'auth.signOut': () => ({}),
  'apps.get': ({ app }) => ({ app: { id: 'states', name: app, avatar: null } }),
  'users.me': (world) => ({ me: profile(world) }),
  'users.get': (world, { users }) => ({ users: everyone(world).filter(({ id }) => users.includes(id)) }),
  'presence.subscribe': (_, { users }) => ({
    presence: users.map((user) => ({
      user,
      state: user === 'ben' ? 'online' : user === 'carla' ? 'away' : 'offline',
      lastSeenAt: user === 'ben' || user === 'carla' ? null : ago(130),
    })),
  }),
  'presence.unsubscribe': () => ({}),
  'typing.set': () => ({}),
  'devices.list': () => ({
    devices: [
      { id: DEVICE, name: 'Chrome, Linux', createdAt: ago(9000), lastSeenAt: ago(0), current: true },
      {
        id: OTHER_DEVICE,
        name: 'Safari, iPhone',
        createdAt: ago(90_000),
        lastSeenAt: ago(400),
        current: false,
      },
    ],
  }),
  'conversations.get': (world, { conversation }) => ({
    conversation: sceneOf(world, conversation).conversation,
  }),
  'conversations.watch': (world, { conversation }) => ({
    conversation: sceneOf(world, conversation).conversation,
  }),
  'conversations.unwatch': () => ({}),
  'conversations.changes': (world, { conversation }) => ({
    conversation: sceneOf(world, conversation).conversation,
    messages: [],
    mine: [],
    members: [],
    next: null,
  }),
  'members.list': (world, { conversation, roles }) => ({
    members: sceneOf(world, conversation).members.filter(({ role }) => roles?.includes(role) ?? true),
    next: null,
  }),
  'members.updateSelf': (world, { conversation, mutedUntil, markedUnread, draft, nickname }) =>
    changed(world, conversation, {
      ...(mutedUntil === undefined ? {} : { mutedUntil }),
      ...(markedUnread === undefined ? {} : { markedUnread }),
      ...(draft === undefined ? {} : { draft }),
      ...(nickname === undefined ? {} : { nickname }),
    }),
  'receipts.mark': (world, { conversation, readN = 0, deliveredN = 0 }) => {
    const { self } = sceneOf(world, conversation).conversation;
    return changed(world, conversation, {
      readN: Math.max(self?.readN ?? 0, readN),
      deliveredN: Math.max(self?.deliveredN ?? 0, readN, deliveredN),
    });
  },
  'receipts.list': (world, { conversation }) => ({
    receipts: sceneOf(world, conversation)
      .members.filter(({ user }) => user !== world.me?.id)
      .map(({ user }, i) => ({ user, readN: i % 2 === 0 ? 1e6 : 0, deliveredN: 1e6 })),
    next: null,
  }),
  'messages.list': (world, { conversation }) => {
    const { messages, mine, loaded, conversation: shown } = sceneOf(world, conversation);
    if (!loaded) return NEVER;
    const { rev, lastN } = shown;
    return { messages: [...messages], mine: [...mine], hasBefore: false, hasAfter: false, rev, lastN };
  },
  'messages.get': (world, { conversation, n }) => ({
    message: messageAt(sceneOf(world, conversation), n),
    mine: { n: n ?? 0, emojis: [], played: false },
  }),
  'messages.edits': () => ({ edits: [] }),
  'messages.send': (world, { conversation, id, replyTo }) => {
    const scene = sceneOf(world, conversation);
    const refused = scene.waiting.find((one) => one.replyTo === (replyTo ?? null))?.error;
    if (refused) throw new InlayError(refused.code, refused.message);
    if (id === undefined || scene.waiting.length > 0) return NEVER;
    throw new InlayError('forbidden', 'this page only shows states');
  },
  'messages.shared': (world, { conversation }) => ({
    messages: sceneOf(world, conversation)
      .messages.filter(({ body }) => body?.kind === 'media')
      .toReversed(),
    mine: [],
    hasBefore: false,
  }),
  'messages.played': () => ({}),
  'files.urls': (_, { files }) => ({
    addresses: files.map((file) => ({
      file,
      url: `${location.origin}/${hueOf(file) === undefined ? 'gone' : `picture/${hueOf(file)}`}?of=${file}`,
      steps: [],
      expiresAt: Date.now() + HOUR,
    })),
  }),
  // Nothing of it is taken: what is small waits, and the rest is too large.
  'files.create': (_, { size }) => {
    if (size > LARGE) throw new InlayError('too_large', 'that is too large');
    return NEVER;
  },
  'files.cancel': () => ({}),
  'emoji.list': ({ publishes }) => ({ emoji: publishes ? EMOJI : [] }),
  'stickers.packs': ({ publishes }) => ({
    packs: publishes ? PACKS : [],
    shelf: {
      packs: ['discs'],
      favourites: [{ pack: 'moons', sticker: 's3' }],
      recents: [{ pack: 'discs', sticker: 's1' }],
    },
  }),
  'gifs.service': ({ gifs }) => ({ name: gifs === undefined ? null : 'Tenor' }),
  'gifs.search': ({ gifs }) => {
    if (gifs === 'loading') return NEVER;
    if (gifs === 'failed') throw new InlayError('busy', 'the service does not answer');
    const count = gifs === 'found' ? 18 : gifs === 'few' ? 2 : 0;
    return { gifs: Array.from({ length: count }, (_, i) => gifOf(i)), next: null };
  },
  'reactions.list': (world, { conversation, n, emoji }) => ({
    reactions: reactors(sceneOf(world, conversation), world.me?.id ?? '', n).filter(
      (one) => emoji === undefined || one.emoji === emoji,
    ),
    next: null,
  }),
};
