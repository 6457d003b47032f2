import { describe, expect, test } from 'bun:test';
import { authorization, canonicalQuery, sha256 } from './signature.ts';
import { expectedSignature } from './stand-in.ts';

const key = { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' };
const nonce = '3156853299f313e23d1673dc12e1703d';
const NAMES = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';

const vectors = [
  {
    // The vendor's page on signature method V3, section "Fixed parameter values".
    what: 'the vendor’s documentation',
    host: 'ecs.cn-shanghai.aliyuncs.com',
    action: ['RunInstances', '2014-05-26'],
    date: '2023-10-26T10:22:32Z',
    parameters: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
    signature: '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  },
  {
    // By GetAuthorization of the vendor’s openapi-util for Go, as published in tests that use it: signs to encode.
    what: 'the vendor’s own library',
    host: 'alidns.aliyuncs.com',
    action: ['AddDomainRecord', '2015-01-09'],
    date: '2026-09-27T01:02:03Z',
    parameters: { Value: 'k/+=é', DomainName: 'example.com', RR: '_acme-challenge.a b*~', Type: 'TXT' },
    signature: '98648f18f798a6d0a3879e7f236ea65df4917667858b849e1927a43d3f81fcb0',
  },
] as const;

describe.each([...vectors])('the signature known from $what', (vector) => {
  const url = new URL(`https://${vector.host}`);
  url.search = canonicalQuery(vector.parameters);
  const headers: Record<string, string> = {
    'x-acs-version': vector.action[1],
    'x-acs-action': vector.action[0],
    host: vector.host,
    'x-acs-date': vector.date,
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': sha256(''),
  };

  test('is what the adapter makes', () => {
    expect(authorization({ method: 'POST', url, headers }, key)).toBe(
      `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=${NAMES},Signature=${vector.signature}`,
    );
  });

  test('is what the stand-in expects', () => {
    const target = `${url.pathname}${url.search}`;
    const received = { method: 'POST', target, header: (name: string) => headers[name] ?? null, body: '' };
    expect(expectedSignature(received, NAMES, key.accessKeySecret)).toBe(vector.signature);
  });
});
