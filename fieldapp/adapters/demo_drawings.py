"""Drawings that stand in for photos in the demo: simple shapes by Pillow, with grain so that no two are alike."""

import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from PIL import ImageChops
from PIL import ImageDraw
from PIL import ImageFilter

SIZE = (1280, 960)
QUALITY = 78
INK = (40, 38, 36)
Pen = ImageDraw.ImageDraw


class DemoDrawings:
    """Draws for the demo; the same motif and seed give the same picture."""

    def draw(self, motif: str, seed: str) -> bytes:
        """Return a JPEG of one of MOTIFS that says in its corner what it is."""
        chance = random.Random(f"{motif} {seed}")
        tone = chance.randint(170, 225)
        picture = Image.new("RGB", SIZE, (tone, tone - chance.randint(4, 22), tone - chance.randint(12, 48)))
        MOTIFS[motif](ImageDraw.Draw(picture), chance)
        picture = _lit(picture, chance).filter(ImageFilter.GaussianBlur(1.2))
        ImageDraw.Draw(picture).text((24, SIZE[1] - 50), "Drawing, not a photo", fill=(246, 244, 240), font_size=28)
        written = BytesIO()
        picture.save(written, "JPEG", quality=QUALITY)
        return written.getvalue()


def _lit(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Return the picture with light from one corner and grain, as a phone in a dim room sees it."""
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(SIZE)
    light = light.point(lambda value: 150 + value * 105 // 255)
    grain = Image.frombytes("L", (320, 240), chance.randbytes(320 * 240)).resize(SIZE)
    grain = grain.point(lambda value: 232 + value * 23 // 255)
    return ImageChops.multiply(picture, Image.merge("RGB", [ImageChops.multiply(light, grain)] * 3))


def _pipe(pen: Pen, chance: random.Random) -> None:
    y = chance.randint(480, 580)
    pen.rectangle((0, y + 90, *SIZE), fill=(139, 110, 82))
    x = chance.randint(250, 420)
    pen.rounded_rectangle((x, y, x + 430, y + 46), 23, fill=(196, 214, 218), outline=(110, 130, 138), width=5)
    pen.ellipse((x + 380, y - 70, x + 540, y + 80), fill=(208, 222, 224), outline=(110, 130, 138), width=6)
    pen.ellipse((x + 430, y - 10, x + 500, y + 50), fill=(72, 58, 44))
    pen.rounded_rectangle((x + 620, y - 10, x + 690, y + 110), 10, fill=(196, 60, 48))


def _cans(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 640, *SIZE), fill=(122, 96, 74))
    for number in range(chance.randint(2, 4)):
        x = 220 + 230 * number + chance.randint(-30, 30)
        pen.rounded_rectangle((x, 380, x + 130, 690), 18, fill=(176, 182, 188), outline=INK, width=4)
        pen.rectangle((x, 450, x + 130, 590), fill=chance.choice(((178, 42, 40), (34, 84, 140), (44, 118, 72))))
        pen.ellipse((x + 8, 372, x + 122, 398), fill=(150, 156, 160), outline=INK, width=3)


def _door(pen: Pen, chance: random.Random) -> None:
    for row in range(0, SIZE[1], 44):
        pen.line((0, row, SIZE[0], row), fill=(150, 84, 66), width=5)
        for column in range((row // 44 % 2) * 60, SIZE[0], 120):
            pen.line((column, row, column, row + 44), fill=(150, 84, 66), width=5)
    x, color = chance.randint(430, 520), chance.choice(((38, 62, 92), (110, 32, 34), (36, 84, 60)))
    pen.rectangle((x, 150, x + 330, SIZE[1]), fill=color, outline=(230, 226, 216), width=18)
    pen.rectangle((x + 60, 220, x + 270, 470), fill=(148, 170, 180), outline=(230, 226, 216), width=8)
    pen.ellipse((x + 270, 590, x + 304, 624), fill=(206, 172, 84))


def _mail(pen: Pen, chance: random.Random) -> None:
    for number in range(chance.randint(3, 5)):
        x, y = 150 + 130 * number + chance.randint(-40, 40), 240 + 80 * number + chance.randint(-30, 30)
        pen.rectangle((x, y, x + 460, y + 250), fill=(240, 236, 226), outline=(150, 144, 134), width=4)
        pen.rectangle((x + 380, y + 24, x + 434, y + 90), fill=(120, 150, 176))
        for line in range(3):
            pen.rectangle((x + 60, y + 120 + 30 * line, x + 270 - 50 * line, y + 130 + 30 * line), fill=(110, 106, 100))


def _steps(pen: Pen, chance: random.Random) -> None:
    broken = chance.randint(1, 3)
    for number in range(5):
        left, top = 180 + 60 * number, 780 - 130 * number
        pen.rectangle((left, top, SIZE[0] - left, top + 130), fill=(176 - 14 * number,) * 3, outline=INK, width=5)
        if number == broken:
            middle = SIZE[0] // 2 + chance.randint(-160, 160)
            pen.polygon(
                [(middle - 120, top), (middle, top + 128), (middle + 40, top + 60), (middle + 130, top)], fill=INK
            )


MOTIFS: dict[str, Callable[[Pen, random.Random], None]] = {
    "pipe": _pipe,
    "cans": _cans,
    "door": _door,
    "mail": _mail,
    "steps": _steps,
}
