// Scrolling that lands: text further up may get its real height only when it is near the screen.

const FRAMES = 40;
const STILL = 3;
const LEAVING = ["wheel", "touchstart", "keydown", "pointerdown"];
/** Who scrolls now; a later one takes over. */
let scrolling = Symbol("scrolling");

/**
 * Scroll an element to the top of the box that it scrolls in, below what sticks there, and keep it
 * there until nothing moves any more, or the reader scrolls.
 * @param {Element} target
 * @param {number} [above] how many pixels to leave above it
 */
export async function bring(target, above = 0) {
  const mine = (scrolling = Symbol("scrolling"));
  const stop = () => (scrolling = Symbol("left to the reader"));
  for (const event of LEAVING) window.addEventListener(event, stop, { passive: true });
  const box = scrollBox(target);
  for (let frame = 0, still = 0; frame < FRAMES && still < STILL; frame++) {
    if (scrolling !== mine || !target.isConnected) break;
    const before = box.scrollTop;
    box.scrollBy({ top: distance(target, box) - above, behavior: "instant" });
    still = Math.abs(box.scrollTop - before) < 1 ? still + 1 : 0;
    await nextFrame();
  }
  for (const event of LEAVING) window.removeEventListener(event, stop);
}

/** Give the box that an element scrolls in: the nearest that scrolls, else the page. @param {Element} target */
export function scrollBox(target) {
  for (let at = target.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return /** @type {Element} */ (document.scrollingElement);
}

/** How far an element stands below where it belongs. @param {Element} target @param {Element} box */
function distance(target, box) {
  const top = box === document.scrollingElement ? 0 : box.getBoundingClientRect().top;
  const kept = parseFloat(getComputedStyle(box).scrollPaddingTop) || 0;
  const own = parseFloat(getComputedStyle(target).scrollMarginTop) || 0;
  return target.getBoundingClientRect().top - top - kept - own;
}

/** Wait for a frame; a page that is not shown has none. */
function nextFrame() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(late);
      resolve(undefined);
    });
  });
}
