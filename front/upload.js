// A form with data-upload sends its file with a progress bar. The words stand in the page, in the page's language:
// data-sending, data-arrived, data-lost. An optional [data-drop] inside the form takes a dropped file.
function bar(form) {
  const place = form.querySelector("[data-progress]") ?? form.appendChild(document.createElement("div"));
  place.dataset.progress = "";
  place.className = "progressing";
  place.setAttribute("role", "status");
  place.replaceChildren(document.createElement("p"), document.createElement("progress"));
  place.lastChild.max = 100;
  place.lastChild.setAttribute("aria-label", form.dataset.sending);
  place.firstChild.textContent = form.dataset.sending;
  return place;
}

function moved(place, form, event) {
  if (!event.lengthComputable) return;
  place.lastChild.value = Math.round((100 * event.loaded) / event.total);
  if (event.loaded === event.total) {
    place.lastChild.removeAttribute("value");
    place.firstChild.textContent = form.dataset.arrived;
  }
}

function answered(request, address) {
  if (request.responseURL && request.responseURL.split("#")[0] !== address) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  document.querySelector("main").focus();
  watch();
}

function lost(form, place) {
  place.lastChild.remove();
  place.className = "notice tone-closed";
  place.firstChild.textContent = form.dataset.lost;
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

function send(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const address = new URL(form.action, location.href).href;
  const place = bar(form);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.upload.addEventListener("progress", (step) => moved(place, form, step));
  request.addEventListener("load", () => answered(request, address));
  request.addEventListener("error", () => lost(form, place));
  request.addEventListener("abort", () => lost(form, place));
  request.send(new FormData(form));
}

function takeDrops(area) {
  const input = area.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

function watch() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", send);
    form.querySelectorAll("[data-drop]").forEach(takeDrops);
  }
}

watch();
