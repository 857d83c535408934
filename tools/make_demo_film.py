"""Make the demo's film: a burner's flame, drawn in a browser's canvas and recorded by it, six seconds without sound.

    .venv/bin/python -m tools.make_demo_film

Writes `src/desaga/home/demo/flame.webm`. Nobody and nothing real is filmed.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.screenshots import browser_of

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "src" / "desaga" / "home" / "demo" / "flame.webm"
DRAW = """
async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 360;
  document.body.append(canvas);
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(15), {mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 250000});
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const start = performance.now();
  const veil = (wide, high, colour, sway) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.moveTo(320 - wide, 290);
    pen.bezierCurveTo(320 - wide * 1.3, 290 - high * 0.5, 320 + sway - 8, 290 - high * 0.7, 320 + sway, 290 - high);
    pen.bezierCurveTo(320 + sway + 8, 290 - high * 0.7, 320 + wide * 1.3, 290 - high * 0.5, 320 + wide, 290);
    pen.fill();
  };
  const frame = (now) => {
    const t = (now - start) / 1000;
    const air = Math.min(1, t / 3.5);
    pen.fillStyle = "#16181d"; pen.fillRect(0, 0, 640, 360);
    const sway = Math.sin(t * 5) * 14 * (1 - air) + Math.sin(t * 13) * 3;
    pen.globalAlpha = 0.85;
    veil(34 - 8 * air, 230 - 40 * air, `rgb(${250 - 170 * air}, ${170 - 20 * air}, ${70 + 170 * air})`, sway);
    veil(20 - 4 * air, 130 - 10 * air, `rgb(${255 - 90 * air}, ${220 - 10 * air}, ${140 + 110 * air})`, sway * 0.5);
    pen.globalAlpha = 1;
    pen.fillStyle = "#b97a4a"; pen.fillRect(304, 290, 32, 60);
    pen.fillStyle = "#8a9097"; pen.fillRect(296, 318, 48, 10);
    pen.fillStyle = "#5a6067"; pen.fillRect(250, 350, 140, 10);
    if (t < 6) requestAnimationFrame(frame); else recorder.stop();
  };
  const done = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  requestAnimationFrame(frame);
  await done;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
}
"""


def main() -> int:
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        film = base64.b64decode(browser.new_page().evaluate(DRAW))
        browser.close()
    INTO.write_bytes(film)
    print(f"{INTO.relative_to(ROOT)}: {len(film):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
