/** Photos of the visit: from the camera into the phone's store, shown only once they are safely there. */

import { isDamaged, pictureKind } from './picture.js';
import { notice } from './notice.js';
import { Room } from './room.js';
import { copyOf, find, make, setText, state } from '../element.js';
import { showSpaceNotice } from '../space.js';
import { count, distanceWords, exactTime } from '../words.js';
import { capturePhoto, describePhoto, photoBytes, removePhoto, updatePhoto } from '../../../service-worker/photos.js';
import { takePosition } from '../../../service-worker/positions.js';
import { isFull } from '../../../service-worker/stores.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('../../../service-worker/photos.js').Photo} Photo */
/** @typedef {{address: string, damaged: boolean}} Picture */

const FROM_LIBRARY = 'Chosen from the library';
const DAMAGED = 'This picture seems damaged: take it again.';
const FULL =
  'This phone is full. Delete pictures or apps that you do not need, or send what waits. The visit itself goes on: answers are small, and you can write why there is no photo.';
const SURE = 'Tap again to remove';

/** Takes pictures, and keeps the lists of them: beneath their question and on the page of all photos. */
export class PhotoLists {
  /** What is known of the pictures, with their addresses in memory, by photo. @type {Map<string, Promise<Picture>>} */
  #pictures = new Map();
  /** @type {Room} */
  #room;

  /**
   * @param {HTMLElement} page
   * @param {HTMLTemplateElement} piece
   * @param {VisitRecord} record
   */
  constructor(page, piece, record) {
    this.page = page;
    this.piece = piece;
    this.record = record;
    this.#room = new Room(record.stores, record.tools.storage);
  }

  /** Listens to the file inputs. */
  start() {
    document.addEventListener('click', (event) => {
      if (!(/** @type {Element} */ (event.target).matches('[data-photo]'))) return;
      if (this.#room.takesPhoto) void this.record.save(); // the camera may end this page: what is known goes to the disk before
      else this.#shut(event);
    });
    document.addEventListener('visibilitychange', () => void this.#look());
    void this.#look();
    document.addEventListener('change', (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const file = input.matches('[data-photo]') && input.files?.[0];
      if (file) void this.record.await(this.#take(input, file)).catch((error) => this.#notTaken(error));
    });
    this.page.addEventListener('click', (event) => void this.#clicked(/** @type {Element} */ (event.target)));
    this.page.addEventListener('input', (event) => this.#described(/** @type {Element} */ (event.target)));
  }

  /** How much room there is now, for the next tap and for the line above the photos. */
  async #look() {
    await this.#room.look();
    showSpaceNotice(find(this.page, '#photos'), this.#room.space);
  }

  /**
   * The camera stays shut: a photo that cannot be kept must not be taken for one that is.
   * @param {Event} event
   */
  #shut(event) {
    event.preventDefault();
    notice('s-warn', 'No room for a photo', FULL);
    void this.#look().then(() => {
      if (this.#room.takesPhoto) notice('s-phone', 'There is room again', 'Take the photo now.');
    });
  }

  /** @param {unknown} error */
  #notTaken(error) {
    if (!isFull(error)) return this.#tell(error);
    this.#room.refused();
    notice('s-warn', 'The photo was not kept', FULL);
  }

  /** Brings all lists to what the record holds. */
  show() {
    const { photos, template } = this.record;
    const items = [...new Set(['visit', ...photos.map(({ item }) => item)])];
    const groups = find(this.page, '[data-photo-groups]');
    for (const item of items) {
      if (!groups.querySelector(`[data-group="${CSS.escape(item)}"]`)) groups.append(group(item, labelOf(template, item)));
    }
    for (const list of this.page.querySelectorAll('[data-photos-of]')) {
      const item = /** @type {HTMLElement} */ (list).dataset.photosOf ?? '';
      const here = photos.filter((photo) => photo.item === item);
      this.#showList(list, here);
      const box = list.closest('[data-group]');
      box?.toggleAttribute('hidden', here.length === 0 && items.length > 1);
      if (box) setText(find(box, 'header p'), here.length ? `${here.length} taken` : 'None taken');
    }
  }

  /**
   * @param {HTMLInputElement} input
   * @param {File} file
   */
  async #take(input, file) {
    const { record } = this;
    const source = /** @type {'library' | 'camera'} */ (input.dataset.photo);
    const positioned = source === 'camera' ? takePosition({ poorBeyondM: record.page.poor_beyond_m }) : null;
    const draft = record.draft;
    input.value = '';
    if (!draft) return;
    const taken_at = record.tools.now().toISOString();
    const position = { state: /** @type {const} */ ('unavailable'), lat: null, lon: null, accuracy_m: null, taken_at };
    const why = source === 'library' ? { no_position_reason: FROM_LIBRARY } : {};
    const about = { visit: draft.id, officer: draft.officer, item: input.dataset.photoOf ?? 'visit', source, position };
    await pictureKind(file);
    const photo = await capturePhoto(record.stores, file, { ...about, taken_at, ...why }, record.tools);
    // the bytes are safe first; a position may need ten seconds more
    if (positioned) this.#positioning.add(photo.id);
    await record.readPhotos();
    void this.#look();
    if (!positioned) return;
    await updatePhoto(record.stores, photo.id, { position: await positioned });
    this.#positioning.delete(photo.id);
    await record.readPhotos();
  }

  /** Photos whose position is still on its way. @type {Set<string>} */
  #positioning = new Set();

  /**
   * @param {Element} list
   * @param {Photo[]} photos
   */
  #showList(list, photos) {
    const ids = new Set(photos.map(({ id }) => id));
    for (const card of [...list.children]) {
      if (!ids.has(/** @type {HTMLElement} */ (card).dataset.id ?? '')) card.remove();
    }
    for (const photo of photos) {
      const card = list.querySelector(`[data-id="${photo.id}"]`) ?? list.appendChild(this.#newCard(photo));
      this.#showPosition(card, photo);
    }
  }

  /** @param {Photo} photo */
  #newCard(photo) {
    const card = copyOf(this.piece, '__photo__', photo.id);
    card.dataset.id = photo.id;
    const image = /** @type {HTMLImageElement} */ (find(card, 'img'));
    image.alt = `Photo of ${exactTime(photo.taken_at, this.record.page.manner)}`;
    const picture = this.#picture(photo);
    image.addEventListener('error', () => void picture.then(({ damaged }) => image.replaceWith(notShown(damaged))));
    void picture.then(({ address, damaged }) => {
      image.src = address;
      // kept all the same: what is there of it may be evidence
      if (damaged) find(card, '[data-state]').after(state('warn', 's-warn', DAMAGED));
    });
    find(card, 'code').textContent = `${photo.sha256.slice(0, 4)} ${photo.sha256.slice(4, 8)}`;
    /** @type {HTMLInputElement} */ (find(card, '[data-caption]')).value = photo.caption;
    /** @type {HTMLInputElement} */ (find(card, '[data-why] input')).value = photo.no_position_reason ?? '';
    const kept = state('wait', 's-phone', 'On this phone');
    kept.setAttribute('data-state', '');
    find(card, '[data-state]').replaceWith(kept);
    return card;
  }

