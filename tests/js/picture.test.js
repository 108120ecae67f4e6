/** What is taken for a photo at capture: by size and first bytes, and whether it seems whole. */

import { MOST_BYTES, isDamaged, pictureKind } from '/static/js/visit/picture.js';

const of = (...parts) => new Blob(parts);
const JPEG = of(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]));
const PNG = of(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]));
const brand = (name) => of(new Uint8Array([0, 0, 0, 24]), `ftyp${name}`, 'rest');

export const tests = {
  'the four kinds are known by their first bytes': async (t) => {
    const kinds = await Promise.all([JPEG, PNG, of('RIFFxxxxWEBPVP8 '), brand('heic'), brand('mif1')].map(pictureKind));
    t.equal(kinds, ['jpeg', 'png', 'webp', 'heif', 'heif']);
  },

  'anything else is no photo, whatever it is called': async (t) => {
    for (const file of [new File(['%PDF-1.7'], 'photo.jpg', { type: 'image/jpeg' }), of('<svg>'), brand('qt  '), of('RIFFxxxxWAVE')]) {
      t.equal((await t.rejects(pictureKind(file), 'PhotoNotKeptError')).message, 'This is no photo: take it again.');
    }
  },

  'a photo that the office would not take for its size is refused at once': async (t) => {
    t.ok((await pictureKind({ size: MOST_BYTES, slice: () => JPEG })) === 'jpeg', 'so much it takes');
    const error = await t.rejects(pictureKind({ size: MOST_BYTES + 1, slice: () => JPEG }), 'PhotoNotKeptError');
    t.ok(error.message.includes('60 MiB'), 'it should say how large it may be');
  },

  'a picture that cannot be decoded seems damaged; of HEIF nothing is said': async (t) => {
    t.equal([await isDamaged(JPEG, 'jpeg'), await isDamaged(brand('heic'), 'heif')], [true, false]);
    const canvas = new OffscreenCanvas(2, 2);
    canvas.getContext('2d');
    t.equal(await isDamaged(await canvas.convertToBlob(), 'png'), false);
  },
};
