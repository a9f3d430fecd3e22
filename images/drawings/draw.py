#!/usr/bin/env python3
# SPDX-License-Identifier: CC0-1.0
"""The drawings of the book: writes harbour.svg, hall.svg, city.svg, cover.svg.

    python3 images/drawings/draw.py            # all four
    python3 images/drawings/draw.py harbour    # one of them

Only the standard library is used, and every drawing has its own fixed seed, so
the same script writes the same files.  `images/drawings/render` makes the JPEG
files from them: headless Chromium draws the SVG pixel for pixel, Pillow encodes
the result.  The cover is set in Source Serif 4 and Source Sans 3, which must be
installed when it is rendered.

The scenes are small three-dimensional models, in metres, seen through a camera
without tilt; so houses, windows, boats, rows of chairs and shadows share one
perspective.  y is up; the picture plane's y is down.
"""
import math
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


# ---------------------------------------------------------------- small tools

def rgb(h):
    h = h.lstrip("#")
    return tuple(int(h[i:i + 2], 16) for i in (0, 2, 4))


def mix(a, b, t):
    t = max(0.0, min(1.0, t))
    return "#%02x%02x%02x" % tuple(round(p + (q - p) * t) for p, q in zip(rgb(a), rgb(b)))


PREC = 1  # decimals in path data; 0 for what is seen rippled in the water


def num(v):
    s = "%.*f" % (PREC, v)
    if s.endswith(".0"):
        s = s[:-2]
    return "0" if s == "-0" else s


def pts(points, close=True):
    """Path data of a polygon, in relative coordinates to keep the file small."""
    if not points:
        return ""
    n = PREC
    qx, qy = round(points[0][0], n), round(points[0][1], n)
    s = "M%s %s" % (num(qx), num(qy))
    first = True
    for x, y in points[1:]:
        x, y = round(x, n), round(y, n)
        dx, dy = num(x - qx), num(y - qy)
        s += ("l" if first else ("" if dx[0] == "-" else " ")) + dx
        s += ("" if dy[0] == "-" else " ") + dy
        first = False
        qx, qy = x, y
    return s + ("z" if close else "")


def wound(p):
    """The same polygon, always wound the same way, so that overlaps do not cancel."""
    a = sum(p[i - 1][0] * p[i][1] - p[i][0] * p[i - 1][1] for i in range(len(p)))
    return p if a >= 0 else p[::-1]


def lens(x, y, length, thick, slant=0.0):
    """A cut of the gouge: a thin stroke pointed at both ends."""
    h = length / 2
    dy = h * slant
    return "M%s %sq%s %s %s %sq%s %s %s %sz" % (
        num(x - h), num(y - dy), num(h), num(dy - thick), num(2 * h), num(2 * dy),
        num(-h), num(thick - dy), num(-2 * h), num(-2 * dy))


def smooth(points, n=6):
    """Closed Catmull-Rom curve through the points, as a polygon."""
    out = []
    m = len(points)
    for i in range(m):
        p0, p1, p2, p3 = (points[(i + k - 1) % m] for k in range(4))
        for k in range(n):
            t = k / n
            out.append(tuple(
                0.5 * (2 * p1[a] + (p2[a] - p0[a]) * t
                       + (2 * p0[a] - 5 * p1[a] + 4 * p2[a] - p3[a]) * t * t
                       + (3 * p1[a] - p0[a] - 3 * p2[a] + p3[a]) * t ** 3) for a in (0, 1)))
    return out


def capsule(a, b, wa, wb=None, n=5):
    """A limb: a tapered stroke with round ends, as a polygon."""
    wb = wa if wb is None else wb
    ang = math.atan2(b[1] - a[1], b[0] - a[0])
    out = []
    for k in range(n + 1):
        t = ang + math.pi / 2 + math.pi * k / n
        out.append((a[0] + wa / 2 * math.cos(t), a[1] + wa / 2 * math.sin(t)))
    for k in range(n + 1):
        t = ang - math.pi / 2 + math.pi * k / n
        out.append((b[0] + wb / 2 * math.cos(t), b[1] + wb / 2 * math.sin(t)))
    return out


def disc(c, r, n=16, ry=None):
    ry = r if ry is None else ry
    return [(c[0] + r * math.cos(2 * math.pi * k / n), c[1] + ry * math.sin(2 * math.pi * k / n))
            for k in range(n)]


class Svg:
    def __init__(self, w, h, title):
        self.w, self.h = w, h
        self.defs = []
        self.body = []
        self.title = title

    def add(self, s):
        self.body.append(s)

    def path(self, d, fill, extra=""):
        if isinstance(d, list):
            d = pts(d)
        if d:
            self.add('<path d="%s" fill="%s"%s/>' % (d, fill, (" " + extra) if extra else ""))

    def line(self, d, stroke, width, extra=""):
        if isinstance(d, list):
            d = pts(d, False)
        if d:
            self.add('<path d="%s" fill="none" stroke="%s" stroke-width="%s"%s/>'
                     % (d, stroke, num(width), (" " + extra) if extra else ""))

    def open(self, attrs=""):
        self.add("<g %s>" % attrs)

    def close(self):
        self.add("</g>")

    def lin(self, id, stops, x1=0, y1=0, x2=0, y2=1, user=False):
        self.defs.append('<linearGradient id="%s" x1="%s" y1="%s" x2="%s" y2="%s"%s>%s</linearGradient>' % (
            id, x1, y1, x2, y2, ' gradientUnits="userSpaceOnUse"' if user else "", stops_of(stops)))

    def rad(self, id, stops, cx, cy, r, user=True, tr=""):
        self.defs.append('<radialGradient id="%s" cx="%s" cy="%s" r="%s"%s%s>%s</radialGradient>' % (
            id, cx, cy, r, ' gradientUnits="userSpaceOnUse"' if user else "",
            ' gradientTransform="%s"' % tr if tr else "", stops_of(stops)))

    def filter(self, id, inner, region='x="-5%" y="-5%" width="110%" height="110%"'):
        self.defs.append('<filter id="%s" %s color-interpolation-filters="sRGB">%s</filter>'
                         % (id, region, inner))

    def common(self, seed=3, cut=3.2, grain=0.16):
        full = 'filterUnits="userSpaceOnUse" x="-40" y="-40" width="%d" height="%d"' % (self.w + 80, self.h + 80)
        # the knife's hand: edges wander a little
        self.filter("cut", '<feTurbulence type="fractalNoise" baseFrequency=".014" numOctaves="2" seed="%d"/>'
                    '<feDisplacementMap in="SourceGraphic" scale="%s" xChannelSelector="R" yChannelSelector="G"/>'
                    % (seed, cut), full)
        # the paper under the ink: soft mottling, light and dark
        self.filter("paper", '<feTurbulence type="fractalNoise" baseFrequency=".16 .2" numOctaves="3" seed="%d"/>'
                    '<feColorMatrix values="0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 1"/>' % (seed + 7), full)
        self.filter("ink", '<feTurbulence type="fractalNoise" baseFrequency=".11 .16" numOctaves="2" seed="%d"/>'
                    '<feColorMatrix values="1.6 0 0 0 -.3  1.6 0 0 0 -.3  1.6 0 0 0 -.3  0 0 0 0 1"/>'
                    % (seed + 9), full)
        for n in (2, 4, 8, 18, 40, 80):
            self.filter("b%d" % n, '<feGaussianBlur stdDeviation="%d"/>' % n, full)
        self.grain = grain

    def save(self, name):
        out = ['<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
               'width="%d" height="%d" viewBox="0 0 %d %d">' % (self.w, self.h, self.w, self.h),
               "<title>%s</title>" % self.title,
               "<desc>SPDX-License-Identifier: CC0-1.0. Written by draw.py.</desc>",
               "<defs>", *self.defs, "</defs>", *self.body, "</svg>", ""]
        text = "\n".join(out)
        with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
            f.write(text)
        print("%s %d kB" % (name, len(text) // 1000))

    def ink(self):
        self.add('<rect width="%d" height="%d" filter="url(#ink)" opacity="%s" '
                 'style="mix-blend-mode:soft-light"/>' % (self.w, self.h, self.grain))


def stops_of(stops):
    s = ""
    for st in stops:
        s += '<stop offset="%s" stop-color="%s"%s/>' % (
            st[0], st[1], ' stop-opacity="%s"' % st[2] if len(st) > 2 else "")
    return s


class Cam:
    """A camera without tilt: verticals stay vertical."""

    def __init__(self, pos, yaw, f, px, py):
        self.pos, self.f, self.px, self.py = pos, f, px, py
        self.s, self.c = math.sin(yaw), math.cos(yaw)
        self.mirror = False

    def cam(self, p):
        x, y, z = p[0] - self.pos[0], p[1], p[2] - self.pos[2]
        if self.mirror:
            y = -y
        return (x * self.c + z * self.s, y - self.pos[1], -x * self.s + z * self.c)

    def proj(self, q):
        return (self.px + self.f * q[0] / q[2], self.py - self.f * q[1] / q[2])

    def p(self, *p):
        return self.proj(self.cam(p))

    def depth(self, *p):
        return self.cam(p)[2]

    def scale(self, *p):
        return self.f / max(0.5, self.cam(p)[2])

    def poly(self, points, near=0.8):
        q = [self.cam(p) for p in points]
        out = []
        for i, b in enumerate(q):
            a = q[i - 1]
            if (a[2] >= near) != (b[2] >= near):
                t = (near - a[2]) / (b[2] - a[2])
                out.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, near))
            if b[2] >= near:
                out.append(b)
        return [self.proj(v) for v in out] if len(out) > 2 else []


def in_frame(points, w, h, m=30):
    if not points:
        return False
    xs = [p[0] for p in points]
    ys = [p[1] for p in points]
    return max(xs) > -m and min(xs) < w + m and max(ys) > -m and min(ys) < h + m


# ------------------------------------------------------------------- houses

class Row:
    """How a row of houses is lit."""

    def __init__(self, haze, far, shade, glass, frame, side):
        self.haze, self.far, self.shade = haze, far, shade
        self.glass, self.frame, self.side = glass, frame, side
        self.dim = 1.0


