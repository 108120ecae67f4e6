/** How tus-js-client speaks HTTP here: by fetch, which pages and workers both have, with a checksum on every part. */

/** @typedef {import('./tools.js').Tools} Tools */

const TIMEOUT_MS = 120_000;

export class FetchHttpStack {
  /** @param {Pick<Tools, 'fetch' | 'subtle'>} tools */
  constructor(tools) {
    this.tools = tools;
  }

  /**
   * @param {string} method
   * @param {string} url
   */
  createRequest(method, url) {
    return new FetchRequest(method, url, this.tools);
  }

  getName() {
    return 'FetchHttpStack';
  }
}

/** One request, in the words of tus-js-client's HttpRequest interface. */
class FetchRequest {
  /** @type {Record<string, string>} */
  #headers = {};
  #controller = new AbortController();
  /** @type {(sent: number) => void} */
  #progress = () => {};

  /**
   * @param {string} method
   * @param {string} url
   * @param {Pick<Tools, 'fetch' | 'subtle'>} tools
   */
  constructor(method, url, tools) {
    this.method = method;
    this.url = url;
    this.tools = tools;
  }

  getMethod() {
    return this.method;
  }

  getURL() {
    return this.url;
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setHeader(name, value) {
    this.#headers[name] = value;
  }

  /** @param {string} name */
  getHeader(name) {
    return this.#headers[name];
  }

  /** @param {(sent: number) => void} handler */
  setProgressHandler(handler) {
    this.#progress = handler;
  }

  /** @param {Blob | null} body */
  async send(body) {
    const { fetch } = this.tools;
    const part = body ? await body.arrayBuffer() : undefined;
    if (part) this.setHeader('Upload-Checksum', await checksum(part, this.tools.subtle));
    const timer = setTimeout(() => this.#controller.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.url, {
        method: this.method,
        headers: this.#headers,
        body: part,
        signal: this.#controller.signal,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
      });
      const text = await response.text();
      this.#progress(part?.byteLength ?? 0);
      return new FetchResponse(response, text);
    } finally {
      clearTimeout(timer);
    }
  }

  async abort() {
    this.#controller.abort();
  }

  getUnderlyingObject() {
    return null;
  }
}

class FetchResponse {
  /**
   * @param {Response} response
   * @param {string} text
   */
  constructor(response, text) {
    this.response = response;
    this.text = text;
  }

  getStatus() {
    return this.response.status;
  }

  /** @param {string} name */
  getHeader(name) {
    return this.response.headers.get(name) ?? undefined;
  }

  getBody() {
    return this.text;
  }

  getUnderlyingObject() {
    return null;
  }
}

/**
 * The Upload-Checksum header of tus 1.0's checksum extension.
 * @param {ArrayBuffer} part
 * @param {SubtleCrypto} subtle
 */
async function checksum(part, subtle) {
  const hash = new Uint8Array(await subtle.digest('SHA-256', part));
  return `sha256 ${btoa(String.fromCharCode(...hash))}`;
}
