// "Am I affected?": the browser blinds NIK and KK itself (RFC 9497, OPRF over ristretto255-SHA512), so that neither
// leaves it. The server multiplies what looks like a random element; the filter of a whole kecamatan is looked through here.
import { ristretto255_oprf } from "@noble/curves/ed25519.js";

const { oprf } = ristretto255_oprf;
const SEPARATOR = "\x1f";

const digits = (field) => (field ? field.value.replace(/[\s.\-']/g, "") : "");
const sixteen = (text) => /^[1-9]\d{15}$/.test(text);

function show(form, name) {
  for (const one of form.querySelectorAll("[data-result]")) one.hidden = one.dataset.result !== name;
  const shown = form.querySelector(`[data-result="${name}"]`);
  if (shown && name !== "busy") shown.focus();
}

// The first eight bytes of the output among the numbers of the filter, which ascend.
function holds(filter, output) {
  const wanted = new DataView(output.buffer, output.byteOffset, 8).getBigUint64(0);
  const numbers = new DataView(filter);
  let low = 0;
  let high = filter.byteLength / 8 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = numbers.getBigUint64(8 * middle);
    if (here === wanted) return true;
    if (here < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

async function evaluated(form, blinded) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token };
  const answer = await fetch(form.dataset.evaluate, { method: "POST", body: blinded, headers, credentials: "same-origin" });
  if (!answer.ok) throw answer;
  return new Uint8Array(await answer.arrayBuffer());
}

async function checked(form) {
  const nik = digits(form.querySelector("[data-nik]"));
  const card = form.querySelector("[data-kk]");
  const kk = digits(card);
  if (!sixteen(nik) || (card && !sixteen(kk))) return "unfit";
  const input = new TextEncoder().encode(nik + SEPARATOR + kk);
  const found = await fetch(form.dataset.filters.replace("000000", nik.slice(0, 6)), { credentials: "same-origin" });
  if (found.status === 404) return "absent";
  if (!found.ok) throw found;
  const filter = await found.arrayBuffer();
  const { blind, blinded } = oprf.blind(input);
  const output = oprf.finalize(input, blind, await evaluated(form, blinded));
  return holds(filter, output) ? "affected" : "absent";
}

for (const form of document.querySelectorAll("[data-check]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault(); // what was typed is never sent
    show(form, "busy");
    try {
      show(form, await checked(form));
    } catch (problem) {
      show(form, problem.status === 429 ? "many" : problem.status === 410 ? "closed" : "failed");
    }
    for (const field of form.querySelectorAll("[data-nik], [data-kk]")) field.value = "";
  });
}
