/** Rescue files: all that is unsent, opened again with the office's private key alone, and nothing of anybody else. */

import { decodeBase64url, encodeBase64url } from '/service-worker/base64url.js';
import { sha256Hex } from '/service-worker/digest.js';
import { encryptJwe } from '/service-worker/jwe.js';
import { readJws, signJws, verifyJws } from '/service-worker/jws.js';
import { deviceKey } from '/service-worker/keys.js';
import { keepOfficeKeys, openReceipt, rescueKey } from '/service-worker/office-keys.js';
import { makeRescue } from '/service-worker/rescue.js';
import { Phone, randomBytes, sameBytes } from '/tests/js/harness/phone.js';

const PIECE = 256 * 1024;
const text = (bytes) => new TextDecoder().decode(bytes);

async function phoneWithKey(t) {
  const phone = await Phone.open(t);
  await phone.office.newRescueKey();
  return phone;
}

/** Opens a compact JWE by the words of RFC 7518 section 4.6, independent of how it was made. */
async function open(line, { privateKey }) {
  const [head, none, iv, ciphertext, tag] = line.split('.');
  const header = JSON.parse(text(decodeBase64url(head)));
  const epk = await crypto.subtle.importKey('jwk', header.epk, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
  const z = await crypto.subtle.deriveBits({ name: 'ECDH', public: epk }, privateKey, 256);
  const info = [0, 0, 0, 1, ...new Uint8Array(z), 0, 0, 0, 7, ...new TextEncoder().encode('A256GCM'), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
  const bits = await crypto.subtle.digest('SHA-256', new Uint8Array(info));
  const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['decrypt']);
  const sealed = await new Blob([decodeBase64url(ciphertext), decodeBase64url(tag)]).arrayBuffer();
  const additionalData = new TextEncoder().encode(head);
  const content = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: decodeBase64url(iv), additionalData }, key, sealed);
  return { header, none, content: new Uint8Array(content) };
}

async function opened(phone, file) {
  const lines = (await file.text()).trimEnd().split('\n');
  const parts = [];
  for (const line of lines) parts.push(await open(line, phone.office.rescueKey));
  const list = parts.pop();
  return { lines, parts, list, said: readJws(text(list.content)).payload };
}

const make = (phone, progress) => makeRescue(phone.stores, phone.officer, '0.1.0', phone.tools, progress);

