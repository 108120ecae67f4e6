// Moving a stop by dragging its handle, or with the arrow keys on it. On the plan the form is sent when the order has
// changed; without this module the same is done there by the buttons that the handle opens.

const FAR = 6; // pixels that a finger may tremble before it drags

/**
 * Let the entries (`[data-leg]`) of every form `[data-reorder]` below `root` be moved by their `[data-handle]`.
 * Entries without `data-leg` stay where they are. Listens on `root`, so that forms may be replaced.
 * @param {Document | HTMLElement} root
 * @param {(form: HTMLFormElement) => void} [changed] what to do with a form whose order has changed; it is sent if not given
 */
export function enableReorder(root, changed = (form) => form.requestSubmit()) {
  /** @type {{ leg: HTMLElement, from: number, before: string, moved: boolean } | null} */
  let drag = null;
  let dragged = false;

  root.addEventListener("pointerdown", (event) => {
    const { target, clientY, button, pointerId } = /** @type {PointerEvent} */ (event);
    const handle = handleOf(target);
    const leg = legOf(handle);
    if (!handle || !leg || button !== 0) return;
    dragged = false;
    drag = { leg, from: clientY, before: orderOf(leg), moved: false };
    handle.setPointerCapture(pointerId);
  });

  root.addEventListener("pointermove", (event) => {
    const { clientY } = /** @type {PointerEvent} */ (event);
    if (!drag || (!drag.moved && Math.abs(clientY - drag.from) < FAR)) return;
    drag.moved = true;
    place(drag.leg, clientY);
  });

  const drop = () => {
    if (!drag) return;
    const { leg, before, moved } = drag;
    drag = null;
    dragged = moved;
    if (orderOf(leg) !== before) tell(leg, changed);
  };
  root.addEventListener("pointerup", drop);
  root.addEventListener("pointercancel", drop);

  // a drag ends in a click on the handle, which would open its menu
  root.addEventListener("click", (event) => {
    if (dragged && handleOf(event.target)) event.preventDefault();
    dragged = false;
  }, true);

  // a finger on the handle drags; without this the page would scroll instead
  root.addEventListener("touchmove", (event) => {
    if (drag && event.cancelable) event.preventDefault();
  }, { passive: false });

  root.addEventListener("keydown", (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    const handle = handleOf(target);
    const leg = legOf(handle);
    if (!handle || !leg || (key !== "ArrowUp" && key !== "ArrowDown")) return;
    event.preventDefault();
    if (step(leg, key === "ArrowUp")) {
      handle.focus();
      tell(leg, changed);
    }
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
function handleOf(target) {
  return target instanceof Element ? target.closest("[data-handle]") : null;
}

/**
 * @param {HTMLElement | null} handle
 * @returns {HTMLElement | null}
 */
function legOf(handle) {
  return handle ? handle.closest("[data-reorder] [data-leg]") : null;
}

/**
 * @param {HTMLElement} leg
 * @returns {HTMLElement[]} the entries that can be moved, in order
 */
function legsBeside(leg) {
  const list = /** @type {HTMLElement} */ (leg.parentElement);
  return [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(":scope > [data-leg]"))];
}

/**
 * @param {HTMLElement} leg
 * @returns {string}
 */
function orderOf(leg) {
  const list = /** @type {HTMLElement} */ (leg.parentElement);
  return [...list.querySelectorAll("input[name='stop']")].map((input) => /** @type {HTMLInputElement} */ (input).value).join();
}

/**
 * Put the entry where the finger is: before the first one whose middle lies below it.
 * @param {HTMLElement} leg
 * @param {number} y
 */
function place(leg, y) {
  const others = legsBeside(leg).filter((other) => other !== leg);
  const below = others.find((other) => {
    const { top, height } = other.getBoundingClientRect();
    return y < top + height / 2;
  });
  if (below) {
    if (leg.nextElementSibling !== below) below.before(leg);
  } else if (others.length && others.at(-1)?.nextElementSibling !== leg) {
    others.at(-1)?.after(leg);
  }
}

/**
 * @param {HTMLElement} leg
 * @param {boolean} up
 * @returns {boolean} whether there was somewhere to go
 */
function step(leg, up) {
  const legs = legsBeside(leg);
  const other = legs[legs.indexOf(leg) + (up ? -1 : 1)];
  if (!other) return false;
  if (up) other.before(leg);
  else other.after(leg);
  return true;
}

/**
 * Moves an entry by a button.
 * @param {HTMLElement} leg
 * @param {string} way up, down or first
 */
export function moveLeg(leg, way) {
  if (way === "first") leg.parentElement?.prepend(leg);
  else step(leg, way === "up");
  tell(leg, () => {});
}

/**
 * @param {HTMLElement} leg
 * @param {(form: HTMLFormElement) => void} changed
 */
function tell(leg, changed) {
  const form = /** @type {HTMLFormElement} */ (leg.closest("form"));
  const legs = legsBeside(leg);
  const words = form.querySelector("[data-moved]");
  if (words) words.textContent = `${leg.querySelector("h3")?.textContent}: ${legs.indexOf(leg) + 1} of ${legs.length}`;
  changed(form);
}
