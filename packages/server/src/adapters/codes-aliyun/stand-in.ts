export interface AliyunStandInOptions {
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
  templateCode: string;
  now: () => number;
  /** Answers in place of a sent message. */
  answer?: { status: number; body: string };
  /** Takes requests and never answers. */
  silent?: boolean;
}

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** Path and query, as in the request line. */
  target: string;
  header(name: string): string | null;
  body: string;
}

const hash = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest('hex');
const UNRESERVED = /[A-Za-z0-9\-_.~]/;

function percent(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const sign = String.fromCharCode(byte);
    out +=
      byte < 128 && UNRESERVED.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function normalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(
    ([name, value]) => [percent(name), percent(value)] as const,
  );
  pairs.sort((a, b) => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])));
  return pairs.map((pair) => pair.join('=')).join('&');
}

/** The signature that a request ought to have, over the headers that it says are signed. */
export function expectedSignature(request: ReceivedRequest, signedHeaders: string, secret: string): string {
  const [path = '', query = ''] = request.target.split('?');
  let canonical = `${request.method}\n${path}\n${normalQuery(query)}\n`;
  for (const name of signedHeaders.split(';').sort())
    canonical += `${name}:${request.header(name)?.trim()}\n`;
  canonical += `\n${signedHeaders}\n${hash(request.body)}`;
  const hmac = new Bun.CryptoHasher('sha256', secret).update(`ACS3-HMAC-SHA256\n${hash(canonical)}`);
  return hmac.digest('hex');
}

/** What must be signed in any case, by the vendor's page on the signature method V3. */
const MUST_SIGN = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce'];
const MINUTES_15 = 15 * 60_000;

const problem = (status: number, Code: string, Message: string) =>
  Response.json({ Code, Message, RequestId: 'stand-in' }, { status });

/** The part of Dysmsapi that sends messages, with the gate before it that checks signatures. */
export function aliyunStandIn(options: AliyunStandInOptions) {
  const sent: Record<string, string>[] = [];
  const nonces = new Set<string>();

  function gate(request: ReceivedRequest): Response | undefined {
    const form = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;
    const [, id, names = '', signature] = form.exec(request.header('authorization') ?? '') ?? [];
    if (id !== options.accessKeyId) return problem(404, 'InvalidAccessKeyId.NotFound', `${id} is not found`);
    if (!MUST_SIGN.every((name) => names.split(';').includes(name)))
      return problem(400, 'IncompleteSignature', names);
    if (request.header('x-acs-content-sha256') !== hash(request.body))
      return problem(400, 'IncompleteSignature', 'hash of the body');
    if (expectedSignature(request, names, options.accessKeySecret) !== signature)
      return problem(400, 'SignatureDoesNotMatch', `for ${request.target}`);
    const date = request.header('x-acs-date') ?? '';
    const off = Math.abs(Date.parse(date) - options.now());
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) || !(off < MINUTES_15))
      return problem(400, 'InvalidTimeStamp.Expired', date);
    const nonce = request.header('x-acs-signature-nonce') ?? '';
    if (nonces.has(nonce)) return problem(400, 'SignatureNonceUsed', nonce);
    nonces.add(nonce);
    return undefined;
  }

  function sendSms(request: ReceivedRequest): Response {
    if (request.header('x-acs-action') !== 'SendSms' || request.header('x-acs-version') !== '2017-05-25')
      return problem(404, 'InvalidAction.NotFound', 'no such action');
    const query = Object.fromEntries(new URLSearchParams(request.target.split('?')[1]));
    if (options.answer) return new Response(options.answer.body, { status: options.answer.status });
    if (!/^\d{8,15}$/.test(query.PhoneNumbers ?? ''))
      return problem(200, 'isv.MOBILE_NUMBER_ILLEGAL', `${query.PhoneNumbers}`);
    if (query.SignName !== options.signName) return problem(200, 'isv.SMS_SIGNATURE_ILLEGAL', 'sign');
    if (query.TemplateCode !== options.templateCode)
      return problem(200, 'isv.SMS_TEMPLATE_ILLEGAL', 'template');
    sent.push(query);
    return Response.json({ Code: 'OK', Message: 'OK', RequestId: 'stand-in', BizId: `${sent.length}^0` });
  }

  async function answer(request: Request): Promise<Response> {
    const received = {
      method: request.method,
      target: request.url.replace(/^https?:\/\/[^/]+/, ''),
      header: (name: string) => request.headers.get(name),
      body: await request.text(),
    };
    return gate(received) ?? sendSms(received);
  }

  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => (options.silent ? new Promise<Response>(() => {}) : answer(request)),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    /** The parameters of the messages sent. */
    sent,
    close: () => server.stop(true),
  };
}
