// A scene to look around in. The page has the whole picture and every place in it as a list; this adds a button that opens the viewer,
// and fetches the viewer only when it is pressed. Where there is no WebGL, the picture and the list remain.

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const STEP = 15;

function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function fetched(tag, name, address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(address)));
    if (tag === "link") element.rel = "stylesheet";
    element[name] = address;
    document.head.append(element);
  });
}

function round(number) {
  return Math.round(number);
}

function towards(yaw) {
  const turned = round(yaw);
  if (turned === 0) return "straight ahead";
  if (Math.abs(turned) === 180) return "straight behind";
  return `${Math.abs(turned)}° ${turned > 0 ? "right" : "left"}`;
}

function raised(pitch) {
  const up = round(pitch);
  return up === 0 ? "" : `, ${Math.abs(up)}° ${up > 0 ? "up" : "down"}`;
}

function scene(root) {
  const part = (name) => root.querySelector(`[data-scene-${name}]`);
  const start = part("start");
  const stage = part("stage");
  const view = part("view");
  const said = part("said");
  const at = part("at");
  const list = document.querySelector("[data-scene-spots]");
  const spots = Array.from(list ? list.querySelectorAll("[data-yaw]") : [], (item) => ({
    item,
    name: item.dataset.name,
    number: item.dataset.number,
    yaw: Number(item.dataset.yaw),
    pitch: Number(item.dataset.pitch),
  }));
  let viewer = null;

  if (!canDraw()) {
    part("without").hidden = false;
    return;
  }
  start.hidden = false;

  const near = () => {
    const here = viewer.position();
    const far = (spot) => Math.hypot(((spot.yaw - here.yaw + 540) % 360) - 180, spot.pitch - here.pitch);
    const [nearest] = [...spots].sort((one, other) => far(one) - far(other));
    return nearest && far(nearest) < 25 ? nearest : null;
  };

  const tell = () => {
    const here = viewer.position();
    const spot = near();
    said.textContent = `You look ${towards(here.yaw)}${raised(here.pitch)}.${spot ? ` Before you: ${spot.name}.` : ""}`;
  };

  const show = () => {
    const here = viewer.position();
    if (at) at.textContent = `Yaw ${round(here.yaw)}, pitch ${round(here.pitch)}`;
  };

  const turn = async (yaw, pitch) => {
    await viewer.turn(yaw, pitch, still.matches);
    tell();
  };

  const by = (right, up) => {
    const here = viewer.position();
    return turn(here.yaw + right, Math.max(-90, Math.min(90, here.pitch + up)));
  };

  const face = async (spot) => {
    await turn(spot.yaw, spot.pitch);
  };

  const read = (spot) => {
    spot.item.focus();
    spot.item.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  };

  const leave = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    viewer?.destroy();
    viewer = null;
    stage.hidden = true;
    part("flat").hidden = false;
    start.hidden = false;
    for (const spot of spots) spot.turn.hidden = true;
    start.querySelector("button").focus();
  };

  const fail = () => {
    leave();
    start.hidden = true;
    part("without").hidden = false;
  };

  const deeds = {
    left: () => by(-STEP, 0),
    right: () => by(STEP, 0),
    up: () => by(0, STEP),
    down: () => by(0, -STEP),
    closer: () => viewer.zoom(10),
    further: () => viewer.zoom(-10),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen()),
    leave,
  };
  const keys = {
    ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "closer", "=": "closer", "-": "further", Escape: "leave",
  };

  const open = async () => {
    const button = start.querySelector("button");
    if (button.getAttribute("aria-disabled")) return;
    const words = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = "The scene is coming";
    try {
      if (!window.desagaViewer) {
        await Promise.all([fetched("link", "href", root.dataset.viewerStyle), fetched("script", "src", root.dataset.viewer)]);
      }
      if (root.dataset.panoramaScript) await fetched("script", "src", root.dataset.panoramaScript);
      part("flat").hidden = true;
      start.hidden = true;
      stage.hidden = false;
      viewer = await window.desagaViewer({
        container: view,
        panorama: root.dataset.panorama || window.desagaPanorama,
        yaw: Number(root.dataset.yaw),
        pitch: Number(root.dataset.pitch),
        spots,
        chosen: read,
        moved: show,
        lost: fail,
      });
      for (const spot of spots) spot.turn.hidden = false;
      tell();
      show();
      view.focus();
    } catch {
      fail();
    } finally {
      button.removeAttribute("aria-disabled");
      button.textContent = words;
    }
  };

  for (const spot of spots) {
    spot.turn = spot.item.querySelector("[data-scene-turn]");
    spot.turn.addEventListener("click", () => {
      view.focus();
      face(spot);
    });
  }
  start.querySelector("button").addEventListener("click", open);
  for (const button of stage.querySelectorAll("[data-deed]")) {
    button.hidden = button.dataset.deed === "whole" && !document.fullscreenEnabled;
    button.addEventListener("click", () => deeds[button.dataset.deed]());
  }
  stage.addEventListener("keydown", (event) => {
    const deed = keys[event.key];
    if (!deed || event.altKey || event.ctrlKey || event.metaKey || (deed !== "leave" && event.target !== view)) return;
    event.preventDefault();
    deeds[deed]();
  });
}

for (const root of document.querySelectorAll("[data-scene]")) scene(root);