  /**
   * @param {Element} card
   * @param {Photo} photo
   */
  #showPosition(card, photo) {
    const { manner } = this.record.page;
    const { accuracy_m } = photo.position;
    const found = accuracy_m !== null;
    const waits = this.#positioning.has(photo.id);
    const source = photo.source === 'library' ? ', from the library' : '';
    const where = found ? `, within ${distanceWords(accuracy_m, manner)}` : waits ? ', taking the position' : '';
    setText(find(card, '[data-when]'), `${exactTime(photo.taken_at, manner)}${where}${source}`);
    find(card, '[data-no-position]').toggleAttribute('hidden', found || waits);
    find(card, '[data-why]').toggleAttribute('hidden', found || waits || photo.source === 'library');
  }

  /** @param {Element} target */
  async #clicked(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest('[data-remove]'));
    const id = /** @type {HTMLElement | null} */ (button?.closest('[data-id]'))?.dataset.id;
    if (!button || !id) return;
    const words = /** @type {Text} */ (button.lastChild);
    if (words.data !== SURE) words.data = SURE;
    else {
      await removePhoto(this.record.stores, id);
      await this.record.readPhotos();
    }
  }

  /** @param {Element} target */
  #described(target) {
    const id = /** @type {HTMLElement | null} */ (target.closest('[data-id]'))?.dataset.id;
    if (!id) return;
    const text = /** @type {HTMLInputElement} */ (target).value;
    const words = target.matches('[data-caption]') ? { caption: text } : { no_position_reason: text };
    const kept = describePhoto(this.record.stores, id, words).then(async () => {
      await this.record.readPhotos();
      this.record.dispatchEvent(new Event('saved'));
    });
    this.record.await(kept).catch((error) => this.#tell(error));
  }

  /** @param {Photo} photo */
  #picture(photo) {
    const picture = this.#pictures.get(photo.id) ?? photoBytes(this.record.stores, photo).then((bytes) => pictureOf(photo, bytes));
    this.#pictures.set(photo.id, picture);
    return picture;
  }

  /** @param {unknown} error */
  #tell(error) {
    this.record.dispatchEvent(new CustomEvent('unsaved', { detail: error }));
  }
}

/**
 * @param {Photo} photo
 * @param {ArrayBuffer | undefined} bytes
 * @returns {Promise<Picture>}
 */
async function pictureOf(photo, bytes) {
  const blob = new Blob(bytes ? [bytes] : [], { type: photo.media_type });
  const kind = await pictureKind(blob).catch(() => 'heif'); // kept by an earlier version: nothing is said of it
  return { address: URL.createObjectURL(blob), damaged: await isDamaged(blob, kind) };
}

/** @param {boolean} damaged */
function notShown(damaged) {
  return make('p', { class: 'empty' }, damaged ? 'Kept as it came.' : 'Kept. This phone cannot show pictures of this kind.');
}

/**
 * @param {string} item
 * @param {string} label
 */
function group(item, label) {
  const header = make('header', {}, make('h2', {}, label), make('p', { class: 'muted' }));
  return make('section', { class: 'block', 'data-group': item }, header, make('ul', { class: 'photos', 'data-photos-of': item }));
}

/**
 * @param {import('./types.js').Template} template
 * @param {string} item
 */
function labelOf(template, item) {
  const [section, key] = item.split('.');
  const found = template.sections.find((entry) => entry.key === section)?.items.find((entry) => entry.key === key);
  return found?.label ?? 'This visit';
}

/** @param {Photo[]} photos */
export function keptWords(photos) {
  return `${count(photos.length, 'photo')} kept`;
}
