/** Makes elements: text is always text, never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * One shape of icons.svg, as decoration beside a word.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * A state: shape and words in one tone.
 * @param {string} tone ok, warn, stop, wait or live
 * @param {string} shape
 * @param {string} text
 */
export function state(tone, shape, text) {
  return make('p', { class: 'st', 'data-tone': tone }, icon(shape), make('span', {}, text));
}

/**
 * Writes words where they differ from what is there: what is written anew is laid out anew.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Writes an attribute where it differs from what is there.
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value null takes it away
 */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * Changes a state that is there: its tone, shape and words.
 * @param {Element} element with an svg's use and a span
 * @param {{tone: string, shape: string, text: string}} to
 */
export function setState(element, { tone, shape, text }) {
  const [use, words] = [element.querySelector('use'), element.querySelector('span')];
  setAttribute(element, 'data-tone', tone);
  if (use) setAttribute(use, 'href', `${document.body.dataset.icons}#${shape}`);
  if (words) setText(words, text);
}

/**
 * A copy of a template's only element, with a mark replaced in all attributes.
 * @param {HTMLTemplateElement} template
 * @param {string} mark such as __item__
 * @param {string} value
 * @returns {HTMLElement}
 */
export function copyOf(template, mark, value) {
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const element of copy.querySelectorAll('*')) {
    for (const { name, value: text } of [...element.attributes]) {
      if (text.includes(mark)) element.setAttribute(name, text.replaceAll(mark, value));
    }
  }
  return /** @type {HTMLElement} */ (copy.firstElementChild);
}

/**
 * The one element that must be there.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`The page lacks ${selector}.`);
  return /** @type {T} */ (element);
}
