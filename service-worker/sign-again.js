/** Submissions whose signature the office does not take, since their phone was signed off after it: signed with the new key. */

import { sha256Hex } from './digest.js';
import { readJws, signJws } from './jws.js';
import { deviceKey } from './keys.js';

/** @typedef {import('./stores.js').Stores} Stores */
/** @typedef {import('./outbox.js').OutboxRow} OutboxRow */

/**
 * Signs refused rows anew whose key is not this phone's any more. Nothing that was certified changes: id, moment and body
 * stay to the letter, and `again` names the signature that was there before.
 * @param {Stores} stores
 * @param {string} officer who asks for it
 * @param {{subtle?: SubtleCrypto, now?: () => Date}} [tools]
 */
export async function signAgain(stores, officer, tools = {}) {
  const { subtle = globalThis.crypto.subtle } = tools;
  /** @type {OutboxRow[]} */
  const rows = await stores.read(['outbox'], (transaction) => transaction.objectStore('outbox').index('officer').getAll(officer));
  const refused = rows.filter(({ state }) => state === 'needs_attention');
  if (refused.length === 0) return;
  const { kid, private_key: privateKey } = await deviceKey(stores, officer, tools);
  for (const { id, jws: before } of refused) {
    const { header, payload } = readJws(before);
    if (header.kid === kid) continue;
    const again = { kid: header.kid, sha256: await sha256Hex(before, { subtle }) };
    const jws = await signJws({ ...payload, again }, { privateKey, kid, subtle });
    const frozen = { jws, sha256: await sha256Hex(jws, { subtle }), bytes: jws.length };
    await stores.write(['outbox'], async (transaction) => {
      const row = await transaction.objectStore('outbox').get(id);
      if (row?.jws === before) await transaction.objectStore('outbox').put({ ...row, ...frozen });
    });
  }
}
