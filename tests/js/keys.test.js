/** Device keys and signatures. */

import { deviceKey, enrol, thumbprint } from '/service-worker/keys.js';
import { readJws, signJws, verifyJws } from '/service-worker/jws.js';
import { encodeBase64url, decodeBase64url } from '/service-worker/base64url.js';
import { openReceipt } from '/service-worker/office-keys.js';
import { Phone } from '/tests/js/harness/phone.js';

const signer = (key, typ) => ({ privateKey: key.private_key, kid: key.kid, typ });

export const tests = {
  'a key is made once, survives a restart and cannot be taken out': async (t) => {
    const phone = await Phone.open(t);
    const made = await deviceKey(phone.stores, phone.officer);
    await phone.stores.close();
    const found = await deviceKey(phone.stores, phone.officer);
    t.equal(found.kid, made.kid);
    t.equal(found.private_key.extractable, false);
    await t.rejects(crypto.subtle.exportKey('jwk', found.private_key), 'InvalidAccessError');
  },

  'two tabs that need a key at the same moment get the same one': async (t) => {
    const phone = await Phone.open(t);
    const keys = await Promise.all([1, 2, 3].map(() => deviceKey(phone.stores, phone.officer)));
    t.equal(new Set(keys.map(({ kid }) => kid)).size, 1);
  },

  'each officer of a phone has a key of their own': async (t) => {
    const phone = await Phone.open(t);
    const [one, other] = [await deviceKey(phone.stores, 'one'), await deviceKey(phone.stores, 'other')];
    t.ok(one.kid !== other.kid, 'the keys should differ');
  },

  'the thumbprint is that of RFC 7638': async (t) => {
    // expected value computed with joserfc
    const jwk = {
      kty: 'EC', crv: 'P-256', kid: 'ignored', use: 'sig',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    };
    t.equal(await thumbprint(jwk), 'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U');
  },

  'the example of RFC 7515 appendix A.3 verifies, and with one letter changed it does not': async (t) => {
    const key = {
      kty: 'EC', crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    };
    const jws =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.' +
      'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
    t.equal((await verifyJws(jws, [key], { typ: undefined })).iss, 'joe');
    await t.rejects(verifyJws(jws.replace('.eyJpc3MiOiJqb2Ui', '.eyJpc3MiOiJqb3Ui'), [key], { typ: undefined }), 'Error');
  },

  'a signed payload comes back as it was, letters of every alphabet included': async (t) => {
    const phone = await Phone.open(t);
    const key = await deviceKey(phone.stores, phone.officer);
    const payload = { narrative: 'Señora Łuczak – 時刻 🏠 "quoted"\n', count: 3 };
    const jws = await signJws(payload, signer(key));
    t.equal(await verifyJws(jws, [{ ...key.public_jwk, kid: key.kid }], { typ: 'fieldapp+jws' }), payload);
    t.equal(readJws(jws).header, { alg: 'ES256', kid: key.kid, typ: 'fieldapp+jws' });
    t.equal(decodeBase64url(jws.split('.')[2]).length, 64);
  },

  'a signature of another key, type or algorithm is not accepted': async (t) => {
    const phone = await Phone.open(t);
    const key = await deviceKey(phone.stores, 'one');
    const stranger = await deviceKey(phone.stores, 'other');
    const known = [{ ...key.public_jwk, kid: key.kid }];
    const jws = await signJws({ a: 1 }, signer(key));
    await t.rejects(verifyJws(jws, known, { typ: 'fieldapp-receipt+jws' }), 'Error');
    await t.rejects(verifyJws(await signJws({ a: 1 }, signer(stranger)), known, { typ: 'fieldapp+jws' }), 'UnknownKeyError');
    await t.rejects(verifyJws(await signJws({ a: 1 }, { ...signer(stranger), kid: key.kid }), known, { typ: 'fieldapp+jws' }), 'Error');
    const none = encodeBase64url(new TextEncoder().encode(JSON.stringify({ alg: 'none', kid: key.kid, typ: 'fieldapp+jws' })));
    await t.rejects(verifyJws([none, jws.split('.')[1], ''].join('.'), known, { typ: 'fieldapp+jws' }), 'Error');
    await t.rejects(verifyJws('<!doctype html>', known, { typ: 'fieldapp+jws' }), 'Error');
  },

  'enrolling sends the public key once and remembers it': async (t) => {
    const phone = await Phone.open(t);
    t.equal((await enrol(phone.stores, phone.officer, phone.tools, { label: 'Pixel' })).state, 'ok');
    t.equal((await enrol(phone.stores, phone.officer, phone.tools)).state, 'ok');
    const sent = phone.office.sent('/devices').map(({ body }) => JSON.parse(body));
    t.equal(sent.length, 1);
    t.equal([sent[0].label, Object.keys(sent[0].jwk).sort()], ['Pixel', ['crv', 'kty', 'x', 'y']]);
  },

  'a captive portal does not count as enrolled': async (t) => {
    const phone = await Phone.open(t);
    phone.office.fail('/devices', 'portal');
    t.equal((await enrol(phone.stores, phone.officer, phone.tools)).state, 'offline');
    t.equal((await deviceKey(phone.stores, phone.officer)).enrolled_at, null);
  },

  'a receipt is checked offline once the office’s key is known, and a new key is fetched': async (t) => {
    const phone = await Phone.open(t);
    const { office, stores, tools } = phone;
    const receipt = await office.receipt('a', 'b');
    t.equal((await openReceipt(stores, receipt, tools)).submission, 'a');
    office.fail('/.well-known/jwks.json', 'no_network');
    t.equal((await openReceipt(stores, receipt, tools)).submission, 'a');
    t.equal(office.sent('/.well-known/jwks.json').length, 1);
    await office.newKey();
    const newer = await office.receipt('c', 'd');
    t.equal(await openReceipt(stores, newer, tools), null, 'the new key cannot be fetched yet');
    t.equal((await openReceipt(stores, newer, tools)).submission, 'c');
    t.equal((await openReceipt(stores, receipt, tools)).submission, 'a', 'the older key is kept');
  },

  'what is no receipt opens as nothing': async (t) => {
    const phone = await Phone.open(t);
    for (const wrong of [undefined, null, 7, '', 'a.b.c', '<html>', await phone.office.receipt('a', 'b', 'forged')]) {
      t.equal(await openReceipt(phone.stores, wrong, phone.tools), null);
    }
  },
};
