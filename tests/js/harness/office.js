/**
 * An office that follows the wire exactly and can be told to fail in every way that a network and a server fail.
 * `fetch` is what the modules are handed; `faults` is a list of names, one used up by each request that it fits.
 */

import { sha256Hex } from '/service-worker/digest.js';
import { RECEIPT_TYPE, readJws, signJws, verifyJws } from '/service-worker/jws.js';
import { thumbprint } from '/service-worker/keys.js';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const LOGIN_PAGE = '<!doctype html><title>Free Wi-Fi</title><form>Sign in</form>';

export class FakeOffice {
  /** Requests in order: {method, path, body, headers}. */
  requests = [];
  /** {path, fault} with fault one of: no_network, drop_answer, portal, sign_in, error_502, error_400, hold, cut, forged … */
  faults = [];
  devices = new Map();
  submissions = new Map();
  conflicts = [];
  photos = new Map();
  /** What came ahead of the originals, by photo. */
  previews = new Map();
  uploads = new Map();
  /** Ids (or a function of the payload) that get another state than stored: id → {state, reason}. */
  verdicts = new Map();
  retryAfter = '120';

  static async open() {
    const office = new FakeOffice();
    await office.newKey();
    office.fetch = office.answer.bind(office);
    return office;
  }

  async newKey() {
    const pair = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const kid = await thumbprint({ kty, crv, x, y });
    this.key = { privateKey: pair.privateKey, kid, typ: RECEIPT_TYPE };
    this.jwks = { keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] };
  }

  /** Publishes a key for rescue files before the other keys, whatever was published before stays. */
  async newRescueKey() {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    this.rescueKey = { privateKey: pair.privateKey, kid: await thumbprint({ kty, crv, x, y }) };
    const others = this.jwks.keys.filter(({ use }) => use !== 'enc');
    this.jwks = { keys: [...others, { kty, crv, x, y, kid: this.rescueKey.kid, alg: 'ECDH-ES', use: 'enc' }] };
  }

  /** Makes the next request to a path fail. */
  fail(path, ...faults) {
    for (const fault of faults) this.faults.push({ path, fault });
  }

  /** Requests to a path; syncs that bring nothing are reports. */
  sent(path) {
    return this.requests.filter((request) => (request.path === path || request.path.startsWith(`${path}/`)) && !isReport(request));
  }

  /** What the phone said of what waits on it in syncs that brought nothing. */
  reports() {
    return this.requests.filter(isReport).map(({ body }) => JSON.parse(body));
  }

  async answer(input, init = {}) {
    const url = new URL(input, location.origin);
    const request = { method: init.method ?? 'GET', path: url.pathname, headers: new Headers(init.headers), init };
    request.body = init.body instanceof ArrayBuffer ? init.body.slice(0) : init.body;
    this.requests.push(request);
    const fault = this.takeFault(request.path);
    if (fault === 'no_network') throw new TypeError('Failed to fetch');
    if (fault === 'hang') return new Promise((_resolve, reject) => this.rejectWhenAborted(init.signal, reject));
    if (fault === 'portal') return new Response(LOGIN_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    if (fault === 'sign_in') return json({ error: 'Sign in to go on.' }, 401);
    if (fault === 'error_502') return new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } });
    if (fault === 'error_400') return json({ error: 'This cannot be read.' }, 400);
    if (fault === 'hold') return json({}, 503, { 'Retry-After': this.retryAfter });
    const response = await this.route(request, fault);
    if (fault === 'drop_answer') throw new TypeError('Failed to fetch');
    if (fault === 'cut') return new Response((await response.text()).slice(0, 40), { headers: response.headers });
    return response;
  }

  takeFault(path) {
    const index = this.faults.findIndex((fault) => path === fault.path || path.startsWith(`${fault.path}/`));
    return index === -1 ? null : this.faults.splice(index, 1)[0].fault;
  }

  rejectWhenAborted(signal, reject) {
    signal.addEventListener('abort', () => reject(signal.reason));
  }

  async route(request, fault) {
    const { method, path } = request;
    if (path === '/devices') return this.enrol(JSON.parse(request.body));
    if (path === '/sync') return this.sync(JSON.parse(request.body), fault);
    if (path === '/.well-known/jwks.json') return json(this.jwks);
    if (path.startsWith('/receipts/')) return this.receiptOf(path.slice('/receipts/'.length), fault);
    if (path.startsWith('/evidence/previews/')) return this.preview(request);
    if (path === '/evidence/uploads' && method === 'POST') return this.createUpload(request);
    if (path.startsWith('/evidence/uploads/')) return this.upload(request);
    return new Response('Not found', { status: 404 });
  }

  async enrol({ jwk }) {
    const kid = await thumbprint(jwk);
    this.devices.set(kid, { ...jwk, kid });
    return json({ kid });
  }

  async sync({ submissions }, fault) {
    const results = [];
    for (const jws of submissions) results.push(await this.take(jws, fault));
    return json({ server_now: '2026-11-19T18:53:00.000Z', results });
  }

  async take(jws, fault) {
    const { payload } = readJws(jws);
    const verdict = this.verdicts.get(payload.id);
    const { kid } = readJws(jws).header;
    if (!this.devices.has(kid)) return { id: payload.id, state: 'refused', reason: 'This phone is not known.' };
    await verifyJws(jws, [this.devices.get(kid)], { typ: 'fieldapp+jws' });
    if (verdict?.state === 'refused') return { id: payload.id, ...verdict };
    const sha256 = await sha256Hex(jws);
    const known = this.submissions.get(payload.id);
    if (known && known.sha256 !== sha256) this.conflicts.push(jws);
    else if (!known) this.keep(payload, jws, sha256);
    const state = verdict?.state ?? (!known ? 'stored' : known.sha256 === sha256 ? 'same' : 'conflict');
    return { id: payload.id, state, receipt: await this.receipt(payload.id, sha256, fault) };
  }

  keep(payload, jws, sha256) {
    this.submissions.set(payload.id, { payload, jws, sha256 });
    for (const photo of payload.body.photos ?? []) {
      this.photos.set(photo.id, { visit: payload.id, sha256: photo.sha256, state: 'awaited', bytes: null });
    }
  }

  async receipt(submission, sha256, fault) {
    const photos = [...this.photos]
      .filter(([, photo]) => photo.visit === submission)
      .map(([id, photo]) => ({ id, sha256: photo.sha256, state: photo.state }));
    const content = { submission, sha256, received_at: '2026-11-19T18:53:00.00Z', photos };
    if (fault === 'no_receipt') return undefined;
    if (fault === 'other_submission') content.submission = crypto.randomUUID();
    if (fault === 'other_hash') content.sha256 = '0'.repeat(64);
    const signed = await signJws(content, this.key);
    if (fault !== 'forged') return signed;
    const stranger = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    return signJws(content, { ...this.key, privateKey: stranger.privateKey });
  }

  async receiptOf(id, fault) {
    const known = this.submissions.get(id);
    if (!known) return json({ error: 'There is no such submission.' }, 404);
    return new Response(await this.receipt(id, known.sha256, fault), { headers: { 'Content-Type': 'application/jose' } });
  }

  async preview({ method, path, headers, body }) {
    const id = path.split('/').at(-1);
    if (method !== 'PUT' || headers.get('Content-Type') !== 'image/jpeg') return json({ error: 'A preview must be a JPEG.' }, 422);
    if (!this.photos.has(id)) return json({ error: 'No visit names this photo.' }, 404);
    this.previews.set(id, body);
    return json({ id });
  }

  createUpload({ headers }) {
    const metadata = Object.fromEntries(
      headers.get('Upload-Metadata').split(',').map((pair) => pair.split(' ')).map(([name, value]) => [name, atob(value)]),
    );
    const photo = this.photos.get(metadata.photo);
    const verdict = this.verdicts.get(metadata.photo);
    if (verdict) return json({ error: verdict.reason }, 422);
    if (photo?.visit !== metadata.submission) return json({ error: 'No visit names this photo.' }, 422);
    const id = crypto.randomUUID();
    this.uploads.set(id, { metadata, length: Number(headers.get('Upload-Length')), parts: [], offset: 0 });
    return new Response(null, { status: 201, headers: { Location: `/evidence/uploads/${id}`, 'Tus-Resumable': '1.0.0' } });
  }

  async upload({ method, path, headers, body }) {
    const upload = this.uploads.get(path.split('/').at(-1));
    if (!upload) return new Response(null, { status: 404 });
    const state = () => ({ 'Upload-Offset': String(upload.offset), 'Upload-Length': String(upload.length), 'Tus-Resumable': '1.0.0' });
    if (method === 'HEAD') return new Response(null, { status: 200, headers: state() });
    if (Number(headers.get('Upload-Offset')) !== upload.offset) return new Response(null, { status: 409 });
    if (headers.get('Upload-Checksum') !== `sha256 ${await base64Hash(body)}`) return new Response(null, { status: 460 });
    upload.parts.push(body);
    upload.offset += body.byteLength;
    if (upload.offset === upload.length) await this.finish(upload);
    return new Response(null, { status: 204, headers: state() });
  }

  async finish({ metadata, parts }) {
    const photo = this.photos.get(metadata.photo);
    photo.bytes = await new Blob(parts).arrayBuffer();
    photo.state = (await sha256Hex(photo.bytes)) === photo.sha256 ? 'stored' : 'quarantined';
  }
}

function isReport({ path, body }) {
  return path === '/sync' && JSON.parse(body).submissions.length === 0;
}

function json(content, status = 200, headers = {}) {
  return new Response(JSON.stringify(content), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

async function base64Hash(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}
