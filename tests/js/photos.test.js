/** Photos: the original bytes, proved on the disk, with an honest position. */

import { capturePhoto, describePhoto, listPhotos, photoBytes, photoEntry, removePhoto } from '/service-worker/photos.js';
import { distanceMeters, takePosition } from '/service-worker/positions.js';
import { sha256Hex } from '/service-worker/digest.js';
import { openDB } from '/service-worker/vendor/idb.js';
import { Phone, POSITION, randomBytes, sameBytes } from '/tests/js/harness/phone.js';

const now = () => new Date('2026-11-19T18:52:31.412Z');
const at = (latitude, longitude, accuracy) => ({
  getCurrentPosition: (found) => found({ coords: { latitude, longitude, accuracy } }),
});
const failing = (code) => ({ getCurrentPosition: (_found, failed) => failed({ code }) });

export const tests = {
  'a photo is kept byte for byte, with the hash of its original bytes': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const bytes = randomBytes(700_000);
    const photo = await phone.photo(draft, bytes, { item: 'compliance.paraphernalia', caption: 'On the table' });
    await phone.stores.close();
    t.ok(sameBytes(await photoBytes(phone.stores, photo), bytes), 'the bytes should be the camera’s');
    t.equal([photo.sha256, photo.bytes], [await sha256Hex(bytes), 700_000]);
  },

  'the signed entry says where, when, what and which question': async (t) => {
    const phone = await Phone.open(t);
    const photo = await phone.photo(await phone.draft(), new Uint8Array([1]), { item: 'safety.dogs', caption: 'A dog' });
    t.equal(photoEntry(photo), {
      id: photo.id, item: 'safety.dogs', bytes: 1, media_type: 'image/jpeg', caption: 'A dog', source: 'camera',
      sha256: '4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a',
      taken_at: '2026-11-19T18:52:32.412Z', position: POSITION,
    });
  },

  'a list of photos does not read their bytes': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const [first, second] = [await phone.photo(draft), await phone.photo(draft)];
    const listed = await listPhotos(phone.stores, draft.id);
    t.equal(listed.map(({ id }) => id), [first.id, second.id]);
    t.ok(listed.every((row) => !Object.values(row).some((value) => value instanceof ArrayBuffer)), 'no bytes in the list');
  },

  'a disk that gives back other bytes is found out before the photo is shown': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const open = async (...given) => corrupting(await openDB(...given));
    await phone.stores.close();
    phone.stores.open = open;
    const error = await t.rejects(phone.photo(draft), 'PhotoNotKeptError');
    t.ok(error.message.includes('take it again'), 'it should say what to do');
    t.equal(await listPhotos(phone.stores, draft.id), []);
  },

  'an empty picture is refused with what to do': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const error = await t.rejects(phone.photo(draft, new Uint8Array()), 'PhotoNotKeptError');
    t.equal(error.message, 'The camera gave an empty picture. Take it again.');
  },

  'a photo without a draft on this phone is refused, so that none is orphaned': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await phone.submitDraft(draft);
    await t.rejects(phone.photo(draft), 'DraftGoneError');
    t.equal(await phone.rows('photos'), []);
  },

  'a draft’s photo can be captioned and removed, a submitted one cannot': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    const [kept, removed] = [await phone.photo(draft), await phone.photo(draft)];
    t.equal((await describePhoto(phone.stores, kept.id, { caption: 'Door' })).caption, 'Door');
    t.equal(await removePhoto(phone.stores, removed.id), true);
    await phone.submitDraft(draft);
    t.equal(await removePhoto(phone.stores, kept.id), false);
    t.equal(await describePhoto(phone.stores, kept.id, { caption: 'Window' }), undefined);
    t.equal((await listPhotos(phone.stores, draft.id)).map(({ caption }) => caption), ['Door']);
  },

  'a position is asked for fresh and exact': async (t) => {
    let asked;
    const geolocation = { getCurrentPosition: (found, _failed, options) => {
      asked = options;
      found({ coords: { latitude: 39.29, longitude: -76.61, accuracy: 12 } });
    } };
    const position = await takePosition({ geolocation, now, timeoutMs: 8000 });
    t.equal(asked, { enableHighAccuracy: true, maximumAge: 0, timeout: 8000 });
    t.equal(position, { state: 'fix', lat: 39.29, lon: -76.61, accuracy_m: 12, taken_at: '2026-11-19T18:52:31.412Z' });
  },

  'a position that is not exact is kept and called poor': async (t) => {
    t.equal((await takePosition({ geolocation: at(39, -76, 100), now })).state, 'fix');
    t.equal((await takePosition({ geolocation: at(39, -76, 100.1), now })).state, 'poor');
    t.equal((await takePosition({ geolocation: at(39, -76, 60), now, poorBeyondM: 50 })).lat, 39);
  },

  'refused and missing positions are recorded as such and block nothing': async (t) => {
    const nowhere = { lat: null, lon: null, accuracy_m: null, taken_at: '2026-11-19T18:52:31.412Z' };
    t.equal(await takePosition({ geolocation: failing(1), now }), { state: 'refused', ...nowhere });
    t.equal(await takePosition({ geolocation: failing(2), now }), { state: 'unavailable', ...nowhere });
    t.equal(await takePosition({ geolocation: failing(3), now }), { state: 'unavailable', ...nowhere });
    t.equal(await takePosition({ geolocation: null, now }), { state: 'unavailable', ...nowhere });
    const silent = { getCurrentPosition() {} }; // a permission question that nobody answers
    t.equal(await takePosition({ geolocation: silent, now, timeoutMs: 1 }), { state: 'unavailable', ...nowhere });
  },

  'the distance to an address is in meters': async (t) => {
    const hall = { lat: 39.29044, lon: -76.61233 };
    t.equal(distanceMeters(hall, hall), 0);
    const degree = distanceMeters({ lat: 39, lon: -76 }, { lat: 40, lon: -76 });
    t.ok(Math.abs(degree - 111_195) < 1, `a degree of latitude is 111,195 m, not ${degree}`);
    const across = distanceMeters({ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 });
    t.ok(Math.abs(across - 111_195) < 1, `across the date line it is 111,195 m, not ${across}`);
    t.equal(distanceMeters(hall, { lat: null, lon: null }), null);
  },
};

/** A database that flips a bit of every ArrayBuffer on its way to the disk. */
function corrupting(database) {
  const flipped = (row) => {
    if (!(row?.bytes instanceof ArrayBuffer)) return row;
    const bytes = row.bytes.slice(0);
    new Uint8Array(bytes)[0] ^= 1;
    return { ...row, bytes };
  };
  const wrap = (target, changes) =>
    new Proxy(target, {
      get: (object, name) => {
        if (name in changes) return changes[name];
        const value = object[name];
        return typeof value === 'function' ? value.bind(object) : value;
      },
    });
  return wrap(database, {
    transaction: (...given) => {
      const transaction = database.transaction(...given);
      const objectStore = (name) => {
        const store = transaction.objectStore(name);
        return wrap(store, { put: (row) => store.put(flipped(row)) });
      };
      return wrap(transaction, { objectStore });
    },
  });
}
