import { createServer, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';

export interface SmtpStandInOptions {
  user?: string;
  password?: string;
  /** Replies in place of the usual ones, by verb: `{ RCPT: '550 5.1.1 …' }`. */
  replies?: Readonly<Record<string, string>>;
  /** Accepts connections and never says a word. */
  silent?: boolean;
}

export interface SmtpDelivery {
  from: string;
  to: string[];
  email: Email;
}

interface Session {
  authenticated: boolean;
  /** Set while a continuation line of AUTH LOGIN is awaited: the user once known. */
  login: string[] | undefined;
  from: string;
  to: string[];
  data: string[] | undefined;
}

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();

/** A mail server that speaks as much of RFC 5321 and RFC 4954 as a client needs, with every line checked. */
export async function smtpStandIn(options: SmtpStandInOptions = {}) {
  const deliveries: SmtpDelivery[] = [];
  const sockets = new Set<Socket>();
  const verbs: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    if (options.silent) return;
    const session: Session = {
      authenticated: !options.user,
      login: undefined,
      from: '',
      to: [],
      data: undefined,
    };
    let rest = '';
    let turn = Promise.resolve();
    socket.write('220 stand-in ESMTP\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) turn = turn.then(() => answer(socket, session, line));
    });
  });

  async function answer(socket: Socket, session: Session, line: string): Promise<void> {
    if (session.data) return takeData(socket, session, line);
    if (session.login) return void socket.write(takeLogin(session, line));
    const [verb = ''] = line.toUpperCase().split(' ');
    verbs.push(verb);
    socket.write(`${options.replies?.[verb] ?? reply(session, verb, line)}\r\n`);
    if (verb === 'QUIT') socket.end();
  }

  async function takeData(socket: Socket, session: Session, line: string): Promise<void> {
    if (line !== '.') return void session.data?.push(line.startsWith('.') ? line.slice(1) : line);
    const email = await PostalMime.parse(Buffer.from((session.data ?? []).join('\r\n'), 'latin1'));
    session.data = undefined;
    deliveries.push({ from: session.from, to: session.to, email });
    socket.write('250 2.0.0 queued\r\n');
  }

  function takeLogin(session: Session, line: string): string {
    const parts = [...(session.login ?? []), decoded(line)];
    session.login = parts.length < 2 ? parts : undefined;
    return session.login ? `334 ${btoa('Password:')}\r\n` : `${judge(session, parts[0], parts[1])}\r\n`;
  }

  function judge(session: Session, user: string | undefined, password: string | undefined): string {
    session.authenticated = user === options.user && password === options.password;
    return session.authenticated ? '235 2.7.0 welcome' : `535 5.7.8 ${user} with ${password} is not known`;
  }

  function reply(session: Session, verb: string, line: string): string {
    if (verb === 'EHLO')
      return `250-stand-in\r\n250-8BITMIME\r\n${options.user ? '250-AUTH PLAIN LOGIN\r\n' : ''}250 HELP`;
    if (verb === 'QUIT') return '221 2.0.0 bye';
    if (verb === 'AUTH') return auth(session, line.split(' '));
    if (!session.authenticated) return '530 5.7.0 authentication required';
    if (verb === 'MAIL')
      return envelope(line, (address) => Object.assign(session, { from: address, to: [] }));
    if (verb === 'RCPT')
      return session.from ? envelope(line, (a) => session.to.push(a)) : '503 5.5.1 MAIL first';
    if (verb !== 'DATA') return '502 5.5.2 not understood';
    if (session.to.length === 0) return '503 5.5.1 RCPT first';
    session.data = [];
    return '354 go ahead';
  }

  function auth(session: Session, [, method, initial]: string[]): string {
    if (method === 'PLAIN')
      return judge(
        session,
        ...(decoded(initial ?? '')
          .split('\0')
          .slice(1) as [string, string]),
      );
    if (method !== 'LOGIN') return '504 5.5.4 no such method';
    session.login = initial ? [decoded(initial)] : [];
    return `334 ${btoa(initial ? 'Password:' : 'Username:')}`;
  }

  function envelope(line: string, take: (address: string) => void): string {
    const address = /^(?:MAIL FROM|RCPT TO):<([^<>\s]+)>/i.exec(line)?.[1];
    if (!address) return '501 5.5.4 no address';
    take(address);
    return '250 2.1.0 fine';
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  return {
    host: `127.0.0.1:${port}`,
    deliveries,
    /** Every command verb received, in order. */
    verbs,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
