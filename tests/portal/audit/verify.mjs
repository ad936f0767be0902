// A second verifier, which shares nothing with the first but the format: node verify.mjs FOLDER [HEADS ...]
// Prints "ok" or "bad <number of the first bad entry>" ("bad 0": a head that bears no true signature).
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [folder, ...outside] = process.argv.slice(2);
const objects = (path) => readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const sha256 = (...pieces) => pieces.reduce((hash, piece) => hash.update(piece), createHash("sha256")).digest();
const bad = (number) => { console.log(`bad ${number}`); process.exit(1); };

const keyOf = (hex) =>
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(hex, "hex").toString("base64url") }, format: "jwk" });

// The tree by its definition: split at the largest power of two below the size.
const rootOf = (leaves) => {
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
};

const leaves = [];
for (const { entry, leaf, opened } of objects(`${folder}/events.jsonl`)) {
  const number = leaves.length + 1;
  const facts = JSON.parse(entry);
  const now = sha256(Buffer.from([0]), Buffer.from(entry, "utf8"));
  if (facts.sequence !== number || now.toString("hex") !== leaf) bad(number);
  for (const [field, [salt, value]] of Object.entries(opened)) {
    const promised = sha256(Buffer.from(salt, "hex"), Buffer.from(value, "utf8")).toString("hex");
    if (facts.commitments[field] !== promised) bad(number);
  }
  leaves.push(now);
}
const heads = [`${folder}/heads.jsonl`, ...outside].flatMap(objects);
const said = heads.map(({ statement, signature, key }) => {
  if (!verify(null, Buffer.from(statement), keyOf(key), Buffer.from(signature, "hex"))) bad(0);
  return JSON.parse(statement);
});
if (leaves.length && !said.length) bad(0);
for (const { size, root } of said.sort((one, other) => one.size - other.size)) {
  if (size > leaves.length) bad(leaves.length + 1);
  if (rootOf(leaves.slice(0, size)).toString("hex") === root) continue;
  bad(1 + Math.max(0, ...said.map((head) => head.size).filter((smaller) => smaller < size)));
}
console.log("ok");
