// A form with data-upload sends its files in pieces to data-pieces, goes on where a bad line broke off, and is then
// sent itself with the numbers of what has arrived. The words stand in the page, in the page's language: data-sending,
// data-arrived, data-waiting, data-lost, data-expired. An optional [data-drop] inside the form takes dropped files.
const TRIES = 8;
const LONGEST_WAIT = 20_000;

const underWay = new WeakSet();

class Stopped extends Error {}

// Not form.dataset: the form has a field of that name, which stands in its way.
const word = (form, name) => form.getAttribute(`data-${name}`);

function bar(form) {
  const place = form.querySelector("[data-progress]") ?? form.appendChild(document.createElement("div"));
  place.dataset.progress = "";
  place.className = "progressing";
  place.setAttribute("role", "status");
  place.replaceChildren(document.createElement("p"), document.createElement("progress"));
  place.lastChild.max = 100;
  place.lastChild.value = 0;
  place.lastChild.setAttribute("aria-label", word(form, "sending"));
  place.firstChild.textContent = word(form, "sending");
  return place;
}

// So that choosing the same file again goes on with it. Nothing of its name is kept in the browser.
function mark(file) {
  let sum = 7;
  for (const letter of `${file.name}|${file.size}|${file.lastModified}`) sum = (sum * 31 + letter.codePointAt(0)) | 0;
  return `kiriman:${sum >>> 0}:${file.size}`;
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function asked(form, address, options) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, ...options.headers };
  const answer = await fetch(address, { ...options, headers, credentials: "same-origin", redirect: "error" });
  if (answer.ok || answer.status === 409 || answer.status === 404) return [answer.status, await answer.json()];
  if (answer.status >= 500 && answer.status !== 507) throw new TypeError("again");
  const told = await answer.json().catch(() => ({}));
  throw new Stopped(told.sentence ?? word(form, "expired"));
}

async function patiently(form, place, address, options) {
  for (let trial = 1; ; trial += 1) {
    try {
      const answer = await asked(form, address, options);
      place.firstChild.textContent = word(form, "sending");
      return answer;
    } catch (problem) {
      if (problem instanceof Stopped) throw problem;
      if (trial >= TRIES) throw new Stopped(word(form, "lost"));
      place.firstChild.textContent = word(form, "waiting");
      await pause(Math.min(LONGEST_WAIT, 500 * 2 ** trial));
    }
  }
}

async function begun(form, place, file) {
  const base = word(form, "pieces");
  const known = localStorage.getItem(mark(file));
  if (known) {
    const [status, standing] = await patiently(form, place, base + known, {});
    if (status === 200 && standing.size === file.size) return standing;
  }
  const about = new URLSearchParams({ name: file.name, size: file.size });
  const [, standing] = await patiently(form, place, base, { method: "POST", body: about });
  localStorage.setItem(mark(file), standing.id);
  return standing;
}

async function sent(form, place, file, told) {
  const standing = await begun(form, place, file);
  let { offset } = standing;
  while (offset < file.size) {
    told(offset);
    const options = { method: "PUT", body: file.slice(offset, offset + standing.piece), headers: { "Upload-Offset": offset } };
    const [status, now] = await patiently(form, place, word(form, "pieces") + standing.id, options);
    if (status === 404) {
      localStorage.removeItem(mark(file));
      throw new Stopped(word(form, "lost"));
    }
    offset = now.offset;
  }
  told(file.size);
  return standing.id;
}

function stopped(form, place, sentence) {
  place.lastChild.remove();
  place.className = "notice tone-closed";
  place.firstChild.textContent = sentence;
  underWay.delete(form);
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

function named(form, number) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "arrived", value: number });
  input.dataset.passing = "";
  form.append(input);
}

async function all(form, place, files) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let before = 0;
  const numbers = [];
  for (const file of files) {
    numbers.push(await sent(form, place, file, (here) => (place.lastChild.value = (100 * (before + here)) / total)));
    before += file.size;
  }
  files.forEach((file) => localStorage.removeItem(mark(file)));
  numbers.forEach((number) => named(form, number));
}

async function send(event) {
  const form = event.currentTarget;
  const input = form.querySelector("input[type=file]");
  const files = [...input.files];
  if (!files.length || files.some((file) => !file.size)) return; // nothing, or an empty one: the server says it best
  event.preventDefault();
  if (underWay.has(form)) return;
  underWay.add(form);
  const place = bar(form);
  try {
    await all(form, place, files);
    place.lastChild.removeAttribute("value");
    place.firstChild.textContent = word(form, "arrived");
    input.disabled = true;
    form.submit();
  } catch (problem) {
    stopped(form, place, problem instanceof Stopped ? problem.message : word(form, "lost"));
  }
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
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Coming back to the page: it is ready for the next file.
function fresh(form) {
  underWay.delete(form);
  form.querySelectorAll("[data-passing], [data-progress]").forEach((one) => one.remove());
  form.querySelector("input[type=file]").disabled = false;
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", send);
  form.querySelectorAll("[data-drop]").forEach(takeDrops);
  addEventListener("pageshow", () => fresh(form));
}
