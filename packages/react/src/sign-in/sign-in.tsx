import { later } from '../primitives/later.tsx';

/** A way to sign in. */
export type SignInWay = 'password' | 'code' | 'guest' | 'token';

export interface SignInProps {
  /** The ways that are offered, the first one shown; by default all that a node has. */
  readonly ways?: readonly SignInWay[];
  /** Whether the first field takes the focus, as it should where this is the whole page. */
  readonly autoFocus?: boolean;
  /** Off where it is a small part of a page, and not what that page is mainly about. */
  readonly page?: boolean;
}

/** Who is signed in already never needs it. */
const Screen = later<SignInProps>(async () => (await import('./screen.tsx')).SignInScreen);

/** Signing in, for apps without sign-in of their own. It fills the element around it. */
export function SignIn(props: SignInProps) {
  const Main = props.page === false ? 'div' : 'main';
  return (
    <Main className="inlay-sign-in">
      <Screen {...props} />
    </Main>
  );
}
