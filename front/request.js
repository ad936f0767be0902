// The form of a request for a document: photos are made small, everything is sealed to the office's key here, and only
// what is sealed leaves the telephone. The words that are shown stand in the page, in the page's language.
import { sealed, ticketOf } from "./envelope.js";
import { prepared, Unfit } from "./photos.js";
import { forget, keep, kept, NotSent, send } from "./sending.js";

const form = document.querySelector("form[data-request]");
const standing = document.querySelector("[data-standing]");
const after = document.querySelector("[data-after]");
const about = form.dataset;
let underWay = false;

const word = (name) => document.querySelector(`[data-word="${name}"]`).textContent.trim();

function say(name, { value = null, detail = "" } = {}) {
  standing.hidden = false;
  standing.querySelector("[data-say]").textContent = detail ? `${word(name)} ${detail}` : word(name);
  const bar = standing.querySelector("progress");
  bar.hidden = value === false;
  if (typeof value === "number") bar.value = value;
  else bar.removeAttribute("value");
}

function stopped(name, detail = "") {
  say(name, { value: false, detail });
  standing.className = "notice tone-closed";
  standing.scrollIntoView({ block: "center" });
  underWay = false;
  for (const button of document.querySelectorAll("[data-busy]")) button.removeAttribute("aria-disabled");
}

function busy() {
  underWay = true;
  standing.className = "notice tone-waits";
  standing.focus();
  for (const button of document.querySelectorAll("[data-busy]")) button.setAttribute("aria-disabled", "true");
}

// Everything chosen, made fit. What is wrong is said with the name of the paper, not of the file.
async function attachments() {
  const found = [];
  for (const field of form.querySelectorAll("input[type=file]")) {
    for (const file of field.files) {
      say("preparing", { detail: field.dataset.requirement });
      try {
        found.push({ requirement: field.dataset.requirement, ...(await prepared(file)) });
      } catch (problem) {
        if (problem instanceof Unfit) problem.field = field;
        throw problem;
      }
    }
  }
  return found;
}

function typed() {
  const fields = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    if (field.value.trim()) fields[field.dataset.label] = field.value.trim();
  }
  return fields;
}

async function deliver(envelope) {
  const { size } = envelope.header;
  const told = (offset) => say("sending", { value: Math.round((100 * offset) / size) });
  await send(about.send, envelope, { told, waits: () => say("waiting") });
  const arrived = { ticket: ticketOf(envelope.header.number), secret: envelope.secret, service: envelope.serviceName };
  await keep({ arrived });
  show(arrived);
}

// The code and the link, once they are worth something: not before the counter has said that it has arrived.
function show(arrived) {
  const link = `${about.status}${arrived.ticket}#${arrived.secret}`;
  form.reset(); // so that "back" on a shared telephone shows nothing of it
  form.hidden = standing.hidden = document.querySelector("[data-left]").hidden = true;
  after.hidden = false;
  after.querySelector("[data-ticket]").textContent = arrived.ticket;
  after.querySelector("[data-link]").href = link;
  const text = `${word("keep")}\n${arrived.service}\n${word("ticket")}: ${arrived.ticket}\n${link}`;
  after.querySelector("[data-text]").value = text;
  after.querySelector("[data-save]").href = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
  const share = after.querySelector("[data-share]");
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ text }).catch(() => {}));
  after.focus();
}

async function attempt(work) {
  if (underWay) return;
  busy();
  try {
    await work();
  } catch (problem) {
    if (problem instanceof Unfit) {
      stopped(problem.code, problem.field ? `(${problem.field.dataset.requirement})` : "");
      problem.field?.focus();
    } else if (problem instanceof NotSent) {
      stopped(problem.sentence ? "refused" : "lost", problem.sentence ?? "");
      document.querySelector("[data-again]").hidden = false;
    } else stopped("broken");
  }
}

async function first() {
  const photos = await attachments();
  say("sealing");
  const envelope = await sealed({ ...about }, typed(), photos);
  if (envelope === null) throw new Unfit("too-much");
  envelope.serviceName = about.serviceName;
  await keep({ envelope });
  waiting = envelope;
  await deliver(envelope);
}

let waiting = null;

form.addEventListener("submit", (event) => {
  event.preventDefault(); // what was typed never leaves in clear
  attempt(() => (waiting ? deliver(waiting) : first()));
});

document.querySelector("[data-again]").addEventListener("click", () => attempt(() => deliver(waiting)));
document.querySelector("[data-anew]").addEventListener("click", async () => {
  await forget();
  location.reload();
});
document.querySelector("[data-saved]").addEventListener("click", async () => {
  await forget();
  location.assign(document.querySelector("[data-saved]").dataset.next);
});

// What was not sent to its end the last time, or was and nobody wrote the code down.
async function resume() {
  const left = await kept();
  if (left?.arrived) show(left.arrived);
  else if (left?.envelope) {
    waiting = left.envelope;
    form.hidden = true;
    document.querySelector("[data-left]").hidden = false;
  } else form.hidden = false;
}

document.querySelector("[data-continue]").addEventListener("click", () => attempt(() => deliver(waiting)));
resume();
