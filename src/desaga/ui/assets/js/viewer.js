// The viewer of 360-degree scenes: Photo Sphere Viewer with markers (MIT), made a file of its own. `scene.js` fetches it when it is asked for.
// What one does with it stands in the page as buttons; its own bar and keys stay off.
import { EquirectangularAdapter, Viewer } from "@photo-sphere-viewer/core";
import { MarkersPlugin } from "@photo-sphere-viewer/markers-plugin";

const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;
const signed = (angle) => ((degrees(angle) + 540) % 360) - 180;

// The picture is read as a picture, not fetched as data: so it also opens from a folder, and the page's policy needs no blob.
class PlainAdapter extends EquirectangularAdapter {
  loadTexture(panorama, ...others) {
    const loader = this.viewer.textureLoader;
    loader.loadFile = async (address) => address;
    loader.blobToImage = (address) =>
      new Promise((resolve, reject) => {
        const image = new Image();
        image.addEventListener("load", () => resolve(image));
        image.addEventListener("error", () => reject(new Error(address.slice(0, 80))));
        image.src = address;
      });
    return super.loadTexture(panorama, ...others);
  }
}

function marker(spot, chosen) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "dsg-spot";
  element.textContent = spot.number;
  element.setAttribute("aria-label", `${spot.number}: ${spot.name}`);
  element.title = spot.name;
  element.addEventListener("click", () => chosen(spot));
  return { id: spot.number, element, position: { yaw: radians(spot.yaw), pitch: radians(spot.pitch) }, anchor: "center center" };
}

window.desagaViewer = ({ container, panorama, yaw, pitch, spots, chosen, moved, lost }) =>
  new Promise((resolve, reject) => {
    const viewer = new Viewer({
      container,
      adapter: [PlainAdapter, { useXmpData: false }],
      panorama,
      defaultYaw: radians(yaw),
      defaultPitch: radians(pitch),
      defaultZoomLvl: 20,
      navbar: false,
      keyboard: false,
      moveInertia: false,
      mousewheelCtrlKey: true,
      touchmoveTwoFingers: false,
      defaultTransition: null,
      canvasBackground: "#1a1d21",
      lang: { loading: "The scene is coming", ctrlZoom: "Hold Ctrl and scroll to come closer", loadError: "The scene did not come" },
      plugins: [[MarkersPlugin, { markers: spots.map((spot) => marker(spot, chosen)) }]],
    });
    const canvas = viewer.container.querySelector("canvas");
    canvas.setAttribute("aria-hidden", "true");
    canvas.addEventListener("webglcontextlost", lost);
    viewer.addEventListener("panorama-error", () => reject(new Error("panorama")), { once: true });
    viewer.addEventListener("position-updated", moved);
    viewer.addEventListener(
      "ready",
      () =>
        resolve({
          position: () => ({ yaw: signed(viewer.getPosition().yaw), pitch: degrees(viewer.getPosition().pitch) }),
          turn: async (toYaw, toPitch, atOnce) => {
            const to = { yaw: radians(toYaw), pitch: radians(toPitch) };
            if (atOnce) viewer.rotate(to);
            else await viewer.animate({ ...to, speed: 180 });
          },
          zoom: (by) => viewer.zoom(Math.max(0, Math.min(100, viewer.getZoomLevel() + by))),
          destroy: () => {
            canvas.removeEventListener("webglcontextlost", lost);
            viewer.destroy();
            container.replaceChildren();
          },
        }),
      { once: true },
    );
  });
