// The officer's desk: the office's private key is read from a file into this page's memory and nowhere else; requests
// are opened here, in the browser. Within the desk the page is never left, so that the key need not be asked for again.
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { opened } from "./envelope.js";
import { drawn, kindOf } from "./photos.js";

const WORK = 16; // scrypt, 2^16: about a second on an office computer
const SECRET = /AGE-SECRET-KEY-1[0-9A-Z]+/;
const AGE = "age-encryption.org/v1";
const keys = new Map(); // recipient -> identity

const word = (name) => document.querySelector(`[data-word="${name}"]`).textContent.trim();

function tell(place, name) {
  place.hidden = false;
  place.textContent = word(name);
}

// A key file of ours (sealed with a passphrase), one of the program age, or a plain one.
async function identityIn(file, passphrase) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (SECRET.test(text)) return text.match(SECRET)[0];
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const sealed = text.startsWith(AGE) ? bytes : armor.decode(text);
  return (await decrypter.decrypt(sealed, "text")).match(SECRET)[0];
}

async function unlock(form) {
  const said = form.querySelector("[data-said]");
  tell(said, "unlocking");
  try {
    const identity = await identityIn(form.querySelector("[type=file]").files[0], form.querySelector("[type=password]").value);
    keys.set(await identityToRecipient(identity), identity);
  } catch {
    return tell(said, "wrong-key");
  }
  form.reset();
  said.hidden = true;
  return show();
}

function line(name, value) {
  const term = document.createElement("dt");
  term.textContent = name;
  const said = document.createElement("dd");
  said.textContent = value;
  return [term, said];
}

// A stranger made these bytes: a photo is decoded and drawn, anything else is only offered as a file.
async function attachment(one) {
  const frame = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = one.requirement;
  frame.append(caption);
  const kind = kindOf(one.bytes);
  const picture = kind === "photo" ? await createImageBitmap(new Blob([one.bytes])).catch(() => null) : null;
  if (picture) {
    const canvas = drawn(picture);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", one.requirement);
    frame.append(canvas);
  } else if (kind === "pdf") frame.append(download(one));
  else frame.append(Object.assign(document.createElement("p"), { textContent: word("no-photo") }));
  return frame;
}

function download(one) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([one.bytes], { type: "application/octet-stream" }));
  link.download = "lampiran.pdf";
  link.className = "btn btn-outline";
  link.textContent = word("save-pdf");
  return link;
}

async function show() {
  const place = document.querySelector("[data-sealed]");
  const form = document.querySelector("form[data-unlock]");
  if (!place) return unlocked(form);
  const { recipient } = place.dataset;
  const identity = keys.get(recipient);
  const said = document.querySelector("[data-opening]");
  form.hidden = Boolean(identity);
  if (!identity) return keys.size ? tell(said, "other-key") : undefined;
  tell(said, "opening");
  try {
    const answer = await fetch(place.dataset.sealed, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return tell(said, answer.status === 410 ? "destroyed" : "not-fetched");
    const inside = await opened(new Uint8Array(await answer.arrayBuffer()), identity, place.dataset);
    const facts = place.querySelector("dl");
    for (const [name, value] of Object.entries(inside.fields)) facts.append(...line(name, String(value)));
    for (const one of inside.attachments) place.append(await attachment(one));
    place.hidden = false;
    said.hidden = true;
  } catch {
    tell(said, "not-opened");
  }
  return undefined;
}

function unlocked(form) {
  if (!form || !keys.size) return;
  form.hidden = true;
  tell(document.querySelector("[data-opening]"), "unlocked");
}

// A new key: its file is saved, and read again with its passphrase, before the public half may be registered.
async function make(form) {
  const said = form.querySelector("[data-said]");
  const [first, second] = [...form.querySelectorAll("[type=password]")].map((field) => field.value);
  if (first !== second) return tell(said, "passphrases-differ");
  tell(said, "making");
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(first);
  encrypter.setScryptWorkFactor(WORK);
  const file = armor.encode(await encrypter.encrypt(`# public key: ${recipient}\n${identity}\n`));
  const link = form.querySelector("[data-key-file]");
  link.href = `data:application/octet-stream,${encodeURIComponent(file)}`;
  link.download = `kunci-kantor-${new Date().toISOString().slice(0, 10)}.age`;
  link.hidden = false;
  form.reset();
  document.querySelector("[data-prove]").hidden = false;
  return tell(said, "made");
}

async function prove(form) {
  const said = form.querySelector("[data-said]");
  tell(said, "unlocking");
  try {
    const identity = await identityIn(form.querySelector("[type=file]").files[0], form.querySelector("[type=password]").value);
    const recipient = await identityToRecipient(identity);
    keys.set(recipient, identity);
    const target = document.querySelector("form[data-register]");
    target.querySelector("[name=recipient]").value = recipient;
    target.hidden = false;
    form.reset();
    tell(said, "proven");
  } catch {
    tell(said, "wrong-key");
  }
}

// Going from one page of the desk to the next without leaving: only the main part is exchanged.
async function visit(address, options = {}) {
  const answer = await fetch(address, { ...options, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main?.querySelector("[data-desk]")) return location.assign(answer.url);
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  if (!options.method) history.pushState(null, "", answer.url);
  else history.replaceState(null, "", answer.url);
  main.focus();
  return show();
}

const FORMS = { unlock, makeKey: make, prove };

document.addEventListener("submit", (event) => {
  const form = event.target;
  const act = Object.entries(FORMS).find(([name]) => name in form.dataset);
  if (act) {
    event.preventDefault(); // a passphrase and a key file never leave this page
    act[1](form);
  } else if (keys.size && "stay" in form.dataset) {
    event.preventDefault();
    visit(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-stay]");
  if (!link || !keys.size || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  visit(link.href);
});

addEventListener("popstate", () => (keys.size ? visit(location.href, { method: "GET" }) : location.reload()));
show();