def house(svg, cam, rnd, row, x, z0, z1, yq, hh, kind, col, roof, plain=False, depth=9.0, base=3.4):
    """One house of a row along z.  Its front stands in the plane x, facing `row.side`."""
    s = row.side
    zm = (z0 + z1) / 2
    d = cam.depth(x, 0, zm)
    if cam.depth(x, 0, z1) < 2:
        return
    sc = cam.f / max(2.0, d)
    if not in_frame(cam.poly([(x, yq, z0), (x, yq, z1), (x, yq + hh, z1), (x, yq + hh, z0)]), 2400, 2600, 120):
        return
    t = row.haze_at(d) if hasattr(row, "haze_at") else 1 - math.exp(-d / row.far)
    H = lambda c, k=1.0: mix(c, row.haze, min(0.93, t * k))
    w = z1 - z0
    top = yq + hh
    gable = {"gable": 0.42 * w, "step": 0.5 * w, "bell": 0.5 * w}.get(kind, 0)
    ridge = top + (3.6 if gable == 0 else gable * 0.94)
    wall_side = mix(col, row.shade, 0.62)
    F = lambda y, z, out=0.0: (x + s * out, y, z)

    def quad(y0, y1, a, b, out=0.0):
        return cam.poly([F(y0, a, out), F(y0, b, out), F(y1, b, out), F(y1, a, out)])

    for cz in ([z0 + .5] if w < 6.5 else [z0 + .6, z1 - 1.2]):  # chimneys
        cy = ridge + 1.3
        cx = x - s * (depth / 2)
        svg.path(cam.poly([(cx, ridge - 1.5, cz), (cx, cy, cz), (cx - s * .7, cy, cz), (cx - s * .7, ridge - 1.5, cz)]), H(mix("#7a3b30", row.shade, .6)))
        svg.path(cam.poly([(cx, ridge - 1.5, cz), (cx, cy, cz), (cx, cy, cz + 1.0), (cx, ridge - 1.5, cz + 1.0)]), H("#a55a42"))
    # the end wall towards us, and the roof
    end = cam.poly([(x, yq, z0), (x, top, z0), (x - s * depth / 2, ridge, z0), (x - s * depth, top, z0),
                    (x - s * depth, yq, z0)] if gable == 0 else
                   [(x, yq, z0), (x, top, z0), (x - s * depth, top, z0), (x - s * depth, yq, z0)])
    svg.path(end, H(wall_side))
    if gable == 0:
        r = cam.poly([(x + s * .25, top, z0), (x + s * .25, top, z1),
                      (x - s * depth / 2, ridge, z1), (x - s * depth / 2, ridge, z0)])
        svg.path(r, H(roof))
        if not plain and sc > 18:  # courses of tiles
            dd = ""
            for k in range(1, 9):
                q = k / 9
                y = top + (ridge - top) * q
                xx = x + s * .25 - s * (depth / 2 + .25) * q
                a = z0 + w * rnd.uniform(0, .25)
                while a < z1 - .3:
                    b = min(z1 - .1, a + rnd.uniform(.8, 2.6))
                    dd += pts(cam.poly([(xx, y, a), (xx, y + .05, (a + b) / 2), (xx, y, b), (xx, y - .05, (a + b) / 2)]))
                    a = b + rnd.uniform(.3, 1.2)
            svg.path(dd, H(mix(roof, "#2a1420", .35)))
        n = max(2, round(w / 2.9)) if sc > 7 else 0
        for k in reversed(range(n)):  # dormers, the farthest first
            zc = z0 + w * (k + .5) / n
            yb, yt = top + .5, top + 2.0
            xf = x - s * .55
            svg.path(cam.poly([(xf, yb, zc - .6), (xf, yt, zc - .6), (xf - s * 2.6, yt, zc - .6)]), H(mix(roof, row.shade, .55)))
            svg.path(cam.poly([(xf, yb, zc - .62), (xf, yb, zc + .62), (xf, yt, zc + .62), (xf, yt + .5, zc), (xf, yt, zc - .62)]),
                     H(mix(col, row.frame, .25)))
            svg.path(cam.poly([(xf, yt - .02, zc - .74), (xf, yt + .6, zc), (xf, yt - .02, zc + .74), (xf, yt + .14, zc + .74),
                               (xf, yt + .78, zc), (xf, yt + .14, zc - .74)]), H(mix(roof, row.shade, .3)))
            svg.path(cam.poly([(xf, yb + .25, zc - .36), (xf, yb + .25, zc + .36), (xf, yt - .1, zc + .36), (xf, yt - .1, zc - .36)]), H(row.glass))
    else:
        svg.path(cam.poly([(x, top, z0 + .1), (x, ridge, zm), (x - s * depth, ridge, zm), (x - s * depth, top, z0 + .1)]), H(mix(roof, row.shade, .35)))
    # the front
    if gable == 0:
        front = [F(yq, z0), F(yq, z1), F(top, z1), F(top, z0)]
    elif kind == "gable":
        front = [F(yq, z0), F(yq, z1), F(top, z1), F(ridge + .3, zm), F(top, z0)]
    elif kind == "step":
        n = 5
        front = [F(yq, z0), F(yq, z1)]
        for k in range(n):
            a = z1 - (w / 2 - .45) * k / n
            y = top + gable * (k + 1) / n
            front += [F(y, a), F(y, a - (w / 2 - .45) / n)]
        for k in range(n, 0, -1):
            a = z0 + (w / 2 - .45) * k / n
            y = top + gable * k / n
            front += [F(y, a), F(y, z0 + (w / 2 - .45) * (k - 1) / n)]
        front += [F(top, z0)]
    else:
        front = [F(yq, z0), F(yq, z1)]
        for k in range(13):
            q = k / 12
            zz = z1 - w / 2 * (q ** 1.5)
            yy = top + gable * (1 - (1 - q) ** .5) if q < 1 else top + gable
            yy = top + gable * (.5 - .5 * math.cos(math.pi * q)) ** .8
            front.append(F(yy, zz))
        for k in range(11, -1, -1):
            q = k / 12
            front.append(F(top + gable * (.5 - .5 * math.cos(math.pi * q)) ** .8, z0 + w / 2 * (q ** 1.5)))
    svg.path(cam.poly(front), H(col))
    if not plain and sc > 20:  # strokes of the brush in the plaster
        dd = de = ""
        for k in range(int(w * hh * .25)):
            y = rnd.uniform(yq + base, top)
            a = rnd.uniform(z0 + .1, z1 - .5)
            b = min(z1 - .1, a + rnd.uniform(.3, 1.3))
            q = pts(cam.poly([F(y, a), F(y + .05, (a + b) / 2), F(y, b), F(y - .05, (a + b) / 2)]))
            if rnd.random() < .5:
                dd += q
            else:
                de += q
        svg.path(dd, H(mix(col, "#fff3d6", .28)))
        svg.path(de, H(mix(col, row.shade, .22)))
    # a strip of shade at the edge away from the sun, cornice and string course
    svg.path(quad(yq, top, z0, z0 + .16), H(mix(col, row.shade, .45)))
    svg.path(quad(top - .42, top - .12, z0, z1, .15), H(mix(col, row.frame, .6)))
    svg.path(quad(top - .62, top - .42, z0, z1), H(mix(col, row.shade, .4)))
    # windows
    floors = max(2, round((hh - base - .3) / 2.85))
    fh = (hh - base - .7) / floors
    bays = max(2, round(w / 1.95))
    frames = glass = bars = sh = lit = ""
    spots = []
    for fl in range(floors):
        for b in range(bays):
            spots.append((yq + base + fl * fh + fh * .2, z0 + w * (b + .5) / bays, fh * .62, .5))
    if gable:
        spots.append((top + gable * .12, zm, 1.35, .48))
        if w > 6:
            spots += [] if plain else [(top + gable * .08, zm - w * .19, 1.15, .38), (top + gable * .08, zm + w * .19, 1.15, .38)]
    for (y, z, h, hw) in spots:
        if sc < 6.5:
            continue
        frames += pts(quad(y, y + h, z - hw, z + hw))
        if sc < (13 if plain else 10.5):
            continue
        glass_q = quad(y + .12, y + h - .1, z - hw + .11, z + hw - .11)
        if rnd.random() < .2:
            lit += pts(glass_q)
        else:
            glass += pts(glass_q)
        if not plain and sc > 17:
            bars += pts(quad(y + .1, y + h - .1, z - .045, z + .045))
            bars += pts(quad(y + h * .58, y + h * .58 + .09, z - hw + .08, z + hw - .08))
        if not plain and sc > 18:
            sh += pts(quad(y - .2, y, z - hw - .06, z + hw + .06))
    svg.path(sh, H(mix(col, row.shade, .5)))
    svg.path(frames, H(row.frame if sc >= (13 if plain else 10.5) else mix(row.frame, row.glass, .6)))
    svg.path(glass, H(row.glass))
    svg.path(lit, H(mix(row.glass, row.haze, .62)))
    svg.path(bars, H(row.frame))
    # ground floor: plinth, door, shop windows
    svg.path(quad(yq, yq + .7, z0, z1), H(mix(col, row.shade, .6)))
    g = ""
    k = max(2, round(w / 2.4)) if sc > 8 else 0
    door = k and rnd.randrange(k)
    for b in range(k):
        zc = z0 + w * (b + .5) / k
        if b == door:
            svg.path(quad(yq, yq + 2.7, zc - .65, zc + .65), H(row.frame))
            svg.path(quad(yq, yq + 2.5, zc - .5, zc + .5), H(mix(row.glass, "#1d2b30", .5)))
        else:
            g += pts(quad(yq + .9, yq + 2.6, zc - .75, zc + .75))
    svg.path(g, H(row.glass))


# -------------------------------------------------------------------- boats