export const tests = {
  'a large photo, its visit, a note and a draft come back byte for byte': async (t) => {
    const phone = await phoneWithKey(t);
    const bytes = randomBytes(2 * PIECE + 100);
    const visit = await phone.visit({ photos: [bytes] });
    const note = await phone.submit('note');
    const draft = await phone.draft();
    const sketch = randomBytes(50);
    await phone.photo(draft, sketch);
    const told = [];
    const { file, counts } = await make(phone, (done, total) => told.push(done / total));
    t.equal(counts, { submissions: 2, photos: 2, drafts: 1 });
    const { parts, list, said } = await opened(phone, file);
    t.equal(said.items.map(({ kind }) => kind), ['submission', 'submission', 'photo', 'draft', 'draft_photo']);
    t.equal(parts.map(({ content }) => content.length > PIECE), [false, false, false, false, false, false, false]);
    t.equal([text(parts[0].content), text(parts[1].content)], [visit.jws, note.jws]);
    t.ok(sameBytes(await new Blob(parts.slice(2, 5).map(({ content }) => content)).arrayBuffer(), bytes), 'the photo');
    t.equal(said.items[2].sha256, await sha256Hex(bytes));
    t.equal([said.items[2].id, said.items[2].visit], [visit.photos[0], visit.id]);
    const kept = JSON.parse(text(parts[5].content));
    t.equal([kept.draft.id, kept.draft.title, kept.photos.length], [draft.id, 'Marcus Bell', 1]);
    t.ok(sameBytes(parts[6].content, sketch), 'the photo of the draft');
    const key = await deviceKey(phone.stores, phone.officer);
    await verifyJws(text(list.content), [{ ...key.public_jwk, kid: key.kid }], { typ: 'fieldapp-rescue+jws' });
    t.ok(told.at(-1) >= 1, `progress ends at the end, not at ${told.at(-1)}`);
  },

  'every part is counted, names its file, and has a key and an iv of its own': async (t) => {
    const phone = await phoneWithKey(t);
    await phone.visit({ photos: [randomBytes(2 * PIECE)] });
    const { parts, list, lines, said } = await opened(phone, (await make(phone)).file);
    const all = [...parts, list];
    t.equal(all.map(({ header }) => header.part), [0, 1, 2, 3]);
    t.equal([...new Set(all.map(({ header }) => header.file))], [said.file]);
    t.equal(new Set(all.map(({ header }) => header.epk.x)).size, 4);
    t.equal(new Set(lines.map((line) => line.split('.')[2])).size, 4);
    t.equal(all.map(({ none }) => none), ['', '', '', ''], 'direct agreement has no encrypted key');
    t.equal(list.header.typ, 'fieldapp-rescue-list+jwe');
  },

  'nothing can be read without the key': async (t) => {
    const phone = await phoneWithKey(t);
    await phone.submit('note', { body: { text: 'Moved to Delaware.' } });
    const whole = await (await make(phone)).file.text();
    for (const word of ['Delaware', encodeBase64url(new TextEncoder().encode('Delaware')).slice(2, 8), phone.officer]) {
      t.ok(!whole.includes(word), `${word} is in the clear`);
    }
    const stranger = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    await t.rejects(open(whole.split('\n')[0], stranger), 'OperationError');
  },

  'another officer’s work on the same phone is not in it': async (t) => {
    const phone = await phoneWithKey(t);
    await phone.submit('note', { officer: 'other' });
    await phone.draft({ officer: 'other' });
    const mine = await phone.submit('note');
    const { said } = await opened(phone, (await make(phone)).file);
    t.equal(said.items.map(({ id }) => id), [mine.id]);
    t.equal(said.officer, phone.officer);
  },

  'making a file changes nothing on the phone, and what waits is sent as ever': async (t) => {
    const phone = await phoneWithKey(t);
    await phone.visit({ photos: [new Uint8Array([1])] });
    await deviceKey(phone.stores, phone.officer);
    const before = [await phone.rows('outbox'), await phone.rows('photos')];
    await make(phone);
    t.equal([await phone.rows('outbox'), await phone.rows('photos')], before);
    await phone.drainAll();
    t.equal(await phone.left(), { outbox: [], photos: [] });
  },

  'a photo that leaves the phone meanwhile is left out, the rest is whole': async (t) => {
    const phone = await phoneWithKey(t);
    const row = await phone.visit({ photos: [randomBytes(10), randomBytes(20)] });
    const gone = `${row.photos[0]}/original`;
    await phone.stores.write(['photos'], (transaction) => transaction.objectStore('photos').delete(gone));
    const { said, parts } = await opened(phone, (await make(phone)).file);
    t.equal(said.items.map(({ id }) => id), [row.id, row.photos[1]]);
    t.equal(parts.length, 2);
  },

  'without the office’s key it says what to do; with it, it works without a network': async (t) => {
    const phone = await phoneWithKey(t);
    await phone.submit('note');
    phone.office.fail('/.well-known/jwks.json', 'no_network');
    await t.rejects(make(phone), 'NoRescueError');
    await keepOfficeKeys(phone.stores, phone.tools);
    phone.office.fail('/.well-known/jwks.json', ...Array(9).fill('no_network'));
    const asked = phone.office.requests.length;
    await make(phone);
    t.equal(phone.office.requests.length, asked);
  },

  'the keys are fetched once a day, and the latest one locks': async (t) => {
    const phone = await phoneWithKey(t);
    const asked = () => phone.office.sent('/.well-known/jwks.json').length;
    await keepOfficeKeys(phone.stores, phone.tools);
    phone.pass(23 * 3600);
    await keepOfficeKeys(phone.stores, phone.tools);
    t.equal(asked(), 1);
    await phone.office.newRescueKey();
    phone.pass(3600);
    await keepOfficeKeys(phone.stores, phone.tools);
    t.equal([asked(), (await rescueKey(phone.stores, phone.tools)).kid], [2, phone.office.rescueKey.kid]);
  },

  'keys from before there were rescue files are fetched anew at once': async (t) => {
    const phone = await phoneWithKey(t);
    const old = { officer: 'office', keys: phone.office.jwks.keys.slice(0, 1) };
    await phone.stores.write(['keys'], (transaction) => transaction.objectStore('keys').put(old));
    await keepOfficeKeys(phone.stores, phone.tools);
    t.equal((await rescueKey(phone.stores, phone.tools)).kid, phone.office.rescueKey.kid);
  },

  'a receipt signed with the key for rescue files is none': async (t) => {
    const phone = await Phone.open(t);
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const said = { submission: 'a', sha256: 'b', received_at: 'c', photos: [] };
    const receipt = await signJws(said, { privateKey: pair.privateKey, kid: 'k', typ: 'fieldapp-receipt+jws' });
    for (const [use, opens] of [['enc', false], ['sig', true]]) {
      phone.office.jwks.keys[1] = { kty, crv, x, y, kid: 'k', use };
      await phone.stores.write(['keys'], (transaction) => transaction.objectStore('keys').delete('office'));
      t.equal((await openReceipt(phone.stores, receipt, phone.tools)) !== null, opens, use);
    }
  },

  'a whole part is base64url to the last character': async (t) => {
    const phone = await phoneWithKey(t);
    const line = await encryptJwe(randomBytes(PIECE), await rescueKey(phone.stores, phone.tools));
    const ciphertext = line.split('.')[3];
    t.equal(decodeBase64url(ciphertext).length, PIECE);
    t.ok(encodeBase64url(decodeBase64url(ciphertext)) === ciphertext, 'there and back');
  },
};
