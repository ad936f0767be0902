// Draws the features of a dataset on a plain ground: no picture is asked of anybody else. Fetched when it is seen.
import { canvas, circleMarker, control, geoJSON, map as leaflet } from "leaflet";

function colours() {
  const style = getComputedStyle(document.documentElement);
  return { color: style.getPropertyValue("--chart-1").trim(), weight: 1.5, fillOpacity: 0.25 };
}

function told(feature) {
  const list = document.createElement("dl");
  for (const [name, value] of Object.entries(feature.properties ?? {})) {
    if (value === null || value === "") continue;
    const head = document.createElement("dt");
    head.textContent = name;
    const body = document.createElement("dd");
    body.textContent = typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
    list.append(head, body);
  }
  return list;
}

// A circle's area stands for its figure; where the table has none all are alike, and a village without one is a small dot.
function radius(features) {
  const name = features.sized;
  if (!name) return () => 7;
  const most = Math.max(0, ...features.features.map((one) => Number(one.properties[name]) || 0));
  return (feature) => (most > 0 && feature.properties[name] > 0 ? 4 + 18 * Math.sqrt(feature.properties[name] / most) : 4);
}

function layer(features) {
  const size = radius(features);
  return geoJSON(features, {
    style: colours,
    pointToLayer: (feature, place) => circleMarker(place, { radius: size(feature), ...colours(), fillOpacity: features.sized ? 0.45 : 0.75 }),
    onEachFeature: (feature, shape) => shape.bindPopup(() => told(feature), { maxWidth: 260 }),
  });
}

function count(element, counts) {
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const said = element.dataset.said.replace(/\{(\w+)\}/g, (_all, name) => number(counts[name]));
  const place = element.parentElement.querySelector(".map-says");
  if (place) place.textContent = said;
}

export async function draw(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = "yes";
  let features;
  try {
    const answer = await fetch(element.dataset.features);
    if (!answer.ok) throw new Error(String(answer.status));
    features = await answer.json();
  } catch {
    element.textContent = element.dataset.lost;
    return;
  }
  const ground = document.createElement("div");
  element.append(ground);
  const chart = leaflet(ground, { attributionControl: false, zoomControl: false, renderer: canvas(), scrollWheelZoom: false, maxZoom: 18 });
  control.zoom({ zoomInTitle: element.dataset.near, zoomOutTitle: element.dataset.far }).addTo(chart);
  control.scale({ imperial: false }).addTo(chart);
  const drawn = layer(features).addTo(chart);
  if (features.features.length) chart.fitBounds(drawn.getBounds().pad(0.08), { maxZoom: 14, animate: false });
  else chart.setView([-2.5, 118], 4);
  count(element, features.counts);
  const again = () => drawn.setStyle(colours());
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