def boat(svg, cam, rnd, cx, cz, head, L, B, fb, col, row, masts, cabin=None, flag=False, plain=False,
         trim="#efdcb4", sail="#d9b98a", sprit=0.0, tone=0.0, deckcol="#b98a55"):
    """A wooden boat.  masts: (place along, height, boom length, with ratlines)."""
    hx, hz = math.sin(head), math.cos(head)
    W = lambda u, v, y: (cx + u * hx + v * hz, y, cz + u * hz - v * hx)
    d = cam.depth(cx, 0, cz)
    t = (1 - math.exp(-d / row.far)) if tone == 0 else 0
    H = lambda c: mix(c, row.haze, t)
    n = 22
    wid = lambda q: B / 2 * max(0.0, 1 - abs(q) ** (2.2 if q > 0 else 3.6)) ** .75
    sheer = lambda q: fb * (1 + .55 * q * q + (.35 * q ** 3 if q > 0 else 0))
    S = [-1 + 2 * k / n for k in range(n + 1)]
    gun = {v: [W(q * L / 2, v * wid(q), sheer(q)) for q in S] for v in (-1, 1)}
    wl = {v: [W(q * L / 2 * .9, v * wid(q) * .86, 0) for q in S] for v in (-1, 1)}
    mid = {v: cam.depth(*gun[v][n // 2]) for v in (-1, 1)}
    far, near = (-1, 1) if mid[1] < mid[-1] else (1, -1)
    if cam.mirror:
        svg.path(cam.poly(gun[far] + wl[far][::-1]), H(mix(col, row.shade, .5)))
        svg.path(cam.poly(gun[near] + wl[near][::-1]), H(mix(col, row.shade, .25)))
    else:
        svg.path(cam.poly(gun[far] + wl[far][::-1]), H(mix(col, row.shade, .55)))
        svg.path(cam.poly(gun[-1] + gun[1][::-1]), H(deckcol))
        inner = {v: [W(q * L / 2 * .97, v * wid(q) * .9, sheer(q) - .02) for q in S] for v in (-1, 1)}
        svg.path(cam.poly(inner[-1] + inner[1][::-1]), H(mix(deckcol, row.shade, .45)))

    def box(u0, u1, v, y0, y1, c, roofc):
        nearv = v if near == 1 else -v
        faces = [
            ([W(u1, -v, y0), W(u1, v, y0), W(u1, v, y1), W(u1, -v, y1)], mix(c, row.shade, .35)),
            ([W(u0, -v, y0), W(u0, v, y0), W(u0, v, y1), W(u0, -v, y1)], mix(c, row.shade, .35)),
        ]
        faces.sort(key=lambda fc: -cam.depth(*fc[0][0]))
        faces.append(([W(u0, nearv, y0), W(u1, nearv, y0), W(u1, nearv, y1), W(u0, nearv, y1)], c))
        faces.append(([W(u0 - .15, -v - .1, y1), W(u1 + .15, -v - .1, y1), W(u1 + .15, v + .1, y1), W(u0 - .15, v + .1, y1)], roofc))
        for fc, cc in faces:
            svg.path(cam.poly(fc), H(cc))
        k = max(1, int((u1 - u0) / .9))
        g = ""
        for i in range(k):
            uc = u0 + (u1 - u0) * (i + .5) / k
            g += pts(cam.poly([W(uc - .25, nearv * 1.01, y0 + (y1 - y0) * .35), W(uc + .25, nearv * 1.01, y0 + (y1 - y0) * .35),
                               W(uc + .25, nearv * 1.01, y0 + (y1 - y0) * .8), W(uc - .25, nearv * 1.01, y0 + (y1 - y0) * .8)]))
        svg.path(g, H(mix("#24323c", row.haze, .25)))

    if cabin:
        for (u0, u1, v, h, c) in cabin:
            box(u0, u1, v, fb * .7, fb + h, c, mix(c, trim, .55))
    svg.path(cam.poly(gun[near] + wl[near][::-1]), H(col))
    sc = cam.f / max(1.0, d)
    if not plain:
        for q, c, wd in ((.06, trim, .09), (.2, mix(col, "#000000", .35), .05), (.36, mix(col, trim, .22), .04), (.54, mix(col, "#000000", .35), .05),
                         (.7, mix(col, trim, .15), .04)):
            if sc < 24 and q > .3:
                continue
            line = [tuple(a * (1 - q) + b * q for a, b in zip(g, w)) for g, w in zip(gun[near], wl[near])]
            svg.line([cam.p(*p) for p in line], H(c), max(1.2, wd * sc), 'stroke-linejoin="round"')
        if sc > 30:  # light from the water playing on the planks
            dd = ""
            for k in range(60):
                q, m = rnd.uniform(.1, .9), rnd.randrange(2, n - 2)
                a = [g * (1 - q) + w * q for g, w in zip(gun[near][m], wl[near][m])]
                b = [g * (1 - q) + w * q for g, w in zip(gun[near][m + 1], wl[near][m + 1])]
                pa, pb = cam.p(*a), cam.p(*b)
                dd += lens((pa[0] + pb[0]) / 2, (pa[1] + pb[1]) / 2, rnd.uniform(20, 60), 3, (pb[1] - pa[1]) / (pb[0] - pa[0] + .01))
            svg.path(dd, H(mix(col, trim, .3)))
        svg.line([cam.p(*p) for p in wl[near]], H(mix("#8d3a2c", row.shade, .3)), max(1.5, .12 * sc))
    # masts and rigging
    wood = H(mix("#5a3420", row.shade, .35))
    rope = H(mix("#2b2630", row.shade, .4))
    bow = W(L / 2 + sprit, 0, sheer(1) + sprit * .22)
    if sprit:
        a, b = cam.p(*W(L / 2 - 1.2, 0, sheer(1))), cam.p(*bow)
        svg.path(capsule(a, b, .24 * sc, .12 * sc), wood)
    tops = []
    for (um, hm, boom, rat) in masts:
        b0, b1 = W(um, 0, fb * .8), W(um - .02 * hm, 0, hm)
        pa, pb = cam.p(*b0), cam.p(*b1)
        wa = max(2.5, .3 * sc)
        if boom:
            yb = fb + 1.5
            svg.path(capsule(cam.p(*W(um, 0, yb)), cam.p(*W(um - boom, 0, yb + .5)), max(2, .16 * sc)), wood)
            k = 8
            up = [W(um - boom * (.04 + .92 * i / k), 0, yb + .28 + .5 * i / k + .38 * math.sin(math.pi * min(1, (i + .7) / k)) + rnd.uniform(-.05, .07)) for i in range(k + 1)]
            lo = [W(um - boom * (.04 + .92 * i / k), 0, yb + .02 + .5 * i / k) for i in range(k + 1)]
            svg.path(cam.poly(up + lo[::-1]), H(sail))
            lo2 = [W(um - boom * (.04 + .92 * i / k), 0, yb + .14 + .5 * i / k) for i in range(k + 1)]
            svg.path(cam.poly(lo2 + lo[::-1]), H(mix(sail, row.shade, .45)))
            if not plain:
                for i in range(1, k):
                    svg.line([cam.p(*up[i]), cam.p(*lo[i])], wood, max(1, .05 * sc))
            # the gaff, lowered onto the sail, and the topping lift
            svg.path(capsule(cam.p(*W(um, 0, yb + .5)), cam.p(*W(um - boom * .82, 0, yb + .98)), max(2, .14 * sc), max(1.4, .09 * sc)), wood)
            svg.line([pb, cam.p(*W(um - boom, 0, yb + .5))], rope, max(1, .03 * sc))
            svg.line([cam.p(*W(um, 0, hm * .74)), cam.p(*W(um - boom * .45, 0, yb + 1))], rope, max(1, .025 * sc))
        svg.path(capsule(pa, pb, wa, wa * .5), wood)
        if sc > 24 and not cam.mirror:
            svg.line([(pa[0] + wa * .25, pa[1]), (pb[0] + wa * .12, pb[1])], H("#d99a55"), wa * .16)
            svg.path(capsule(cam.p(*W(um - .02 * hm, -.5, hm * .7)), cam.p(*W(um - .02 * hm, .5, hm * .7)), .1 * sc), wood)
        for v in (-1, 1):
            for o in (-.7, 0, .7):
                q = (um + o) / (L / 2)
                svg.line([cam.p(*W(um - .014 * hm, 0, hm * .72)), cam.p(*W(um + o - .4, v * wid(q), sheer(q)))], rope, max(1, .028 * sc))
            if rat and sc > 20:
                dd = ""
                for i in range(1, 12):
                    k = i / 16
                    e = []
                    for o in (-.7, .7):
                        q = (um + o) / (L / 2)
                        a, b = W(um - .014 * hm, 0, hm * .72), W(um + o - .4, v * wid(q), sheer(q))
                        e.append(cam.p(*[bb + (aa - bb) * k for aa, bb in zip(a, b)]))
                    dd += pts(e, False)
                svg.line(dd, rope, max(1, .02 * sc))
        pen = 1.5 * sc
        svg.path([(pb[0], pb[1]), (pb[0] - pen * .5, pb[1] + (.1 if not cam.mirror else -.1) * sc), (pb[0] - pen, pb[1] + .02 * sc),
                  (pb[0] - pen * .45, pb[1] + (.3 if not cam.mirror else -.3) * sc), (pb[0], pb[1] + (.34 if not cam.mirror else -.34) * sc)], H("#c3352b"))
        tops.append((b1, pb))
    if tops:
        svg.line([tops[0][1], cam.p(*bow)], rope, max(1, .03 * sc))
        svg.line([cam.p(*[(a * .72 + b * .28) for a, b in zip(tops[0][0], W(masts[0][0], 0, 0))]), cam.p(*W(L / 2 - .2, 0, sheer(1)))], rope, max(1, .03 * sc))
        svg.line([tops[-1][1], cam.p(*W(-L / 2 + .2, 0, sheer(-1)))], rope, max(1, .03 * sc))
        if len(tops) > 1:
            svg.line([tops[0][1], tops[1][1]], rope, max(1, .03 * sc))
    if flag:
        a = W(-L / 2 + .1, 0, sheer(-1))
        b = W(-L / 2 - .7, 0, sheer(-1) + 2.6)
        svg.line([cam.p(*a), cam.p(*b)], wood, max(1.5, .07 * sc))
        flag_at(svg, cam.p(*b), .75 * sc * (-1 if cam.mirror else 1), H("#c3352b"), H("#f7ecd6"), -1)


def flag_at(svg, p, h, red, white, way=1):
    """A swallowless Dannebrog of height h hanging from p, blowing to one side."""
    x, y = p
    w = abs(h) * 1.35 * way
    f = lambda u, v: (x + w * u, y + h * (v + .10 * math.sin(u * 5.2) + .12 * u))
    edge = lambda v: [f(i / 8, v) for i in range(9)]
    svg.path(edge(0) + edge(1)[::-1], red)
    svg.path(edge(.43) + edge(.57)[::-1], white)
    svg.path([f(.3, 0), f(.42, 0), f(.42, 1), f(.3, 1)], white)


# ------------------------------------------------------------------ harbour

INK = "#14253a"
WALLS = ["#dfa98a", "#dda23e", "#3f7f86", "#b9482f", "#ead6a6", "#cf7434", "#5d8f8a", "#e2b153",
         "#9c3a30", "#efe0b8", "#d8803c", "#47727f", "#d6a23f", "#b5573a"]


def harbour_row(svg, cam, seed, row, x, z_from, z_to, yq, plain=False, only=None):
    r = random.Random(seed)
    houses = []
    z = z_from
    i = 0
    kinds = ["roof", "gable", "roof", "roof", "step", "roof", "bell", "roof"]
    while z < z_to:
        w = r.uniform(6.0, 9.6)
        k = kinds[i % len(kinds)]
        if k != "roof":
            w = r.uniform(6.2, 7.6)
        h = r.uniform(12.2, 16.4) - (1.5 if k != "roof" else 0)
        houses.append((z, z + w, h, k, WALLS[i % len(WALLS)],
                       ["#a4462f", "#8d3c30", "#b75a38", "#4d4a52"][r.randrange(4)], r.randrange(1 << 30)))
        z += w
        i += 1
    for (a, b, h, k, c, rf, sd) in reversed(houses):
        house(svg, cam, random.Random(sd), row, x, a, b, yq, h, k, c, rf, plain)


def harbour():
    Wd, Ht = 2400, 1600
    svg = Svg(Wd, Ht, "Nyhavn in the morning")
    svg.common(seed=4, cut=3.2, grain=.12)
    rnd = random.Random(1671)
    cam = Cam((9, 4.3, 0), math.radians(21.5), 1900, 1200, 900)
    vx = 1200 + 1900 * math.tan(math.radians(21.5))
    hz = 900
    haze = "#f3dfb8"
    row = Row(haze, 210, "#3d3350", "#27435a", "#f6e9cc", 1)
    # sky
    svg.lin("sky", [(0, "#6fa3a8"), (.3, "#a9c6b6"), (.55, "#e6d9b0"), (.8, "#f7dfae"), (1, "#f9d79c")], 0, 0, 0, hz + 40, True)
    svg.rad("sun", [(0, "#fff6d8", 1), (.12, "#fff0c4", .9), (.4, "#fbd992", .5), (1, "#fbd992", 0)], vx - 60, 640, 900)
    svg.add('<rect width="2400" height="1600" fill="url(#sky)"/>')
    svg.add('<rect width="2400" height="1600" fill="url(#sun)"/>')
    svg.open('filter="url(#cut)"')
    # clouds, cut in long strokes
    lightd = darkd = ""
    for k in range(150):
        y = 60 + 700 * rnd.random() ** 1.1
        band = math.sin(y / 46.0 + 1.3)
        if band < .1:
            continue
        x = rnd.uniform(500, 2500)
        L = rnd.uniform(120, 520) * (1.1 - y / 1400)
        q = lens(x, y, L, rnd.uniform(4, 13) * (1.2 - y / 1100), -.035)
        if rnd.random() < .72:
            lightd += q
        else:
            darkd += q
    svg.path(lightd, "#fff3d3", 'opacity=".55"')
    svg.path(darkd, "#5f97a3", 'opacity=".28"')
    # the far end of the canal: trees, roofs and a spire in the haze
    far = mix("#5c7d86", haze, .45)
    pp = [(1500, hz + 10)]
    x = 1500
    while x < 2420:
        w = rnd.uniform(24, 60)
        h = rnd.uniform(46, 92)
        if rnd.random() < .5:
            pp += [(x, hz - h), (x + w / 2, hz - h - rnd.uniform(14, 30)), (x + w, hz - h)]
        else:
            pp += [(x, hz - h), (x + w, hz - h)]
        x += w
    pp += [(2420, hz + 10)]
    svg.path(pp, far, 'opacity=".75"')
    sx = 1842
    svg.path([(sx - 26, hz), (sx - 26, 742), (sx - 30, 736), (sx - 18, 708), (sx - 15, 672), (sx - 5, 650), (sx, 556), (sx + 5, 650),
              (sx + 15, 672), (sx + 18, 708), (sx + 30, 736), (sx + 26, 742), (sx + 26, hz)], mix("#5c8c86", haze, .42))
    # the far bank on the right, against the light
    rowr = Row("#e9cfa0", 150, "#2f3a55", "#3c4a60", "#8d8b86", -1)
    r2 = random.Random(55)
    z = 330
    hs = []
    z = 60
    while z < 330:
        w = r2.uniform(7, 11)
        hs.append((z, z + w, r2.uniform(11, 16), ["roof", "gable", "roof", "step"][len(hs) % 4], ["#4f5670", "#5f4f5e", "#485c70", "#6a5657"][r2.randrange(4)], r2.randrange(1 << 30)))
        z += w
    right = hs
    for (a, b, h, k, c, sd) in reversed(right):
        house(svg, cam, random.Random(sd), rowr, 25, a, b, 1.4, h, k, c, "#5a4552", True)
    svg.path(cam.poly([(16, 0, 50), (16, 0, 340), (16, 1.4, 340), (16, 1.4, 50)]), mix("#3a4054", haze, .15))
    svg.path(cam.poly([(16, 1.4, 50), (16, 1.4, 340), (25, 1.4, 340), (25, 1.4, 50)]), mix("#6a6064", haze, .25))
    # the left row, in the light
    XF, XQ, YQ = -24.5, -13.5, 1.5
    harbour_row(svg, cam, 11, row, XF, 12, 215, YQ)
    # the shadow of the opposite row climbs their ground floors
    sh = [(XF + .3, YQ, 330)]
    zz = 330
    r3 = random.Random(9)
    while zz > 6:
        w = r3.uniform(6, 9)
        h = r3.uniform(2.3, 3.9)
        sh += [(XF + .3, YQ + h, zz), (XF + .3, YQ + h + .5, zz - w * .3), (XF + .3, YQ + h + .5, zz - w * .8), (XF + .3, YQ + h, zz - w)]
        zz -= w
    sh += [(XF + .3, YQ, zz)]
    svg.lin("shade", [(0, "#2c2a52", .66), (1, "#2c2a52", .3)], 0, 0, vx, 0, True)
    svg.path(cam.poly(sh), "url(#shade)", 'style="mix-blend-mode:multiply"')
    # the quay
    svg.lin("quay", [(0, "#6d6472"), (.6, "#94817c"), (1, "#dcc49c")], 0, 0, vx, 0, True)
    svg.path(cam.poly([(XF, YQ, 6), (XF, YQ, 340), (XQ, YQ, 340), (XQ, YQ, 6)]), "url(#quay)")
    # parasols, people, lamps on the quay
    items = []
    for k in range(46):
        zz = 22 + 150 * rnd.random() ** 1.4
        items.append((zz, "sun" if k % 2 else "man", rnd.uniform(XF + 1.5, XF + 6.5)))
    for k in range(44):
        items.append((20 + 190 * rnd.random() ** 1.35, "man", rnd.uniform(XF + 5, XQ - 1)))
    for k in range(9):
        items.append((30 + k * 19, "lamp", XQ - 2.2))
    for zz, what, x in sorted(items, key=lambda q: -cam.depth(q[2], 0, q[0])):
        sc = cam.scale(x, 0, zz)
        t = 1 - math.exp(-cam.depth(x, 0, zz) / 210)
        a = cam.p(x, YQ, zz)
        if what == "man":
            hgt = rnd.uniform(1.6, 1.85)
            c = mix(rnd.choice(["#2b2f48", "#5a2a34", "#2d4a56", "#6f3a30", "#b4553c"]), haze, t)
            b = (a[0], a[1] - hgt * sc * .8)
            st = .1 * sc
            svg.path(pts(wound(capsule((a[0] - st, a[1] - .06 * sc), (a[0] - st * .4, a[1] - .85 * sc), .13 * sc, .2 * sc, 3)))
                     + pts(wound(capsule((a[0] + st, a[1] - .02 * sc), (a[0] + st * .4, a[1] - .85 * sc), .13 * sc, .2 * sc, 3))), mix("#1f2036", haze, t))
            svg.path(pts(wound(capsule((a[0], a[1] - .85 * sc), (b[0], b[1] + .06 * sc), .36 * sc, .34 * sc, 4)))
                     + pts(wound(capsule((a[0] - .21 * sc, a[1] - .8 * sc), (a[0] - .15 * sc, b[1] + .06 * sc), .09 * sc, .12 * sc, 3)))
                     + pts(wound(capsule((a[0] + .22 * sc, a[1] - .84 * sc), (a[0] + .15 * sc, b[1] + .06 * sc), .09 * sc, .12 * sc, 3))), c)
            svg.path(disc((a[0], a[1] - hgt * sc * .915), .115 * sc, 10, .14 * sc), mix("#7a4c3c", haze, t))
        elif what == "sun":
            c = rnd.choice(["#f3e2bb", "#efe3c8", "#c24a35", "#f3e2bb", "#2f6d78"])
            y = 2.55 * sc
            svg.path([(a[0] - .05 * sc, a[1]), (a[0] - .04 * sc, a[1] - y), (a[0] + .04 * sc, a[1] - y), (a[0] + .05 * sc, a[1])], mix("#3a3040", haze, t))
            R = 1.5 * sc
            svg.path([(a[0] - R, a[1] - y + .75 * sc), (a[0], a[1] - y - .1 * sc), (a[0] + R, a[1] - y + .75 * sc),
                      (a[0] + R * .5, a[1] - y + .9 * sc), (a[0], a[1] - y + .84 * sc), (a[0] - R * .5, a[1] - y + .9 * sc)], mix(c, haze, t))
            svg.path([(a[0] - R, a[1] - y + .75 * sc), (a[0], a[1] - y - .1 * sc), (a[0] - R * .2, a[1] - y + .86 * sc), (a[0] - R * .5, a[1] - y + .9 * sc)], mix(mix(c, "#4a3a58", .4), haze, t))
        else:
            c = mix("#23283c", haze, t)
            svg.path(capsule(a, (a[0], a[1] - 4.2 * sc), .16 * sc, .09 * sc, 2), c)
            svg.path([(a[0] - .3 * sc, a[1] - 4.9 * sc), (a[0] + .3 * sc, a[1] - 4.9 * sc), (a[0] + .18 * sc, a[1] - 4.2 * sc), (a[0] - .18 * sc, a[1] - 4.2 * sc)], mix("#f9e6b0", haze, t))
            svg.path([(a[0] - .38 * sc, a[1] - 4.88 * sc), (a[0], a[1] - 5.25 * sc), (a[0] + .38 * sc, a[1] - 4.88 * sc)], c)
    # quay wall
    svg.lin("wall", [(0, "#2a2b42"), (.6, "#564e5a"), (1, "#b59f84")], 0, 0, vx, 0, True)
    wall = cam.poly([(XQ, 0, 6), (XQ, 0, 340), (XQ, YQ, 340), (XQ, YQ, 6)])
    svg.path(wall, "url(#wall)")
    svg.path(cam.poly([(XQ, YQ - .28, 6), (XQ, YQ - .28, 340), (XQ, YQ, 340), (XQ, YQ, 6)]), "#d9bb8c", 'opacity=".75"')
    dd = ""
    for k in range(260):
        zz = 14 + 120 * rnd.random() ** 1.6
        y = rnd.choice([.2, .5, .8, 1.05])
        a = rnd.uniform(.4, 1.4)
        dd += pts(cam.poly([(XQ, y, zz), (XQ, y + .04, zz + a / 2), (XQ, y, zz + a), (XQ, y - .04, zz + a / 2)]))
    svg.path(dd, "#8c7f86", 'opacity=".6"')
    svg.close()

    # ---- the water
    left = cam.p(XQ, 0, 8)
    water = [(-60, 1700), (-60, max(left[1], cam.p(XQ, 0, 16)[1]))]
    edge = [cam.p(XQ, 0, z) for z in (14, 18, 24, 30, 40, 60, 90, 150, 340)]
    redge = [cam.p(16, 0, z) for z in (340, 150, 90, 60, 52)]
    water = [(-60, 1700)] + edge + redge + [(2460, redge[-1][1]), (2460, 1700)]
    svg.defs.append('<clipPath id="wc"><path d="%s"/></clipPath>' % pts(water))
    svg.lin("wat", [(0, "#cfc79f"), (.12, "#8fae9f"), (.4, "#3f7380"), (.75, "#1f4a60"), (1, "#123049")], 0, hz, 0, 1600, True)
    svg.filter("rip", '<feTurbulence type="fractalNoise" baseFrequency=".0035 .030" numOctaves="2" seed="12"/>'
               '<feDisplacementMap in="SourceGraphic" scale="74" xChannelSelector="R" yChannelSelector="G"/>',
               'filterUnits="userSpaceOnUse" x="-100" y="800" width="2600" height="900"')
    svg.open('clip-path="url(#wc)"')
    svg.path(water, "url(#wat)")
    global PREC
    cam.mirror = True
    PREC = 0
    svg.open('filter="url(#rip)" opacity=".78"')
    for (a, b, h, k, c, sd) in reversed(right[:9]):
        house(svg, cam, random.Random(sd), rowr, 25, a, b, 1.4, h, k, mix(c, "#1d3148", .3), "#4a3d4e", True)
    harbour_row(svg, cam, 11, row, XF, 12, 110, YQ, plain=True)
    svg.path(cam.poly(sh), "#262650", 'opacity=".6"')
    svg.path(cam.poly([(XQ, 0, 6), (XQ, 0, 340), (XQ, YQ, 340), (XQ, YQ, 6)]), "#24304a", 'opacity=".92"')
    svg.close()
    cam.mirror, PREC = False, 1
    svg.lin("deep", [(0, "#16324d", 0), (.35, "#16324d", .12), (1, "#0f2740", .82)], 0, hz, 0, 1600, True)
    svg.add('<rect y="880" width="2400" height="720" fill="url(#deep)"/>')
    # strokes on the water
    groups = {"#f6e3b4": "", "#0f2a42": "", "#8fb3ac": "", "#e0a25a": ""}
    for k in range(860):
        v = rnd.random() ** 1.6
        y = hz + 14 + v * 700
        per = (y - hz) / 700
        x = rnd.uniform(-50, 2450)
        L = (26 + 250 * per) * rnd.uniform(.4, 1.2)
        th = (1.0 + 9 * per) * rnd.uniform(.4, 1.1)
        glow = math.exp(-((x - (vx - 60)) / (170 + 420 * per)) ** 2)
        u = rnd.random()
        if u < .2 + .55 * glow:
            c = "#f6e3b4"
            if glow < .35 and rnd.random() < .65:
                continue
        elif u < .62:
            c = "#0f2a42"
        elif u < .85:
            c = "#8fb3ac"
            if rnd.random() < .4:
                continue
        else:
            c = "#e0a25a"
            if x > 1500:
                continue
        groups[c] += lens(x, y, L, th, rnd.uniform(-.008, .008))
    for c, op in (("#0f2a42", .5), ("#8fb3ac", .45), ("#e0a25a", .55), ("#f6e3b4", .8)):
        svg.path(groups[c], c, 'opacity="%s"' % op)
    svg.close()

    # ---- boats: moored along the quay, then the big one in front
    fleet = [
        (-10.6, 130, 0, 15, 4.2, 1.3, "#3a4a5c", [(1.5, 15, 5, 0)], None),
        (-10.6, 110, math.pi, 17, 4.4, 1.4, "#5a3030", [(3, 17, 6, 0), (-4, 13, 4, 0)], None),
        (-10.4, 90, 0, 15, 4.2, 1.4, "#27506a", [(1.5, 16, 5.5, 0)], [(-5, -1.5, 1.1, 1.0, "#d9c08a")]),
        (-10.4, 71, math.pi, 18, 4.8, 1.5, "#7c3428", [(3.5, 18, 6.5, 1), (-4.5, 14, 4, 1)], None),
        (-10.4, 50.5, 0, 16, 4.6, 1.5, "#1f3a4c", [(2.2, 18.0, 6.5, 1)], [(-6, -2.2, 1.2, 1.1, "#e0c58d")]),
        (-10.2, 32.5, math.pi, 14, 4.4, 1.4, "#2f5f5a", [(2.2, 16.2, 5.8, 1), (-4.4, 11.5, 3, 1)], None),
    ]
    front = (cam_place(cam, 9.2, 26), math.radians(-74))

    def draw_fleet(only_mirror):
        global PREC
        cam.mirror = only_mirror
        PREC = 0 if only_mirror else 1
        for (x, z, hd, L, B, fb, c, ms, cab) in fleet:
            boat(svg, cam, random.Random(int(z)), x, z, hd, L, B, fb, c, row, ms, cab, flag=z < 80, plain=only_mirror, sprit=2.0)
        cam.mirror, PREC = False, 1

    def draw_front(m):
        cam.mirror = m
        (x, z), hd = front
        boat(svg, cam, random.Random(3), x, z, hd, 15.5, 4.9, 1.55, "#1c2a3d", row, [(2.6, 15.4, 7.0, 1)],
             None if m else [(-6.2, -2.4, 1.25, 1.15, "#c98a4a")], flag=True, plain=m, sprit=3.2, tone=1, sail="#c9784a" if not m else "#3d3f52", deckcol="#a8743f")
        cam.mirror = False

    svg.open('clip-path="url(#wc)"')
    svg.open('filter="url(#rip)" opacity=".72"')
    draw_fleet(True)
    svg.close()
    svg.close()
    svg.open('filter="url(#cut)"')
    draw_fleet(False)
    svg.close()
    svg.open('clip-path="url(#wc)"')
    svg.open('filter="url(#rip)" opacity=".86"')
    draw_front(True)
    svg.close()
    dd = ""
    de = ""
    for k in range(210):
        y = 1010 + 590 * rnd.random()
        per = (y - hz) / 700
        x = rnd.gauss(1700, 420)
        q = lens(x, y, (60 + 260 * per) * rnd.uniform(.4, 1), (1.5 + 8 * per) * rnd.uniform(.4, 1))
        if rnd.random() < .6:
            dd += q
        else:
            de += q
    svg.path(dd, "#f6e3b4", 'opacity=".5"')
    svg.path(de, "#5f93a0", 'opacity=".55"')
    svg.close()
    svg.open('filter="url(#cut)"')
    draw_front(False)
    # gulls
    for gx, gy, s in ((1260, 330, 34), (1372, 262, 24), (1120, 236, 20), (2210, 420, 26), (1545, 470, 16)):
        svg.path("M%d %dq%s %s %s %sq%s %s %s %sq%s %s %s %sq%s %s %s %sz" % (
            gx - s, gy - s * .3, num(s * .55), num(-s * .25), num(s), num(s * .3), num(s * .45), num(-s * .6), num(s), num(-s * .45),
            num(-s * .5), num(.05 * s), num(-s), num(s * .68), num(-s * .5), num(-s * .62), num(-s), num(-s * .53)), "#fdf4dd")
    svg.close()
    # light in the air, and the paper
    svg.rad("veil", [(0, "#fff0c8", .5), (.5, "#fde3ae", .16), (1, "#fde3ae", 0)], vx - 60, 760, 760)
    svg.add('<rect width="2400" height="1600" fill="url(#veil)" style="mix-blend-mode:screen"/>')
    svg.ink()
    svg.save("harbour.svg")


def cam_place(cam, X, Z):
    """World x, z of the point X metres to the right and Z metres ahead of the camera."""
    return (cam.pos[0] + X * cam.c - Z * cam.s, cam.pos[2] + X * cam.s + Z * cam.c)


# --------------------------------------------------------------------- hall

def wheel(svg, cx, cy, R, col, op=1.0, spokes=8):
    """A ship's wheel, reduced to rings and spokes."""
    svg.open('opacity="%s"' % op)
    for r, w in ((R * .78, R * .12), (R * .58, R * .035), (R * .2, R * .09)):
        svg.add('<circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="%s"/>' % (num(cx), num(cy), num(r), col, num(w)))
    for k in range(spokes):
        a = 2 * math.pi * (k + .5) / spokes
        f = lambda r: (cx + r * math.cos(a), cy + r * math.sin(a))
        svg.path(capsule(f(R * .2), f(R * .84), R * .05, R * .065), col)
        svg.path(capsule(f(R * .9), f(R * 1.1), R * .06, R * .1), col)
    svg.close()


def hall():
    Wd, Ht = 2400, 1600
    svg = Svg(Wd, Ht, "The hall before the keynotes")
    svg.common(seed=21, cut=2.6, grain=.12)
    rnd = random.Random(1302)
    cam = Cam((1.3, 3.1, 0), 0, 1700, 1130, 770)
    P = cam.p
    svg.lin("air", [(0, "#0b1026"), (.35, "#1b2350"), (.5, "#38407a"), (.56, "#2a2f60"), (1, "#0a0c1c")], 0, 0, 0, 1600, True)
    svg.rad("glow", [(0, "#8fd0d2", .75), (.35, "#4f86b0", .5), (.75, "#33406f", .15), (1, "#33406f", 0)], 1080, 600, 1150)
    svg.add('<rect width="2400" height="1600" fill="url(#air)"/><rect width="2400" height="1600" fill="url(#glow)"/>')
    svg.open('filter="url(#cut)"')
    # walls with acoustic fins, ceiling with trusses
    XW, CE, ZE = 27.0, 15.0, 41.0
    for s in (-1, 1):
        z = ZE
        while z > 9:
            t = z / ZE
            c = mix("#0c1128", "#35437c", t ** 2)
            svg.path(cam.poly([(s * XW, 0, z), (s * XW, CE, z), (s * XW, CE, z - 1.1), (s * XW, 0, z - 1.1)]), c, 'opacity=".85"')
            svg.path(cam.poly([(s * XW, .0, z), (s * XW, CE, z), (s * (XW - .7), CE, z), (s * (XW - .7), 0, z)]), mix("#18214a", "#5d86b4", t ** 2), 'opacity=".7"')
            z -= 2.2
    for k in range(12):
        z = ZE - k * 3.0
        t = z / ZE
        c = mix("#080b1c", "#28356a", t ** 1.5)
        svg.path(cam.poly([(-XW, CE, z), (XW, CE, z), (XW, CE - .9, z), (-XW, CE - .9, z)]), c)
    # back wall of the stage
    svg.lin("back", [(0, "#141b42"), (.7, "#2f5286"), (1, "#4f86a8")], 0, 0, 0, 1)
    svg.path(cam.poly([(-XW, 1.2, ZE), (XW, 1.2, ZE), (XW, 14.1, ZE), (-XW, 14.1, ZE)]), "url(#back)")
    zS = 39.0
    dd = ""
    for k in range(60):  # hanging cloth, lit from below
        x = -XW + 2 * XW * (k + rnd.random()) / 60
        a, b = P(x, 1.3, zS + 1), P(x + rnd.uniform(-.1, .1), rnd.uniform(4, 12), zS + 1)
        w = rnd.uniform(3, 9)
        dd += pts([(a[0] - w / 2, a[1]), (a[0] + w / 2, a[1]), b])
    svg.path(dd, "#8cc4c8", 'opacity=".3"')
    svg.close()
    # light of the screens
    a, b = P(-11.5, 13.2, zS), P(11.5, 3.75, zS)
    svg.add('<rect x="%s" y="%s" width="%s" height="%s" rx="20" fill="#a8e2dc" opacity=".75" filter="url(#b40)"/>' % (num(a[0] - 20), num(a[1] - 20), num(b[0] - a[0] + 40), num(b[1] - a[1] + 40)))
    # the great screen: a sun that is a wheel, over waves
    svg.open('filter="url(#cut)"')
    svg.defs.append('<clipPath id="scr"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath>' % (num(a[0]), num(a[1]), num(b[0] - a[0]), num(b[1] - a[1])))
    svg.path([(a[0] - 7, a[1] - 7), (b[0] + 7, a[1] - 7), (b[0] + 7, b[1] + 7), (a[0] - 7, b[1] + 7)], "#0c1430")
    svg.lin("dawn", [(0, "#2f8f9c"), (.45, "#9ed3c2"), (.72, "#f6e3ae"), (1, "#f8d48e")], 0, num(a[1]), 0, num(b[1]), True)
    svg.open('clip-path="url(#scr)"')
    svg.path([a, (b[0], a[1]), b, (a[0], b[1])], "url(#dawn)")
    cx, w, h = (a[0] + b[0]) / 2, b[0] - a[0], b[1] - a[1]
    hor = a[1] + h * .68
    for k in range(28):
        q = math.pi * (k + .5) / 28
        svg.path([(cx, hor), (cx - 900 * math.cos(q - .028), hor - 900 * math.sin(q - .028)), (cx - 900 * math.cos(q + .028), hor - 900 * math.sin(q + .028))], "#fff6d6", 'opacity=".32"')
    svg.add('<circle cx="%s" cy="%s" r="%s" fill="#fff3cf"/>' % (num(cx), num(hor), num(h * .47)))
    wheel(svg, cx, hor, h * .44, "#d8603a")
    for i, c in enumerate(("#2f8f98", "#1f6f80", "#17566b", "#103f56")):
        y = hor + i * h * .085
        up = []
        n = 60
        for k in range(n + 1):
            x = a[0] + w * k / n
            u = (k * .2 + i * .37) % 1
            up.append((x, y - h * .05 * (1 - abs(2 * u - 1)) ** 1.6))
        svg.path(up + [(b[0], b[1]), (a[0], b[1])], c)
    svg.close()
    # side screens
    for s in (-1, 1):
        q = [P(s * 14.2, 4.6, zS), P(s * 22.6, 4.6, zS - 3.2), P(s * 22.6, 11.4, zS - 3.2), P(s * 14.2, 11.4, zS)]
        svg.path([((x - P(s * 18, 8, zS)[0]) * 1.025 + P(s * 18, 8, zS)[0], (y - 575) * 1.03 + 575) for x, y in q], "#0c1430")
        svg.lin("side%d" % (s + 1), [(0, "#2a7f92"), (1, "#8cc7bb")], 0, 0, 0, 1)
        svg.path(q, "url(#side%d)" % (s + 1))
        lerp = lambda u, v: tuple((q[0][i] * (1 - u) + q[1][i] * u) * (1 - v) + (q[3][i] * (1 - u) + q[2][i] * u) * v for i in (0, 1))
        for j, c in enumerate(("#f4dfa8", "#e08a4e", "#174f66")):
            up = [lerp(k / 24, .62 - j * .2 + .07 * math.sin(k * .55 + j * 1.9 + s)) for k in range(25)]
            svg.path(up + [lerp(1, 0), lerp(0, 0)], c)
    svg.close()
    # the stage
    svg.lin("front", [(0, "#16244a"), (1, "#0a0f24")], 0, 0, 0, 1)
    svg.rad("floor", [(0, "#fbe6b4", 1), (.5, "#c99a72", .95), (1, "#3c4a7c", .9)], 1080, 830, 700, True, "translate(0 560) scale(1 .33)")
    svg.path(cam.poly([(-17, 1.3, 33), (17, 1.3, 33), (17, 1.3, zS), (-17, 1.3, zS)]), "url(#floor)")
    svg.path(cam.poly([(-17, .2, 33), (17, .2, 33), (17, 1.3, 33), (-17, 1.3, 33)]), "url(#front)")
    e0, e1 = P(-17, 1.3, 33), P(17, 1.3, 33)
    svg.line([e0, e1], "#ffe9b8", 3.5)
    # people on the stage: a speaker at the lectern, two who still arrange things
    def person(x, y, z, hgt, col, pose=0, rim=None):
        """Somebody standing or walking away from us; `pose` 1 points, 2 carries a bag, 3 a rucksack, 4 wears a long coat."""
        k = hgt / 1.8
        sc = cam.scale(x, y, z) * k
        X, Y = P(x, y, z)
        m = -1 if pose in (0, 3) else 1
        f = lambda u, v: (X + m * u * sc, Y - v * sc)
        C = lambda u, v, u2, v2, wa, wb: capsule(f(u, v), f(u2, v2), wa * sc, wb * sc, 4)
        S = lambda pp, n=4: [f(u, v) for u, v in smooth(pp, n)]
        parts = [
            C(.095, .86, .1, .47, .19, .14), C(.1, .47, .105, .07, .135, .085), S([(.06, .09), (.05, .0), (.16, -.02), (.17, .05), (.13, .11)], 3),
            C(-.08, .86, -.095, .5, .19, .14), C(-.095, .5, -.1, .14, .135, .085), S([(-.06, .15), (-.06, .07), (-.16, .05), (-.165, .11), (-.13, .17)], 3),
            S([(-.165, .82), (-.155, 1.06), (-.19, 1.28), (-.215, 1.4), (-.17, 1.47), (-.06, 1.51), (.06, 1.51), (.17, 1.465), (.215, 1.395), (.19, 1.26), (.16, 1.06), (.175, .82), (.0, .79)]),
            C(.0, 1.46, .012, 1.6, .13, .115),
            S([(-.078, 1.68), (-.07, 1.6), (-.03, 1.55), (.05, 1.55), (.092, 1.6), (.1, 1.68), (.085, 1.765), (.012, 1.805), (-.065, 1.765)]),
        ]
        if pose == 1:
            parts += [C(.19, 1.4, .33, 1.19, .115, .09), C(.33, 1.19, .52, 1.36, .085, .06), S([(.5, 1.33), (.56, 1.38), (.6, 1.42), (.55, 1.42), (.49, 1.38)], 2)]
        elif pose == 2:
            parts += [C(.19, 1.4, .245, 1.14, .115, .09), C(.245, 1.14, .25, .9, .085, .06), [f(.17, .98), f(.36, .98), f(.39, .6), f(.16, .6)],
                      [f(-.15, 1.48), f(-.11, 1.5), f(.3, .98), f(.26, .96)]]
        elif pose == 4:
            parts += [S([(-.15, 1.1), (-.18, .8), (-.2, .5), (0, .46), (.21, .5), (.19, .8), (.155, 1.1)]),
                      S([(-.075, 1.72), (-.09, 1.58), (-.1, 1.44), (-.04, 1.38), (.06, 1.38), (.115, 1.44), (.105, 1.58), (.095, 1.72)])]
        else:
            parts += [C(.19, 1.4, .25, 1.13, .115, .09), C(.25, 1.13, .235, .88, .085, .06)]
        if pose == 3:
            parts += [S([(-.16, 1.42), (-.19, 1.2), (-.17, .98), (0, .95), (.17, .98), (.19, 1.2), (.16, 1.42), (0, 1.5)])]
        parts += [C(-.19, 1.4, -.25, 1.15, .115, .09), C(-.25, 1.15, -.19 if pose != 2 else -.12, .9 if pose != 2 else 1.22, .085, .06)]
        d = "".join(pts(wound(p)) for p in parts)
        if rim:
            o = max(1.2, .02 * sc)
            svg.add('<path d="%s" fill="%s" transform="translate(%s %s)"/>' % (d, rim, num(o * (.9 if X < 1080 else -.6)), num(-o * .8)))
        svg.path(d, col)
        if rim and pose == 3:
            svg.line(S([(-.15, 1.38), (-.17, 1.2), (-.15, 1.0), (0, .97), (.15, 1.0), (.17, 1.2), (.15, 1.38), (0, 1.45)]), mix(col, rim, .3), max(1, .012 * sc))

    svg.path(cam.poly([(7.4, 1.3, 34.5), (8.6, 1.3, 34.5), (8.8, 2.5, 34.5), (7.2, 2.5, 34.5)]), "#1a2547")
    person(9.3, 1.3, 34.8, 1.8, "#141c3c", 0)
    person(-4.6, 1.3, 35.5, 1.75, "#141c3c", 1)
    person(-6.4, 1.3, 35.2, 1.7, "#1c2448", 2)
    # beams
    svg.open('style="mix-blend-mode:screen"')
    beams = [(-17, -9, "#9ad8dc"), (-11.5, -2, "#ffe2a8"), (-6, -9, "#9ad8dc"), (6.5, 9, "#9ad8dc"), (11.5, 2.5, "#ffe2a8"), (17, 9.4, "#9ad8dc"), (-21, -20, "#6aa8d0"), (21, 20, "#6aa8d0")]
    for k, (x0, x1, c) in enumerate(beams):
        p0, l, r = P(x0, 13.2, 26), P(x1 - 1.9, 1.3, 36), P(x1 + 1.9, 1.3, 36)
        svg.lin("bm%d" % k, [(0, c, .75), (.5, c, .28), (1, c, .05)], num(p0[0]), num(p0[1]), num((l[0] + r[0]) / 2), num(l[1]), True)
        svg.path([(p0[0] - 5, p0[1]), (p0[0] + 5, p0[1]), r, l], "url(#bm%d)" % k, 'filter="url(#b4)"')
    for k, (x0, xe) in enumerate(((-14, -620), (-8.5, 260), (8.5, 2080), (14, 2980))):
        p0 = P(x0, 13.2, 26)
        svg.lin("bo%d" % k, [(0, "#a7dce0", .6), (.6, "#7fb2d6", .14), (1, "#7fb2d6", 0)], num(p0[0]), num(p0[1]), xe, 1350, True)
        svg.path([(p0[0] - 4, p0[1]), (p0[0] + 4, p0[1]), (xe + 210, 1350), (xe - 210, 1350)], "url(#bo%d)" % k, 'filter="url(#b8)"')
    svg.close()
    # the truss that carries the lamps
    svg.open('filter="url(#cut)"')
    y0, y1 = 13.3, 14.1
    for y in (y0, y1):
        svg.line([P(-24, y, 26), P(24, y, 26)], "#070a18", 5)
    zig = [P(-24 + .8 * k, y0 if k % 2 else y1, 26) for k in range(61)]
    svg.line(zig, "#070a18", 3.5)
    for x0, _, c in beams + [(-14, 0, "#a7dce0"), (-8.5, 0, "#a7dce0"), (8.5, 0, "#a7dce0"), (14, 0, "#a7dce0")]:
        q = P(x0, 13.25, 26)
        svg.path([(q[0] - 9, q[1] - 16), (q[0] + 9, q[1] - 16), (q[0] + 13, q[1] + 6), (q[0] - 13, q[1] + 6)], "#070a18")
        svg.path(disc((q[0], q[1] + 6), 11, 12, 5), mix(c, "#ffffff", .6))
    svg.close()

    # floor of the aisle, lit from the front
    ax = 0.0
    svg.rad("aisle", [(0, "#ffe6b0", .95), (.25, "#c79a80", .75), (.6, "#5c5486", .55), (1, "#1d1f44", .5)], 1080, 860, 900)
    svg.path(cam.poly([(-27, 0, 32.9), (27, 0, 32.9), (27, 0, 2), (-27, 0, 2)]), "#11152f")
    svg.path(cam.poly([(ax - 1.25, 0, 32.9), (ax + 1.25, 0, 32.9), (ax + 1.25, 0, 1.4), (ax - 1.25, 0, 1.4)]), "url(#aisle)")
    # shadows of those who stand in the aisle
    standing = [(-.55, 7.4, 1.84, 3), (.5, 7.9, 1.70, 4), (-.6, 13.0, 1.78, 1), (.55, 13.6, 1.74, 0), (.3, 20, 1.7, 2), (-.7, 24, 1.75, 0)]
    svg.lin("cast", [(0, "#0b0d22", .85), (.45, "#0b0d22", .55), (1, "#0b0d22", 0)])
    for x, z, hgt, _ in standing:
        e = max(1.6, z - 6.5)
        svg.path(cam.poly([(x - .13, 0, z), (x + .13, 0, z), (x * 1.5 + .36, 0, e), (x * 1.5 - .36, 0, e)]), "url(#cast)", 'filter="url(#b2)"')
    # rows of chairs and of heads, from the front to us
    svg.open('filter="url(#cut)"')
    rows = 24
    for k in range(rows):
        z = 30.8 - k * 1.12
        if z < 4.0:
            break
        sc = cam.f / z
        t = (z - 4) / 27
        body = mix("#070816", "#2b3466", t ** 1.35)
        rimc = mix("#c98a5e", "#f8dfae", t ** .7)
        rim_c, rim_t = mix(rimc, "#6ab0bd", .25), mix("#3e5f8c", "#9fd4d2", t)
        chairs, cols = "", {}
        x = -24.0
        reach = (1300 / sc) + 1
        while x < 24:
            x += .62
            if abs(x - ax) < 1.65 or abs(x - cam.pos[0]) > reach:
                continue
            X, Y = P(x, 0, z)
            f = lambda u, v: (X + u * sc, Y - v * sc)
            chairs += pts([f(-.25, .4), f(-.26, .86), f(-.2, .92), f(.2, .92), f(.26, .86), f(.25, .4)])
            # fuller in front and near the aisle
            if rnd.random() < .5 + .34 * t + (.1 if abs(x - ax) < 6 else 0):
                hh = rnd.gauss(1.27, .045)
                lx = rnd.uniform(-.06, .06)
                wd = rnd.uniform(.9, 1.1)
                q = [(-.27 * wd, .5), (-.27 * wd, hh - .38), (-.2 * wd, hh - .27), (-.07, hh - .22), (lx - .07, hh - .17)]
                hair = rnd.random()
                if hair < .22:    # long hair
                    head = [(lx - .12, hh - .24), (lx - .125, hh - .05), (lx - .08, hh + .06), (lx, hh + .09), (lx + .08, hh + .06), (lx + .125, hh - .05), (lx + .12, hh - .24)]
                elif hair < .3:   # a bun
                    head = [(lx - .1, hh - .08), (lx - .095, hh + .02), (lx - .05, hh + .085), (lx - .045, hh + .15), (lx, hh + .18), (lx + .045, hh + .15), (lx + .05, hh + .085), (lx + .095, hh + .02), (lx + .1, hh - .08)]
                else:
                    head = [(lx - .1, hh - .1), (lx - .105, hh), (lx - .07, hh + .07), (lx, hh + .095), (lx + .07, hh + .07), (lx + .105, hh), (lx + .1, hh - .1)]
                q += head + [(lx + .07, hh - .17), (.07, hh - .22), (.2 * wd, hh - .27), (.27 * wd, hh - .38), (.27 * wd, .5)]
                if z < 8:
                    q = smooth(q, 2)
                near = max(0.0, 1 - abs(X - 1080) / 1500)
                key = int(near * 3.99)
                cols[key] = cols.get(key, "") + pts([f(u, v) for u, v in q])
        o = max(.9, sc * .012)
        for key, d in cols.items():
            c = mix(rim_t, rim_c, key / 3)
            svg.defs.append('<path id="h%d-%d" d="%s"/>' % (k, key, d))
            svg.add('<use href="#h%d-%d" fill="%s" opacity="%s"/>' % (k, key, c, num(.55 + key * .15)))
            svg.add('<use href="#h%d-%d" fill="%s" y="%s"/>' % (k, key, body, num(o * 1.5)))
        svg.defs.append('<path id="c%d" d="%s"/>' % (k, chairs))
        svg.add('<use href="#c%d" fill="%s"/>' % (k, mix(rim_t, body, .55)))
        svg.add('<use href="#c%d" fill="%s" y="%s"/>' % (k, mix(body, "#05060f", .25), num(o * 1.3)))
        for x, zz, hgt, pose in standing:
            if z - 1.12 < zz <= z:
                person(x, 0, zz, hgt, mix("#070816", "#2b3466", ((zz - 4) / 27) ** 1.35), pose, mix("#e9bd84", "#f8dfae", t))
    # those who stand along the wall and behind
    svg.close()
    svg.rad("haze", [(0, "#bfe6e0", .35), (.5, "#6b8fc0", .14), (1, "#6b8fc0", 0)], 1080, 690, 900)
    svg.add('<rect width="2400" height="1600" fill="url(#haze)" style="mix-blend-mode:screen"/>')
    svg.ink()
    svg.save("hall.svg")


# --------------------------------------------------------------------- city

def ring(c, r, w, n=30):
    o, i = disc(c, r + w / 2, n), disc(c, r - w / 2, n)
    return o + [o[0], i[0]] + i[:0:-1] + [i[0]]


def cyclist(kind, rnd):
    """Parts of a rider, in metres, riding towards +x: (colour name, polygon)."""
    out = []
    A = lambda c, p: out.append((c, p))
    bar = lambda c, a, b, wa, wb=None: A(c, capsule(a, b, wa, wb, 3))
    rear, R = (-.56, .34), .33
    bb = (-.1, .30)
    # far leg first
    bar("leg2", (-.24, 1.0), (.17, .84), .2, .15)
    bar("leg2", (.17, .84), (-.12, .52), .15, .1)
    bar("shoe", (-.14, .49), (.06, .47), .09, .07)
    wheels = [(rear, R)]
    if kind == "cargo":
        A("box", [(.32, .34), (1.12, .34), (1.24, .92), (.24, .92)])
        A("boxtop", [(.22, .88), (1.26, .88), (1.26, .95), (.22, .95)])
        wheels.append(((.74, .28), .27))
        bar("bike", bb, (.34, .4), .06)
        bar("bike", (.26, .96), (.06, 1.04), .04)
        stem = (.02, 1.06)
        hand = (.08, 1.04)
        # a child looks over the edge
        A("coat3", smooth([(.55, .93), (.56, 1.1), (.68, 1.18), (.8, 1.1), (.82, .93)], 3))
        A("skin", disc((.7, 1.26), .1, 14))
        A("helmet", smooth([(.585, 1.27), (.6, 1.36), (.7, 1.405), (.8, 1.36), (.825, 1.27), (.7, 1.29)], 3))
    else:
        front = (.57, .34)
        wheels.append((front, R))
        bar("bike", (.36, .93), (.44, .66), .05)
        bar("bike", (.44, .66), front, .045, .03)
        bar("bike", (.42, .72), (.1, .36), .05)
        bar("bike", (.1, .36), bb, .05)
        bar("bike", (.36, .93), (.33, 1.08), .03)
        bar("bike", (.33, 1.08), (.14, 1.06), .035)
        hand = (.17, 1.09)
        if kind != "fast":
            A("basket", [(.45, .74), (.72, .74), (.79, 1.0), (.42, 1.0)])
        A("bike", capsule((.46, .77), (.55, .78), .05, .05, 3))
    for c, r in wheels:
        A("bike", ring(c, r, .045))
        A("bike", disc(c, .035, 8))
        for k in range(7):
            a = math.pi * k / 7 + .2
            A("bike", capsule((c[0] - r * math.cos(a), c[1] - r * math.sin(a)), (c[0] + r * math.cos(a), c[1] + r * math.sin(a)), .007, .007, 1))
        arc = [(c[0] + (r + .05) * math.cos(math.radians(t)), c[1] + (r + .05) * math.sin(math.radians(t))) for t in range(35, 200, 15)]
        arc2 = [(c[0] + (r + .075) * math.cos(math.radians(t)), c[1] + (r + .075) * math.sin(math.radians(t))) for t in range(35, 200, 15)]
        A("bike", arc + arc2[::-1])
    bar("bike", bb, rear, .045)
    bar("bike", (-.24, .78), rear, .03)
    bar("bike", bb, (-.29, .95), .045)
    A("bike", disc(bb, .09, 14))
    bar("bike", (-.16, .58), (.38, .84) if kind == "fast" else (.16, .42), .04)
    bar("bike", (-.8, .75), (-.4, .77), .03)
    bar("bike", (-.74, .74), rear, .02)
    A("bike", smooth([(-.42, .99), (-.4, 1.02), (-.2, 1.0), (-.1, .96), (-.22, .94), (-.38, .95)], 3))
    # near leg
    bar("leg", (-.25, 1.0), (.08, .64), .22, .15)
    bar("leg", (.08, .64), (-.06, .2), .14, .09)
    bar("shoe", (-.08, .15), (.12, .13), .1, .07)
    # body
    lean = {"fast": .12, "cargo": -.03}.get(kind, .02)
    sh = (-.12 + lean, 1.52)
    A("coat", smooth([(-.44, .93), (-.4, 1.18), (-.33 + lean * .4, 1.42), (-.22 + lean, 1.57), (-.05 + lean, 1.6), (.05 + lean, 1.5), (.02 + lean * .6, 1.28), (-.08, 1.06), (-.1, .9), (-.28, .88)], 4))
    if kind == "coat":
        A("coat", smooth([(-.42, 1.06), (-.5, .84), (-.56, .66), (-.36, .7), (-.1, .74), (-.04, .95), (-.15, 1.1)], 4))
    el = (.07 + lean * .7, 1.24)
    bar("coat2", (sh[0] + .06, sh[1] - .05), el, .15, .11)
    bar("coat2", el, hand, .11, .08)
    A("skin", disc(hand, .045, 10))
    bar("skin", (sh[0] + .06, 1.56), (sh[0] + .1, 1.66), .11, .11)
    hc = (sh[0] + .13, 1.735)
    A("skin", smooth([(hc[0] - .1, hc[1]), (hc[0] - .06, hc[1] - .1), (hc[0] + .05, hc[1] - .13), (hc[0] + .1, hc[1] - .07), (hc[0] + .125, hc[1] - .02), (hc[0] + .1, hc[1] + .05), (hc[0] + .05, hc[1] + .12), (hc[0] - .06, hc[1] + .1)], 3))
    if kind == "fast":
        A("helmet", smooth([(hc[0] - .14, hc[1] + .02), (hc[0] - .1, hc[1] + .13), (hc[0] + .02, hc[1] + .18), (hc[0] + .12, hc[1] + .1), (hc[0] + .14, hc[1] + .05), (hc[0], hc[1] + .045)], 3))
        A("bag", smooth([(-.42 + lean, 1.52), (-.52 + lean, 1.4), (-.55, 1.12), (-.42, 1.08), (-.34, 1.2), (-.24 + lean, 1.54)], 3))
    elif kind == "coat":
        A("hair", smooth([(hc[0] - .11, hc[1] - .1), (hc[0] - .24, hc[1] - .1), (hc[0] - .3, hc[1] - .02), (hc[0] - .18, hc[1] + .07), (hc[0] - .1, hc[1] + .13), (hc[0] + .04, hc[1] + .15), (hc[0] + .1, hc[1] + .08), (hc[0] + .02, hc[1] + .04), (hc[0] - .03, hc[1] - .05)], 3))
        A("scarf", smooth([(sh[0] - .04, 1.56), (sh[0] + .15, 1.55), (sh[0] + .16, 1.61), (sh[0], 1.635), (sh[0] - .16, 1.6), (sh[0] - .32, 1.63), (sh[0] - .52, 1.57), (sh[0] - .5, 1.5), (sh[0] - .3, 1.56), (sh[0] - .16, 1.53)], 3))
    else:
        A("hair", smooth([(hc[0] - .11, hc[1] - .06), (hc[0] - .125, hc[1] + .06), (hc[0] - .04, hc[1] + .15), (hc[0] + .08, hc[1] + .13), (hc[0] + .1, hc[1] + .07), (hc[0], hc[1] + .05), (hc[0] - .04, hc[1] - .05)], 3))
    return out


def spire_twisted(svg, x, base, top, w, brick, dark, green, gold, lite):
    """A church with a stair winding outside its spire."""
    h = base - top
    Y = lambda q: base - h * q
    B = w / 2
    svg.path([(x - B, base), (x - B, Y(.40)), (x + B, Y(.40)), (x + B, base)], brick)
    svg.path([(x + B * .1, base), (x + B * .1, Y(.40)), (x + B, Y(.40)), (x + B, base)], dark)
    svg.path([(x - B, base), (x - B, Y(.40)), (x - B * .86, Y(.40)), (x - B * .86, base)], lite)
    svg.path([(x - B * 1.1, Y(.40)), (x - B * 1.1, Y(.415)), (x + B * 1.1, Y(.415)), (x + B * 1.1, Y(.40))], gold)
    for q in (.13, .28):
        for k in (-.5, .45):
            a = x + B * k
            svg.path([(a - w * .07, Y(q)), (a - w * .07, Y(q + .05)), (a, Y(q + .065)), (a + w * .07, Y(q + .05)), (a + w * .07, Y(q))], mix(dark, "#1a1028", .5))
    svg.path([(x - B * .8, Y(.415)), (x - B * .74, Y(.54)), (x + B * .74, Y(.54)), (x + B * .8, Y(.415))], brick)
    svg.path([(x + B * .05, Y(.415)), (x + B * .05, Y(.54)), (x + B * .74, Y(.54)), (x + B * .8, Y(.415))], dark)
    for k in (-.4, .36):
        a = x + B * k
        svg.path([(a - w * .08, Y(.43)), (a - w * .08, Y(.49)), (a, Y(.51)), (a + w * .08, Y(.49)), (a + w * .08, Y(.43))], mix(dark, "#1a1028", .6))
    svg.path([(x - B * .95, Y(.54)), (x - B * .86, Y(.556)), (x + B * .86, Y(.556)), (x + B * .95, Y(.54))], gold)
    q0, q1 = .556, .90
    W = lambda q: B * .8 * (1 - (q - q0) / (q1 - q0)) ** .92 + B * .07
    turns = 5
    cone = [(x - W(q0), Y(q0)), (x - W(q1), Y(q1)), (x + W(q1), Y(q1)), (x + W(q0), Y(q0))]
    svg.path(cone, green)
    svg.path([(x + W(q0) * .05, Y(q0)), (x, Y(q1)), (x + W(q1), Y(q1)), (x + W(q0), Y(q0))], mix(green, dark, .6))
    for k in range(turns):
        a = q0 + (q1 - q0) * (k + .15) / turns
        b = a + (q1 - q0) / turns * .52
        for off, c, th, out in ((0, mix(dark, "#1a1028", .3), .016, 1.04), (.014, gold, .008, 1.16)):
            L, Rr = W(a) * out, W(b) * out
            n = 8
            up, lo = [], []
            for i in range(n + 1):
                u = i / n
                q = a + (b - a) * u + off - .012 * math.sin(math.pi * u)
                xx = x - L + (L + Rr) * u
                up.append((xx, Y(q + th)))
                lo.append((xx, Y(q)))
            svg.path(up + lo[::-1], c)
    svg.path(disc((x, Y(.922)), w * .075, 14), gold)
    svg.path(capsule((x, Y(.9)), (x, Y(1)), w * .03, w * .012), gold)


def city():
    Wd, Ht = 2400, 1600
    svg = Svg(Wd, Ht, "The city on the last afternoon")
    svg.common(seed=33, cut=3.2, grain=.12)
    rnd = random.Random(1752)
    hz = 850
    cam = Cam((0, 2.35, 0), 0, 1750, 860, hz)
    sunx, suny = 640, 600
    haze = "#f3b878"
    svg.lin("sky", [(0, "#5f8088"), (.28, "#9fa893"), (.55, "#e8bf84"), (.8, "#f5b56a"), (1, "#f7a95e")], 0, 0, 0, hz, True)
    svg.rad("sun", [(0, "#fffbe0", 1), (.1, "#fff2bd", .95), (.3, "#ffdc8c", .6), (1, "#ffc870", 0)], sunx, suny, 950)
    svg.add('<rect width="2400" height="1600" fill="url(#sky)"/><rect width="2400" height="1600" fill="url(#sun)"/>')
    svg.open('filter="url(#cut)"')
    dd = de = ""
    for k in range(170):
        y = 50 + 660 * rnd.random()
        if math.sin(y / 52.0 + .4) < .25:
            continue
        x = rnd.gauss(1350, 800)
        q = lens(x, y, rnd.uniform(120, 620) * (1.15 - y / 1000), rnd.uniform(4, 15) * (1.15 - y / 1100), .03)
        if rnd.random() < .6:
            dd += q
        else:
            de += q
    svg.path(dd, "#ffe7b0", 'opacity=".6"')
    svg.path(de, "#8a6f7c", 'opacity=".3"')
    svg.path(disc((sunx, suny), 74, 60), "#fffae0")
    # three ranges of roofs, each nearer and darker
    def range_(y0, lo, hi, wlo, whi, col, seed, x0=-20, x1=2420):
        r = random.Random(seed)
        x = x0
        up = [(x0, hz + 20)]
        tops = []
        while x < x1:
            w = r.uniform(wlo, whi)
            h = r.uniform(lo, hi)
            k = r.randrange(4)
            if k == 0:
                up += [(x, y0 - h), (x + w / 2, y0 - h - w * .55), (x + w, y0 - h)]
            elif k == 1:
                up += [(x, y0 - h), (x + w * .12, y0 - h - w * .22), (x + w * .88, y0 - h - w * .22), (x + w, y0 - h)]
            else:
                c = x + w * r.uniform(.25, .7)
                up += [(x, y0 - h), (c, y0 - h - 3), (c, y0 - h - 24), (c + 9, y0 - h - 24), (c + 9, y0 - h - 3), (x + w, y0 - h)]
            tops.append((x, w, y0 - h))
            x += w
        up += [(x1, hz + 20)]
        svg.path(up, col)
        return tops
    c1, c2, c3 = mix("#7d6a78", haze, .62), mix("#6d5468", haze, .42), mix("#5a3f58", haze, .24)
    # far: the dome, a slim tower
    g1 = mix("#5f8f80", haze, .55)
    svg.path([(1190, hz), (1190, 690), (1202, 690)] + [(1270 - 72 * math.cos(math.pi * k / 16), 680 - 92 * math.sin(math.pi * k / 16)) for k in range(17)]
             + [(1350, 690), (1350, hz)], g1)
    svg.path([(1256, 592), (1256, 560), (1264, 548), (1270, 500), (1276, 548), (1284, 560), (1284, 592)], g1)
    range_(hz, 70, 120, 40, 90, c1, 4)
    # middle: the castle's crowned tower, the needle of entwined tails, the town hall
    g2 = mix("#4f8a7c", haze, .36)
    s2 = mix("#7a5a62", haze, .4)
    x = 960
    svg.path([(x - 40, hz), (x - 40, 610), (x - 46, 604), (x - 46, 596), (x + 46, 596), (x + 46, 604), (x + 40, 610), (x + 40, hz)], s2)
    svg.path([(x - 42, 596), (x - 38, 560), (x - 24, 536), (x - 26, 500), (x - 15, 480), (x - 12, 446), (x - 3, 430), (x, 350), (x + 3, 430), (x + 12, 446), (x + 15, 480), (x + 26, 500), (x + 24, 536), (x + 38, 560), (x + 42, 596)], g2)
    for q in (-18, 8):
        svg.path([(x + q, 650), (x + q, 625), (x + q + 5, 618), (x + q + 10, 625), (x + q + 10, 650)], mix(s2, "#4a3048", .4))
    svg.path(disc((x, 424), 6, 10), "#f6cf7e")
    x = 330
    svg.path([(x - 30, hz), (x - 30, 560), (x - 36, 556), (x - 34, 540), (x, 430), (x + 34, 540), (x + 36, 556), (x + 30, 560), (x + 30, hz)], mix(s2, haze, .2))
    svg.path([(x - 34, 540), (x, 430), (x, 385), (x + 2, 430), (x + 34, 540)], mix(g2, haze, .2))
    range_(hz, 62, 120, 60, 130, c2, 8)
    x, b, t = 1130, 745, 440
    n = 26
    wv = lambda q: 26 * (1 - q) ** 1.1 + 2.2
    for s_, c in ((1, mix(g2, "#2f4a50", .35)), (-1, g2), ):
        up = [(x + s_ * wv(k / n) * math.sin(k * 1.05) * .55 - wv(k / n) * .5, b - (b - t) * k / n) for k in range(n + 1)]
        dn = [(x + s_ * wv(k / n) * math.sin(k * 1.05) * .55 + wv(k / n) * .5, b - (b - t) * k / n) for k in range(n + 1)]
        svg.path(up + dn[::-1], c)
    svg.path([(x - 58, hz), (x - 58, 770), (x - 26, 742), (x + 26, 742), (x + 58, 770), (x + 58, hz)], mix("#8a4f44", haze, .25))
    svg.close()

    # ---- the canal
    svg.lin("wat", [(0, "#fbd48a"), (.25, "#d99a6a"), (.6, "#7d6270"), (1, "#3f4560")], 0, hz, 0, 1200, True)
    svg.path([(-10, hz - 2), (2410, hz - 2), (2410, 1300), (-10, 1300)], "url(#wat)")
    rowL = Row(haze, 150, "#33203f", "#2d2440", "#c99a78", 1)
    rowR = Row(haze, 170, "#4a2a40", "#3c3350", "#fbe3b0", -1)
    YQ = 1.1
    def bank(seed, side, xf, zs, ze, cols, plain=False):
        r = random.Random(seed)
        z, hs = zs, []
        while z < ze:
            w = r.uniform(6, 9.5)
            hs.append((z, z + w, r.uniform(9.5, 14), ["roof", "gable", "roof", "step", "roof", "bell"][len(hs) % 6], cols[len(hs) % len(cols)], r.choice(["#8f3f34", "#a24c38", "#4f7a70", "#6a4048"]), r.randrange(1 << 30)))
            z += w
        for (a, b, h, k, c, rf, sd) in reversed(hs):
            house(svg, cam, random.Random(sd), rowL if side > 0 else rowR, xf, a, b, YQ, h, k, c, rf, plain)
    LC = ["#6a3f4c", "#7c4a44", "#5a4660", "#86584a"]
    RC = ["#d98a48", "#c25a3a", "#e6bd80", "#4f8080", "#b8472f", "#e0a24c"]
    global PREC
    svg.filter("rip", '<feTurbulence type="fractalNoise" baseFrequency=".005 .05" numOctaves="2" seed="5"/>'
               '<feDisplacementMap in="SourceGraphic" scale="46" xChannelSelector="R" yChannelSelector="G"/>',
               'filterUnits="userSpaceOnUse" x="-100" y="700" width="2600" height="700"')
    svg.defs.append('<clipPath id="wc"><rect x="0" y="%d" width="2400" height="500"/></clipPath>' % (hz + 2))
    svg.open('clip-path="url(#wc)"')
    svg.open('filter="url(#rip)" opacity=".7"')
    cam.mirror, PREC = True, 0
    bank(5, 1, -17, 26, 130, LC, True)
    bank(7, -1, 21, 19.5, 130, RC, True)
    cam.mirror, PREC = False, 1
    svg.close()
    svg.close()
    svg.open('filter="url(#cut)"')
    for s, xq, xf, c in ((1, -12.5, -17, "#3c2a42"), (-1, 16, 21, "#a8623f")):
        svg.path(cam.poly([(xq, YQ, 14), (xq, YQ, 280), (xf, YQ, 280), (xf, YQ, 14)]), mix("#b8805a", c, .4))
        svg.path(cam.poly([(xq, 0, 14), (xq, 0, 280), (xq, YQ, 280), (xq, YQ, 14)]), mix(c, "#2a1c38", .35))
    bank(5, 1, -17, 26, 230, LC)
    # the church of the winding stair stands behind the right bank
    spire_twisted(svg, 1436, 860, 40, 132, "#a8503c", "#5c2f40", "#4c7268", "#f4c766", "#f0a868")
    bank(7, -1, 21, 19.5, 230, RC)
    # boats on both sides
    for (x, z, hd, L, c, m) in ((13.6, 90, 0, 14, "#4a3a58", 14), (-10.4, 84, 0, 14, "#3a2c48", 15), (13.4, 62, 0, 15, "#6a3038", 15), (-10.2, 56, math.pi, 15, "#2c2844", 16), (12.4, 24.5, 0, 11, "#2c4a54", 11.5)):
        boat(svg, cam, random.Random(z), x, z, hd, L, 4, 1.2, c, rowL if x < 0 else rowR, [(1.5, m, 5, 0)], sprit=1.2)
    # glitter of the low sun
    dd = de = ""
    for k in range(420):
        y = hz + 8 + 330 * rnd.random() ** 1.3
        per = (y - hz) / 330
        x = rnd.gauss(sunx + (860 - sunx) * .35, 50 + 150 * per)
        q = lens(x, y, (18 + 100 * per) * rnd.uniform(.4, 1.2), (1.2 + 5 * per) * rnd.uniform(.5, 1))
        if rnd.random() < .7:
            dd += q
        else:
            de += q
    for k in range(260):
        y = hz + 10 + 330 * rnd.random()
        per = (y - hz) / 330
        de += lens(rnd.uniform(300, 1700), y, (20 + 110 * per) * rnd.uniform(.4, 1.2), (1 + 4 * per) * rnd.uniform(.5, 1))
    svg.open('clip-path="url(#wc)"')
    svg.path(de, "#43324e", 'opacity=".4"')
    svg.path(dd, "#fff0bc", 'opacity=".9"')
    svg.close()
    svg.close()

    # ---- the bridge
    zR = 9.6  # the railing
    svg.lin("deck", [(0, "#d9a070"), (.3, "#b87a60"), (1, "#5a3a50")], 0, num(cam.p(0, 0, zR)[1]), 0, 1600, True)
    lift = 0.0
    cam2 = Cam((0, 1.9, 0), 0, 1750, 860, hz)
    P = cam2.p
    yb = P(0, 0, zR)[1]
    svg.open('filter="url(#cut)"')
    svg.path([(-10, yb - 8), (2410, yb - 8), (2410, 1610), (-10, 1610)], "url(#deck)")
    # the kerb and the painted lane
    svg.path(cam2.poly([(-20, 0, 9.3), (20, 0, 9.3), (20, 0, 8.75), (-20, 0, 8.75)]), "#e6b683")
    svg.path(cam2.poly([(-20, 0, 8.75), (20, 0, 8.75), (20, 0, 8.68), (-20, 0, 8.68)]), "#6a4452")
    svg.path(cam2.poly([(-20, 0, 5.15), (20, 0, 5.15), (20, 0, 5.0), (-20, 0, 5.0)]), "#f3d3a0", 'opacity=".8"')
    dd = de = ""
    for k in range(520):
        z = 4.2 + 4.4 * rnd.random()
        x = rnd.uniform(-9, 12)
        p = P(x, 0, z)
        q = lens(p[0], p[1], rnd.uniform(14, 70) * 6 / z, rnd.uniform(1, 3) * 6 / z)
        if rnd.random() < .5:
            dd += q
        else:
            de += q
    svg.path(dd, "#f4c890", 'opacity=".4"')
    svg.path(de, "#4a2c48", 'opacity=".3"')
    # shadows fall away from the sun
    dx, dy = (sunx - 860) / 1750, (hz - suny) / 1750
    shadow = lambda x, y, z: (x - y * dx / dy, 0, z - y / dy)
    def cast(poly, z):
        return pts(wound(cam2.poly([shadow(x, y, z) for x, y in poly], 2.2)))
    sh = ""
    bal = []
    x = -11.0
    while x < 12:
        bal.append(x)
        x += .24
    for x in bal:
        sh += cast([(x - .02, .1), (x + .02, .1), (x + .02, 1.0), (x - .02, 1.0)], zR)
    for k in range(-4, 6):
        sh += cast([(k * 2.4 - .07, 0), (k * 2.4 + .07, 0), (k * 2.4 + .07, 1.15), (k * 2.4 - .07, 1.15)], zR)
    sh += cast([(-12, 1.0), (13, 1.0), (13, 1.08), (-12, 1.08)], zR)
    svg.path(sh, "#4a2848", 'opacity=".38"')
    riders = [("coat", 2.55, 6.7, -1, {"coat": "#8f2f35", "coat2": "#7c2832", "leg": "#2a2440", "leg2": "#221c36", "scarf": "#e8b45c", "hair": "#4a2430"}),
              ("cargo", -2.25, 7.7, -1, {"coat": "#2c4f5c", "coat2": "#264654", "leg": "#2a2238", "leg2": "#221c30", "box": "#a8603a", "boxtop": "#6a3430", "coat3": "#c89038", "helmet": "#c2452f", "hair": "#2a1c2c"}),
              ("fast", 5.6, 7.4, -1, {"coat": "#33405e", "coat2": "#2b3754", "leg": "#2a2238", "leg2": "#221c30", "helmet": "#d9a860", "bag": "#5c2a3c"})]
    base = {"bike": "#1c1428", "skin": "#9a5844", "shoe": "#1a1224", "basket": "#6a4434", "hair": "#2a1a2a"}
    # the railing
    iron = "#2a2038"
    dd = ""
    for x in bal:
        a, b = P(x, .1, zR), P(x, 1.02, zR)
        dd += pts(wound([(a[0] - 3.2, a[1]), (a[0] + 3.2, a[1]), (b[0] + 3.2, b[1]), (b[0] - 3.2, b[1])]))
    for y, th in ((.12, 9), (.86, 7), (1.08, 15)):
        a, b = P(-12, y, zR), P(13, y, zR)
        dd += pts(wound([(a[0], a[1] - th / 2), (b[0], a[1] - th / 2), (b[0], a[1] + th / 2), (a[0], a[1] + th / 2)]))
    for k in range(-4, 6):
        a, b = P(k * 2.4, 0, zR), P(k * 2.4, 1.2, zR)
        dd += pts(wound([(a[0] - 12, a[1]), (a[0] + 12, a[1]), (b[0] + 12, b[1]), (b[0] - 12, b[1])])) + pts(wound(disc((b[0], b[1] - 10), 16, 14)))
    svg.path(dd, iron)
    a, b = P(-12, 1.11, zR), P(13, 1.11, zR)
    svg.line([a, b], "#f7c27a", 3)
    for k in range(-4, 6):
        a = P(k * 2.4, 0, zR)
        svg.line([(a[0] - 11 * (1 if a[0] > sunx else -1), a[1] - 6), (a[0] - 11 * (1 if a[0] > sunx else -1), a[1] - 200)], "#f0a868", 3)
    # a lamp post, tall on the left
    a = P(-3.72, 0, 9.2)
    for (kind, x, z, way, cols) in sorted(riders, key=lambda r: -r[2]):
        parts = [(c, [(x + way * u, v) for u, v in p]) for c, p in cyclist(kind, rnd)]
        sd = "".join(cast(p, z) for c, p in parts if c != "shoe" and not (c == "bike" and len(p) < 9))
        svg.path(sd, "#3a1f42", 'opacity=".74"')
    for (kind, x, z, way, cols) in sorted(riders, key=lambda r: -r[2]):
        parts = [(c, [(x + way * u, v) for u, v in p]) for c, p in cyclist(kind, rnd)]
        side = 1 if P(x, 1, z)[0] > sunx else -1
        scr = [(c, [P(u, v, z) for u, v in p]) for c, p in parts]
        rim = "".join(pts(wound(p)) for c, p in scr if c != "bike" and c != "leg2")
        svg.add('<path d="%s" fill="#ffd88f" transform="translate(%d -3)"/>' % (rim, -5 * side))
        for c, p in scr:
            svg.path(p, cols.get(c, base.get(c, "#2a2038")))
    # gulls over the water
    for gx, gy, s in ((1150, 300, 30), (1235, 350, 20), (480, 300, 24), (1700, 150, 20)):
        svg.path("M%d %dq%s %s %s %sq%s %s %s %sq%s %s %s %sq%s %s %s %sz" % (
            gx - s, gy - s * .3, num(s * .55), num(-s * .25), num(s), num(s * .3), num(s * .45), num(-s * .6), num(s), num(-s * .45),
            num(-s * .5), num(.05 * s), num(-s), num(s * .68), num(-s * .5), num(-s * .62), num(-s), num(-s * .53)), "#4a3450")
    svg.close()
    svg.rad("veil", [(0, "#ffdf98", .5), (.5, "#ffc070", .16), (1, "#ffc070", 0)], sunx, suny + 60, 800)
    svg.add('<rect width="2400" height="1600" fill="url(#veil)" style="mix-blend-mode:screen"/>')
    svg.ink()
    svg.save("city.svg")


# -------------------------------------------------------------------- cover

def cover():
    Wd, Ht = 1600, 2400
    svg = Svg(Wd, Ht, "KubeCon 2018 Copenhagen, Day Three: Notes from the talks")
    svg.common(seed=8, cut=3.0, grain=.065)
    rnd = random.Random(2018)
    cream, navy, red = "#f6e8c6", "#122842", "#b93a24"
    svg.lin("sky", [(0, "#f8ecce"), (.6, "#f5dfb0"), (1, "#efc68a")], 0, 0, 0, 1760, True)
    svg.add('<rect width="1600" height="2400" fill="url(#sky)"/>')
    svg.open('filter="url(#cut)"')
    svg.path(disc((1075, 1360), 300, 90), "#e2603a")
    dd = ""
    for k in range(46):
        y = 1060 + 420 * rnd.random()
        dd += lens(rnd.uniform(200, 1700), y, rnd.uniform(160, 620), rnd.uniform(3, 9), -.02)
    svg.path(dd, "#fbf0d4", 'opacity=".85"')
    # the same houses, seen from across the water
    hz, sc = 1900, 44.0
    cam = Cam((60, 2.6, 0), math.radians(-90), 1500, 800, 1840)
    cam = Cam((34, 3.6, 27), math.radians(76), 1500, 930, 1850)
    row = Row("#f3d8a2", 900, "#3d2f4e", "#1f3b52", "#f8ebcb", 1)
    r = random.Random(5)
    hs, z = [], -6
    kinds = ["roof", "step", "roof", "gable", "roof", "bell", "roof", "gable"]
    cols = ["#dda23e", "#b9482f", "#3f7f86", "#ead6a6", "#cf7434", "#2f6672", "#e2b153", "#a8452d"]
    while z < 80:
        k = kinds[len(hs) % 8]
        w = r.uniform(6.4, 8.2)
        hs.append((z, z + w, r.uniform(12.4, 15.2) - (1.5 if k != "roof" else 0), k, cols[len(hs) % 8], ["#a4462f", "#8d3c30", "#4d4a52"][r.randrange(3)], r.randrange(1 << 30)))
        z += w
    XF, XQ, YQ = -16, -9, 1.5
    for (a, b, h, k, c, rf, sd) in reversed(hs):
        house(svg, cam, random.Random(sd), row, XF, a, b, YQ, h, k, c, rf)
    svg.path(cam.poly([(XF + .3, YQ, -10), (XF + .3, YQ, 90), (XF + .3, YQ + 2.6, 90), (XF + .3, YQ + 3.4, -10)]), "#2c2a52", 'opacity=".45" style="mix-blend-mode:multiply"')
    svg.path(cam.poly([(XF, YQ, -10), (XF, YQ, 90), (XQ, YQ, 90), (XQ, YQ, -10)]), "#a88e80")
    svg.path(cam.poly([(XQ, 0, -10), (XQ, 0, 90), (XQ, YQ, 90), (XQ, YQ, -10)]), "#2d2c46")
    svg.path(cam.poly([(XQ, YQ - .25, -10), (XQ, YQ - .25, 90), (XQ, YQ, 90), (XQ, YQ, -10)]), "#e3c792")
    svg.close()
    e0, e1 = cam.p(XQ, 0, -10), cam.p(XQ, 0, 90)
    svg.defs.append('<clipPath id="wc"><path d="%s"/></clipPath>' % pts([e0, e1, (1900, 2500), (-300, 2500)]))
    svg.filter("rip", '<feTurbulence type="fractalNoise" baseFrequency=".005 .035" numOctaves="2" seed="12"/>'
               '<feDisplacementMap in="SourceGraphic" scale="60" xChannelSelector="R" yChannelSelector="G"/>',
               'filterUnits="userSpaceOnUse" x="-100" y="1700" width="1800" height="800"')
    svg.open('clip-path="url(#wc)"')
    svg.lin("wat", [(0, "#2f6476"), (.4, "#1a405a"), (1, navy)], 0, 1900, 0, 2300, True)
    svg.add('<rect y="1700" width="1600" height="700" fill="url(#wat)"/>')
    global PREC
    cam.mirror, PREC = True, 0
    svg.open('filter="url(#rip)" opacity=".6"')
    for (a, b, h, k, c, rf, sd) in reversed(hs):
        house(svg, cam, random.Random(sd), row, XF, a, b, YQ, h, k, c, rf, True)
    svg.path(cam.poly([(XQ, 0, -10), (XQ, 0, 90), (XQ, YQ, 90), (XQ, YQ, -10)]), "#1c2740")
    cam.mirror = False
    svg.close()
    PREC = 1
    svg.lin("deep", [(0, navy, 0), (.6, navy, .55), (1, navy, 1)], 0, 1980, 0, 2330, True)
    svg.add('<rect y="1700" width="1600" height="700" fill="url(#deep)"/>')
    dd = de = ""
    for k in range(420):
        y = 1920 + 330 * rnd.random() ** 1.2
        per = (y - 1900) / 350
        q = lens(rnd.uniform(-40, 1640), y, (30 + 190 * per) * rnd.uniform(.4, 1.2), (1.6 + 6 * per) * rnd.uniform(.4, 1))
        if rnd.random() < .45 * (1 - per * .8):
            dd += q
        else:
            de += q
    svg.path(de, "#0d2038", 'opacity=".55"')
    svg.path(dd, "#f6dfa8", 'opacity=".75"')
    svg.close()
    # two boats
    def fleet(m):
        cam.mirror = m
        boat(svg, cam, random.Random(2), -5.4, 44, 0, 15, 4.4, 1.4, "#2f5f5a", row, [(2.5, 19.5, 6.2, 1)], [(-5.5, -2.2, 1.2, 1.0, "#e0c58d")], flag=False, plain=m, sprit=2.4, tone=1)
        boat(svg, cam, random.Random(3), -5.0, 23.5, math.pi, 17, 4.8, 1.6, "#1c2a3d", row, [(2.8, 23.0, 6.8, 1), (-4.6, 15.5, 4, 1)], None, flag=True, plain=m, sprit=3, tone=1, sail="#c9784a")
        cam.mirror = False
    svg.open('clip-path="url(#wc)"')
    svg.open('filter="url(#rip)" opacity=".7"')
    PREC = 0
    fleet(True)
    PREC = 1
    svg.close()
    svg.add('<rect y="2080" width="1600" height="320" fill="url(#deep)" opacity=".6"/>')
    svg.close()
    svg.open('filter="url(#cut)"')
    fleet(False)
    svg.close()
    svg.ink()
    # the type
    serif = "font-family=\"'Source Serif 4 Display','Source Serif 4',serif\""
    sans = "font-family=\"'Source Sans 3',sans-serif\""
    T = lambda x, y, size, wt, fill, text, fam, extra="": svg.add('<text x="%d" y="%d" font-size="%d" font-weight="%d" fill="%s" %s%s>%s</text>' % (x, y, size, wt, fill, fam, (" " + extra) if extra else "", text))
    X = 118
    T(X - 4, 318, 226, 700, navy, "KubeCon 2018", serif, 'textLength="1372" lengthAdjust="spacing"')
    T(X - 6, 560, 226, 700, navy, "Copenhagen,", serif)
    T(X - 4, 802, 226, 700, red, "Day Three", serif)
    svg.add('<rect x="%d" y="866" width="150" height="9" fill="%s"/>' % (X, navy))
    T(X, 972, 82, 500, navy, "Notes from the talks", sans)
    T(X, 2312, 50, 500, cream, "Made with Endpaper", sans, 'letter-spacing="1.5"')
    svg.save("cover.svg")


# --------------------------------------------------------------------- main

def main():
    names = sys.argv[1:] or ["harbour", "hall", "city", "cover"]
    for n in names:
        globals()[n]()


if __name__ == "__main__":
    main()
