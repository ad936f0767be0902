// Brings a sealed envelope to the counter in pieces and goes on where a bad line broke off (lumbung/counter). What was
// begun lies in the browser, sealed, until it has arrived: nothing of it can be read there either.
const TRIES = 7;
const LONGEST_WAIT = 20_000; // milliseconds
const DATABASE = "lumbung-permohonan";
const STORE = "amplop";
const ONLY = "satu";

// `sentence` is the counter's own, or null where the line is at fault.
export class NotSent extends Error {
  constructor(sentence) {
    super("not sent");
    this.sentence = sentence;
  }
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function asked(address, options) {
  const answer = await fetch(address, { ...options, credentials: "omit", redirect: "error" });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok || told.code === "other-offset") return told;
  if (answer.status >= 500 && answer.status !== 507) throw new TypeError("again");
  throw new NotSent(told.sentence ?? null);
}

async function patiently(address, options, waits) {
  for (let trial = 1; ; trial += 1) {
    try {
      return await asked(address, options);
    } catch (problem) {
      if (problem instanceof NotSent) throw problem;
      if (trial >= TRIES) throw new NotSent(null);
      waits();
      await pause(Math.min(LONGEST_WAIT, 500 * 2 ** trial));
    }
  }
}

// `told(bytes)` says how far it is, `waits()` that the line is bad. Gives the counter's acknowledgement. Throws NotSent.
export async function send(base, { header, body }, { told, waits }) {
  const begun = { method: "POST", body: JSON.stringify(header), headers: { "Content-Type": "application/json" } };
  let standing = await patiently(base, begun, waits);
  const { piece } = standing;
  while (!standing.received && standing.offset < header.size) {
    told(standing.offset);
    const part = body.slice(standing.offset, standing.offset + piece);
    const options = { method: "PUT", body: part, headers: { "Upload-Offset": String(standing.offset) } };
    standing = await patiently(base + header.number, options, waits);
  }
  told(header.size);
  if (standing.received) return standing;
  return patiently(`${base}${header.number}/selesai`, { method: "POST", body: "" }, waits);
}

// One envelope, in the browser's own database. A browser that has none (private windows) forgets it with the page.
function within(mode, act) {
  return new Promise((done) => {
    const opening = window.indexedDB ? indexedDB.open(DATABASE, 1) : null;
    if (!opening) return done(undefined);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => done(undefined);
    opening.onsuccess = () => {
      const passing = opening.result.transaction(STORE, mode);
      const asking = act(passing.objectStore(STORE));
      passing.oncomplete = () => done(asking.result);
      passing.onerror = passing.onabort = () => done(undefined);
    };
    return undefined;
  });
}

export const kept = () => within("readonly", (store) => store.get(ONLY));
export const keep = (one) => within("readwrite", (store) => store.put(one, ONLY));
export const forget = () => within("readwrite", (store) => store.delete(ONLY));
