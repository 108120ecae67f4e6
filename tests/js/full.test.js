/** A full disk: what is there stays, what waits is still sent, which makes room, and nothing is tried in a frenzy. */

import { spaceNotice, takesPhoto, readSpace } from '/static/js/space.js';
import { Room } from '/static/js/visit/room.js';
import { saveDraft } from '/service-worker/drafts.js';
import { capturePhoto } from '/service-worker/photos.js';
import { openDB } from '/service-worker/vendor/idb.js';
import { Phone, POSITION, randomBytes, sameBytes } from '/tests/js/harness/phone.js';

/** A phone whose disk takes deletions only while `disk.full`. */
async function phoneWithDisk(t) {
  const disk = { full: false };
  const phone = await Phone.open(t);
  phone.stores = t.stores({ open: async (...all) => instead(await openDB(...all), { transaction: begun }) });
  function begun(database, ...all) {
    return instead(database.transaction(...all), { objectStore: (transaction, name) => instead(transaction.objectStore(name), { put, get }) });
  }
  function put(store, row) {
    if (disk.full) throw new DOMException('', 'QuotaExceededError');
    return store.put(row);
  }
  // what was asked before a write that fails is never answered; that is no error of its own
  function get(store, key) {
    const answer = store.get(key);
    answer.catch(() => {});
    return answer;
  }
  return { phone, disk };
}

function instead(target, methods) {
  return new Proxy(target, {
    get: (object, name) => {
      if (methods[name]) return (...all) => methods[name](object, ...all);
      return typeof object[name] === 'function' ? object[name].bind(object) : object[name];
    },
  });
}

export const tests = {
  'a draft that cannot be saved stays as it was, with words that say what to do': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    const draft = await phone.draft({ body: { narrative: 'Seen inside.' } });
    disk.full = true;
    const error = await t.rejects(saveDraft(phone.stores, { ...draft, body: {} }, phone.tools), 'QuotaExceededError');
    t.ok(error.message.includes('no room left') && error.message.includes('safe'), error.message);
    t.equal((await phone.rows('drafts'))[0].body, { narrative: 'Seen inside.' });
    disk.full = false;
    await saveDraft(phone.stores, { ...draft, body: { narrative: 'Later.' } }, phone.tools);
    t.equal((await phone.rows('drafts'))[0].body, { narrative: 'Later.' });
  },

  'a photo that does not fit leaves nothing of itself, and those before it stay': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    const draft = await phone.draft();
    await phone.photo(draft);
    disk.full = true;
    const about = { visit: draft.id, officer: draft.officer, item: 'visit', source: 'camera', position: POSITION };
    await t.rejects(capturePhoto(phone.stores, new File([randomBytes(50)], 'a.jpg'), about, phone.tools), 'QuotaExceededError');
    t.equal((await phone.rows('photos')).length, 2);
  },

  'a visit that cannot be queued stays a draft': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    const first = await phone.draft();
    await phone.submitDraft(first);
    const draft = await phone.draft();
    disk.full = true;
    await t.rejects(phone.submitDraft(draft), 'QuotaExceededError');
    t.equal([(await phone.rows('drafts')).map(({ id }) => id), (await phone.rows('outbox')).map(({ id }) => id)], [[draft.id], [first.id]]);
  },

  'what waits on a full disk is sent whole, facts and photos, and makes room': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    await phone.submit('note');
    await phone.drain();
    const bytes = randomBytes(300_000);
    const row = await phone.visit({ photos: [bytes, randomBytes(50)] });
    disk.full = true;
    const summary = await phone.drain();
    t.equal([summary.state, summary.received, summary.photos, summary.retry_at], ['done', 1, 2, null]);
    t.equal([await phone.left(), await phone.rows('photos')], [{ outbox: [], photos: [] }, []]);
    t.ok(sameBytes(phone.office.photos.get(row.photos[0]).bytes, bytes), 'the office has the same bytes');
  },

  'a visit let go on a full disk has its photos sent by a later drain too': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    await phone.submit('note');
    await phone.drain();
    await phone.visit({ photos: [randomBytes(50)] });
    disk.full = true;
    phone.office.fail('/evidence/uploads', 'no_network');
    const summary = await phone.drain();
    t.equal([summary.state, (await phone.rows('photos')).filter(({ visit }) => visit).map(({ state }) => state)], ['offline', ['frozen']]);
    t.ok(Date.parse(summary.retry_at) - phone.clock >= 30_000, `not in a frenzy: ${summary.retry_at}`);
    await phone.drain();
    t.equal(await phone.rows('photos'), []);
  },

  'the camera stays shut without room, and after a photo that did not fit until a trial fits': async (t) => {
    const { phone, disk } = await phoneWithDisk(t);
    const space = { quota: 1_000_000_000, usage: 990_000_000 };
    const room = new Room(phone.stores, { estimate: async () => space });
    t.equal(room.takesPhoto, true, 'nothing is known yet');
    await room.look();
    t.equal(room.takesPhoto, false, '10 MB are not enough');
    space.usage = 100_000_000;
    await room.look();
    t.equal(room.takesPhoto, true);
    disk.full = true;
    room.refused();
    await room.look();
    t.equal(room.takesPhoto, false, 'whatever the browser says of its space');
    disk.full = false;
    await room.look();
    t.equal([room.takesPhoto, await phone.rows('settings')], [true, []]);
  },

  'four fifths used are told, in photos': async (t) => {
    document.body.dataset.icons = ''; // shapes come from no other file here
    const words = (usage) => spaceNotice({ free: 1_000_000_000 - usage, used: usage / 1_000_000_000 })?.textContent ?? '';
    t.equal([words(799_000_000), spaceNotice(null)], ['', null]);
    t.ok(words(800_000_000).startsWith('Room for about 50 photos'), words(800_000_000));
    t.ok(words(990_000_000).startsWith('No room for photos'), words(990_000_000));
    t.equal([await readSpace(undefined), takesPhoto(null)], [null, true], 'a browser that says nothing keeps nobody from photos');
  },
};
