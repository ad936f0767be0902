// The envelope of a request: sealed to the office's key in the age format (age-encryption.org/v1, X25519), so that no
// server reads it. Inside: one line of JSON, then the attachments one after the other. docs/requests.md describes both.
import { sha256 } from "@noble/hashes/sha2.js";
import { Decrypter, Encrypter } from "age-encryption";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAGIC = "LUMBUNG-PERMOHONAN 1";
const NEWLINE = 10;
const LARGEST = 32 * 1024 * 1024; // bytes that the counter takes

export const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
export const random = () => hex(crypto.getRandomValues(new Uint8Array(16)));
const hashed = (words) => sha256(new TextEncoder().encode(words));
export const verifierOf = (secret) => hex(hashed(`lumbung-secret${secret}`));

// The twin of lumbung/counter/tickets.py.
export function ticketOf(number) {
  let bits = 0n;
  for (const byte of hashed(`lumbung-ticket${number}`).slice(0, 7)) bits = (bits << 8n) | BigInt(byte);
  bits >>= 6n;
  let letters = "";
  for (let shift = 45n; shift >= 0n; shift -= 5n) letters += LETTERS[Number((bits >> shift) & 31n)];
  let check = 0;
  for (const letter of letters) {
    const doubled = (check ^ LETTERS.indexOf(letter)) << 1;
    check = doubled > 31 ? doubled ^ 0b100101 : doubled;
  }
  return `${letters.slice(0, 5)}-${letters.slice(5)}-${LETTERS[check]}`;
}

// `about`: office, service, key, recipient. `attachments`: {requirement, type, bytes}. Null where it is too large.
export async function sealed(about, fields, attachments) {
  const number = random();
  const secret = random();
  const said = { version: 1, number, office: about.office, service: about.service, key: about.key, fields };
  said.attachments = attachments.map(({ requirement, type, bytes }) => ({ requirement, type, size: bytes.length }));
  const head = new TextEncoder().encode(`${MAGIC}\n${JSON.stringify(said)}\n`);
  const encrypter = new Encrypter();
  encrypter.addRecipient(about.recipient);
  const body = await encrypter.encrypt(joined([head, ...attachments.map(({ bytes }) => bytes)]));
  if (body.length > LARGEST) return null;
  const header = { number, service: about.service, office: about.office, key: about.key, verifier: verifierOf(secret) };
  return { header: { ...header, size: body.length, sha256: hex(sha256(body)), made: today() }, body, secret };
}

const today = () => new Date().toISOString().slice(0, 10);

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

// What was sealed. Throws where the key is another one, or the envelope was exchanged for another request's.
export async function opened(body, identity, expected) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter.decrypt(body);
  const first = plain.indexOf(NEWLINE);
  const second = plain.indexOf(NEWLINE, first + 1);
  if (new TextDecoder().decode(plain.slice(0, first)) !== MAGIC) throw new TypeError("other");
  const said = JSON.parse(new TextDecoder().decode(plain.slice(first + 1, second)));
  for (const name of ["number", "office", "service"]) if (said[name] !== expected[name]) throw new TypeError("other");
  let place = second + 1;
  said.attachments = said.attachments.map((one) => ({ ...one, bytes: plain.slice(place, (place += one.size)) }));
  return said;
}
