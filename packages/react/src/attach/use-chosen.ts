import { useCallback, useEffect, useReducer, useRef } from 'react';
import { type Change, type Chosen, changed } from './chosen.ts';
import { kindOf } from './kinds.ts';
import { look } from './look.ts';
import { type Refused, sift } from './sift.ts';

interface State {
  readonly items: readonly Chosen[];
  readonly refused: readonly Refused[];
}

type Action =
  | Change
  | { readonly do: 'refuse'; readonly refused: readonly Refused[] }
  | { readonly do: 'clear' };

const EMPTY: State = { items: [], refused: [] };

function reduce(state: State, action: Action): State {
  if (action.do === 'clear') return EMPTY;
  if (action.do === 'refuse') return { ...state, refused: action.refused };
  return { ...state, items: changed(state.items, action) };
}

/** Looks at files in the browser, at one video at a time: each takes a decoder. */
class Looker {
  #videos: Promise<unknown> = Promise.resolve();
  readonly #all = new Set<Promise<unknown>>();

  look({ file, url, kind }: Chosen) {
    const looked = kind === 'video' ? this.#videos.then(() => look(file, url)) : look(file, url);
    if (kind === 'video') this.#videos = looked;
    this.#all.add(looked);
    return looked;
  }

  async done(): Promise<void> {
    await Promise.all(this.#all);
  }
}

/**
 * The files that were chosen, with what was seen of each. `given` are all that were given so far: it only ever grows.
 * `nothing` is called where none of the first ones can be sent, with the reasons.
 */
export function useChosen(given: readonly File[], nothing: (refused: readonly Refused[]) => void) {
  const [{ items, refused }, dispatch] = useReducer(reduce, EMPTY);
  const taken = useRef(0);
  const held = useRef(items);
  held.current = items;
  const urls = useRef(new Set<string>());
  const looker = useRef<Looker>(undefined);
  looker.current ??= new Looker();
  const latest = useRef(nothing);
  latest.current = nothing;

  const urlOf = useCallback((blob: Blob) => {
    const url = URL.createObjectURL(blob);
    urls.current.add(url);
    return url;
  }, []);

  useEffect(() => {
    const fresh = given.slice(taken.current);
    if (fresh.length === 0) return;
    const from = taken.current;
    taken.current = given.length;
    const sifted = sift(fresh, held.current.length);
    if (held.current.length === 0 && sifted.taken.length === 0) return latest.current(sifted.refused);
    const added = sifted.taken.map((file, i) => ({
      id: from + i,
      file,
      url: urlOf(file),
      caption: '',
      seen: undefined,
      kind: kindOf(file.type),
    }));
    dispatch({ do: 'refuse', refused: sifted.refused });
    dispatch({ do: 'add', items: added });
    for (const one of added)
      void looker.current?.look(one).then((seen) => {
        const poster = seen.poster && urls.current.has(one.url) ? { poster: urlOf(seen.poster) } : {};
        dispatch({ do: 'see', id: one.id, seen, ...poster });
      });
  }, [given, urlOf]);

  useEffect(
    () => () => {
      for (const url of urls.current) URL.revokeObjectURL(url);
      urls.current.clear();
      taken.current = 0;
      dispatch({ do: 'clear' });
    },
    [],
  );

  /** The files once all were looked at. */
  const whole = async (): Promise<readonly Chosen[]> => {
    await looker.current?.done();
    return held.current;
  };
  return { items, refused, change: dispatch as (change: Change) => void, whole };
}
