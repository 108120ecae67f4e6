"""Draws the home screen's icons from the shapes of favicon.svg.

    python tools/icons.py     writes fieldapp/static/icons/*.png

The shapes are a rounded square and an arrow on a canvas of 32 by 32; when favicon.svg changes, change them here too.
"""

from pathlib import Path

from PIL import Image
from PIL import ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "fieldapp" / "static" / "icons"
BLUE = "#0b2a9e"
CANVAS = 32
COLORS = 64  # blue, white and what lies between them and nothing: a third of the bytes, and no eye sees it
RADIUS = 7
ARROW = [(7, 15.5), (25, 7), (16.5, 25), (14.6, 17.4)]
STROKE = 1.5
FINE = 4  # drawn so many times larger, then made smaller: smooth edges
MASKABLE_SAFE = 0.72  # a launcher may cut everything outside of a circle of 80 %


def draw(size: int, *, full: bool, scale: float = 1.0) -> Image.Image:
    """One icon of `size` pixels; `full` leaves no transparent corners, `scale` shrinks the arrow towards the middle."""
    wide = size * FINE
    unit = wide / CANVAS
    picture = Image.new("RGBA", (wide, wide), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, wide - 1, wide - 1), 0 if full else RADIUS * unit, fill=BLUE)
    points = [tuple(((at - CANVAS / 2) * scale + CANVAS / 2) * unit for at in point) for point in ARROW]
    pen.polygon(points, fill="white")
    pen.line([*points, *points[:2]], fill="white", width=round(STROKE * scale * unit), joint="curve")
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Writes the four files."""
    FOLDER.mkdir(exist_ok=True)
    for size in (192, 512):
        save(draw(size, full=False), f"app-{size}.png")
    save(draw(512, full=True, scale=MASKABLE_SAFE).convert("RGB"), "maskable-512.png")
    save(draw(180, full=True, scale=0.86).convert("RGB"), "apple-touch-180.png")


def save(picture: Image.Image, name: str) -> None:
    """Write it with few colors, and smaller for it."""
    method = Image.Quantize.FASTOCTREE if picture.mode == "RGBA" else Image.Quantize.MEDIANCUT
    picture.quantize(COLORS, method).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
