/** Previews: small, clean, right after the facts, and never in the way of anything. */

import { drain } from '/service-worker/drain.js';
import { MOST_BYTES, shrink } from '/service-worker/shrink.js';
import { Phone } from '/tests/js/harness/phone.js';

const DATA = '/tests/data/photos';

/** A JPEG that does not compress well, as large as a phone's photo. */
async function noisy(width = 3000, height = 2250) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  const image = pen.createImageData(width, height);
  for (let at = 0; at < image.data.length; at += 1) image.data[at] = (at * 2_654_435_761) >>> 24;
  pen.putImageData(image, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
}

const given = async (name) => (await fetch(`${DATA}/${name}`)).blob();
const text = async (blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer());
const light = async (phone) => (await phone.rows('photos')).filter(({ visit }) => visit);
const previews = (office) => office.sent('/evidence/previews').map(({ path }) => path.split('/').at(-1));

async function submitted(t, photos = 1, overrides = {}) {
  const phone = await Phone.open(t, overrides);
  const bytes = await noisy(600, 400);
  const row = await phone.visit({ photos: Array.from({ length: photos }, () => bytes) });
  return { phone, office: phone.office, row };
}

export const tests = {
  'a preview of a large photo has at most 60 KB': async (t) => {
    const large = new Blob([await noisy()], { type: 'image/jpeg' });
    const small = await shrink(large);
    t.ok(large.size > 3_000_000, `the photo has ${large.size} bytes`);
    t.ok(small.size <= MOST_BYTES && small.size > 5_000, `the preview has ${small.size} bytes`);
    t.equal(small.type, 'image/jpeg');
  },

  'a preview stands upright and holds neither position nor anything else of the original': async (t) => {
    const turned = await given('portrait_6.jpg');
    const bitmap = await createImageBitmap(await shrink(turned));
    const upright = await createImageBitmap(turned);
    t.ok(Math.abs(bitmap.width / bitmap.height - upright.width / upright.height) < 0.02, `${bitmap.width} x ${bitmap.height}`);
    t.ok(bitmap.height > bitmap.width && bitmap.height <= 1024, `${bitmap.width} x ${bitmap.height}`);
    const original = await given('DSCN0010.jpg');
    t.ok((await text(original)).includes('Exif'), 'the original has a position in it');
    t.ok(!(await text(await shrink(original))).includes('Exif'), 'nothing of it is in the preview');
  },

  'a picture that this browser cannot read has no preview': async (t) => {
    t.equal(await shrink(await given('samplefilehub.heif')), null);
    t.equal(await shrink(new Blob(['no picture'])), null);
    t.equal(await shrink(await given('portrait_6.jpg'), {}), null);
    t.equal(await shrink(await given('portrait_6.jpg'), { createImageBitmap: (...all) => createImageBitmap(...all) }), null);
  },

  'facts go first, then the previews of all photos, then the originals': async (t) => {
    const { phone, office, row } = await submitted(t, 2);
    await phone.drain();
    const order = office.requests.map(({ path }) => path.split('/').slice(1, 3).join('/'));
    const first = (path) => order.indexOf(path);
    t.equal(previews(office), row.photos);
    t.ok(first('sync') < first('evidence/previews'), String(order));
    t.ok(order.lastIndexOf('evidence/previews') < first('evidence/uploads'), String(order));
    t.equal((await phone.left()).photos, []);
    t.ok([...office.previews.values()].every((blob) => blob.size <= MOST_BYTES), 'all are small');
  },

  'a preview goes once, however often its original fails': async (t) => {
    const { phone, office } = await submitted(t);
    office.fail('/evidence/uploads', 'no_network');
    await phone.drain();
    await phone.drain({ eager: true });
    t.equal([previews(office).length, await phone.rows('photos')], [1, []]);
  },

  'a preview that the office does not take holds up nothing and is not sent again': async (t) => {
    const { phone, office } = await submitted(t, 2);
    office.fail('/evidence/previews', 'error_400');
    office.fail('/evidence/uploads', 'no_network');
    await phone.drain();
    t.equal([previews(office).length, (await light(phone)).map(({ preview }) => preview).sort()], [2, ['none', 'sent']]);
    await phone.drain({ eager: true });
    t.equal([previews(office).length, await phone.rows('photos')], [2, []]);
  },

  'an office that chokes on previews still gets the originals at once': async (t) => {
    const { phone, office } = await submitted(t, 4);
    office.fail('/evidence/previews', 'error_502', 'error_502', 'error_502', 'error_502');
    t.equal((await phone.drain()).state, 'done');
    t.equal([previews(office).length, await phone.rows('photos')], [4, []]);
  },

  'a preview is given up after three failures': async (t) => {
    const { phone, office } = await submitted(t);
    for (let round = 0; round < 5; round += 1) {
      office.fail('/evidence/previews', 'error_502');
      office.fail('/evidence/uploads', 'no_network');
      await phone.drain({ eager: true });
    }
    t.equal(previews(office).length, 3);
  },

  'a page that dies while it makes a preview does not die of it for ever': async (t) => {
    let deaths = 0;
    const dying = () => new Promise(() => (deaths += 1));
    const { phone } = await submitted(t, 1, { shrink: dying });
    for (let round = 0; round < 3; round += 1) {
      const unlocked = { ...phone.tools, locks: { query: async () => ({ pending: [] }), request: (_name, work) => work() } };
      void drain(phone.stores, phone.officer, unlocked);
      while (deaths === round) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await phone.drain();
    t.equal([deaths, await phone.rows('photos')], [3, []]);
  },

  'without a network a preview waits, uses up no try, and goes first when it is back': async (t) => {
    const { phone, office } = await submitted(t);
    office.fail('/evidence/previews', 'no_network');
    const summary = await phone.drain();
    const [row] = await light(phone);
    t.equal([summary.state, row.preview_tries, row.state], ['offline', 0, 'waiting']);
    t.ok(Date.parse(summary.retry_at) - phone.clock >= 2500, `it tries again at ${summary.retry_at}`);
    await phone.drain({ eager: true });
    t.equal([previews(office).length, await phone.rows('photos')], [2, []]);
  },

  'signed out before the preview, everything waits and goes on after signing in': async (t) => {
    const { phone, office } = await submitted(t);
    office.fail('/evidence/previews', 'sign_in');
    t.equal((await phone.drain()).state, 'sign_in');
    t.equal((await light(phone)).map(({ state, tries, preview_tries }) => [state, tries, preview_tries]), [['waiting', 0, 0]]);
    await phone.drain();
    t.equal([office.previews.size, await phone.rows('photos')], [1, []]);
  },

  'an original as small as a preview goes alone, and the photo of a draft has no preview': async (t) => {
    const phone = await Phone.open(t);
    const little = new Uint8Array(await (await shrink(await given('portrait_6.jpg'))).arrayBuffer());
    await phone.visit({ photos: [little] });
    await phone.photo(await phone.draft(), await noisy(600, 400));
    await phone.drain();
    t.equal([previews(phone.office), (await light(phone)).length], [[], 1]);
  },
};
