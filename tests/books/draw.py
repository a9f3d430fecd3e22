#!/usr/bin/env python3
# SPDX-License-Identifier: CC0-1.0
# Draws the pictures of the test books: tests/books/draw.py (needs Pillow).
import math
import os
from PIL import Image, ImageDraw

here = os.path.dirname(os.path.abspath(__file__))
SKY, SEA, HILL, RED = (250, 226, 196), (70, 110, 140), (96, 132, 90), (190, 50, 40)


def save(image, *books):
    for book in books:
        path = os.path.join(here, book)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        image.quantize(64).save(path, optimize=True, dpi=(300, 300)) if image.mode == "RGB" \
            else image.save(path, optimize=True, dpi=(300, 300))


def scene(width, height):
    image = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill=SEA)
    return image, draw


def hill(draw, width, height):
    draw.ellipse((-width // 4, height * 55 // 100, width * 5 // 4, height * 2), fill=HILL)


def boat():
    image, draw = scene(1400, 800)
    draw.polygon([(500, 560), (900, 560), (840, 640), (560, 640)], fill=(60, 40, 30))
    draw.polygon([(690, 140), (690, 540), (480, 540)], fill=RED)
    draw.polygon([(710, 200), (710, 540), (880, 540)], fill=(255, 250, 240))
    draw.rectangle((694, 120, 706, 560), fill=(40, 30, 20))
    return image


def lighthouse():
    image, draw = scene(1400, 900)
    draw.ellipse((1000, 180, 1180, 360), fill=(240, 150, 60))
    hill(draw, 1000, 900)
    draw.polygon([(380, 640), (520, 640), (490, 200), (410, 200)], fill=(255, 252, 246))
    for top in (290, 450):
        inset = (640 - top) * 30 // 440
        draw.polygon([(380 + inset, top), (520 - inset, top), (522 - inset, top + 70),
                      (378 + inset, top + 70)], fill=RED)
    draw.rectangle((415, 150, 485, 200), fill=(250, 220, 90))
    draw.polygon([(400, 150), (500, 150), (450, 95)], fill=(60, 40, 30))
    return image


def tower():
    image, draw = scene(800, 1000)
    hill(draw, 800, 1000)
    draw.rectangle((330, 250, 470, 640), fill=(140, 140, 145))
    for x in (330, 390, 450):
        draw.rectangle((x, 220, x + 20, 250), fill=(140, 140, 145))
    draw.rectangle((380, 540, 420, 640), fill=(60, 40, 30))
    return image


def mill():
    image, draw = scene(800, 1000)
    hill(draw, 800, 1000)
    draw.polygon([(320, 640), (480, 640), (440, 320), (360, 320)], fill=(150, 90, 60))
    for turn in range(4):
        angle = math.radians(20 + 90 * turn)
        x, y = 400 + 250 * math.cos(angle), 330 + 250 * math.sin(angle)
        draw.line((400, 330, x, y), fill=(40, 30, 20), width=16)
    return image


def disc():
    big = Image.new("RGBA", (800, 800), (255, 255, 255, 0))
    ImageDraw.Draw(big).ellipse((40, 40, 760, 760), fill=RED + (255,))
    return big.resize((100, 100), Image.LANCZOS)


def wave():
    image = Image.new("L", (1200, 100), 255)
    draw = ImageDraw.Draw(image)
    line = [(x, 50 + 30 * math.sin(x / 40)) for x in range(0, 1200, 4)]
    draw.line(line, fill=90, width=6)
    return image


save(boat(), "blocks/images/boat.png", "arabic/images/boat.png")
save(lighthouse(), "blocks/images/lighthouse.png", "japanese/images/lighthouse.png")
save(tower(), "blocks/images/tower.png")
save(mill(), "blocks/images/mill.png")
save(disc(), "blocks/images/disc.png")
save(wave(), "blocks/images/wave.png")
