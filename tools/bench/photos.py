"""A photo of 3 MB: taken, hashed, kept on the disk, and shown."""

import io
from typing import Any

from PIL import Image

from tools.bench.pages import visit_path
from tools.bench.phone import Phone
from tools.bench.road import FAST

# as phones make them: twelve megapixels
SIZE = (4032, 3024)
MEGABYTES = 3.0
WATCH_PHOTO = """() => {
  window.photo = { taken: null, shown: null };
  addEventListener('change', (event) => event.target.type === 'file' && (window.photo.taken = performance.now()), true);
  document.addEventListener('load', (event) => {
    // what the run before took is shown on the way to this one
    if (!window.photo.taken || !event.target.matches?.('[data-photos-of] img') || !event.target.naturalWidth) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (window.photo.shown ??= performance.now());
      port2.postMessage(null);
    });
  }, true);
}"""
SHOWN = """async () => {
  while (window.photo.shown === null) await new Promise((resolve) => setTimeout(resolve, 50));
  return window.photo.shown - window.photo.taken;
}"""


def picture(megabytes: float = MEGABYTES) -> bytes:
    """A JPEG of about this size, with the grain of a real one."""
    grain = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).resize(SIZE, Image.Resampling.BICUBIC)
    image = Image.merge(
        "RGB", (grain, Image.linear_gradient("L").resize(SIZE), Image.radial_gradient("L").resize(SIZE))
    )
    low, high = 5, 100
    while high - low > 1:
        quality = (low + high) // 2
        low, high = (quality, high) if len(_jpeg(image, quality)) < megabytes * 1e6 else (low, quality)
    content = _jpeg(image, low)
    # what is missing to the size is a comment, as cameras leave theirs
    return content + b"\0" * max(0, int(megabytes * 1e6) - len(content))


def measure_photo(phone: Phone, content: bytes) -> float:
    """Seconds from the camera's return until the photo is painted; it is on the disk and read back by then."""
    page, _session = phone.page()
    phone.road.use(FAST)
    page.goto(f"{phone.url}{visit_path(phone.office)}")
    # not "next": the draft of the run before goes on at its photos, where nothing is next
    page.wait_for_selector("[data-header]:has-text('Saved on this phone')", timeout=30_000)
    page.evaluate("() => { location.hash = '#photos'; }")
    page.evaluate(WATCH_PHOTO)
    file: Any = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files(".dock [data-photo=camera]", file)
    milliseconds: float = page.evaluate(SHOWN)
    page.close()
    return milliseconds / 1000


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
