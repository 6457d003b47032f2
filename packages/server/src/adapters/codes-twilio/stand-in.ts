export interface TwilioStandInOptions {
  accountSid: string;
  authToken: string;
  /** Answers in place of a new message. */
  answer?: { status: number; body: string; location?: string };
  /** Takes requests and never answers. */
  silent?: boolean;
}

const problem = (status: number, code: number, message: string) =>
  Response.json(
    { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    { status },
  );

/** The part of Twilio's API that creates messages, judging requests as Twilio documents it. */
export function twilioStandIn({ accountSid, authToken, answer, silent }: TwilioStandInOptions) {
  const messages: Record<string, string>[] = [];

  async function create(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== 'POST' || pathname !== `/2010-04-01/Accounts/${accountSid}/Messages.json`)
      return problem(404, 20404, `The requested resource ${pathname} was not found`);
    const given = request.headers.get('authorization')?.replace(/^Basic /, '') ?? '';
    if (Buffer.from(given, 'base64').toString() !== `${accountSid}:${authToken}`)
      return problem(401, 20003, `Authenticate with ${given}`);
    if (request.headers.get('content-type') !== 'application/x-www-form-urlencoded')
      return problem(400, 21603, 'not a form');
    const form = Object.fromEntries(new URLSearchParams(await request.text()));
    if (answer) {
      const headers = answer.location ? { location: answer.location } : {};
      return new Response(answer.body, { status: answer.status, headers });
    }
    if (!form.From && !form.MessagingServiceSid) return problem(400, 21603, "A 'From' number is required");
    if (!form.Body) return problem(400, 21602, 'Message body is required');
    if (!/^\+\d+$/.test(form.To ?? '')) return problem(400, 21211, `Invalid 'To' number ${form.To}`);
    messages.push(form);
    return Response.json({ sid: `SM${messages.length}`, status: 'queued', to: form.To }, { status: 201 });
  }

  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => (silent ? new Promise<Response>(() => {}) : create(request)),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    /** The forms of the messages created. */
    messages,
    close: () => server.stop(true),
  };
}
