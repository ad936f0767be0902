// Charts and maps are fetched when they come into view, and not before. An element with data-chunk names the script
// that draws it (and data-style its styles); the script takes every such element that it is given.
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "200px" },
);

function style(address) {
  if (!address || document.querySelector(`link[href="${address}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

async function draw(element) {
  style(element.dataset.style);
  const chunk = await import(new URL(element.dataset.chunk, location.href));
  chunk.draw(element);
}

function watch(root) {
  for (const element of root.querySelectorAll("[data-chunk]")) watcher.observe(element);
}

document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
