// What an applicant chooses, made fit to be sealed: photos are drawn anew (smaller, and without place, device or
// thumbnail), PDF stays as it is. By the first bytes, never by the name: a film that is called .jpg is no photo.
const LONGEST_SIDE = 2000; // pixels: a document stays readable
const QUALITY = 0.85;
const LARGEST_PHOTO = 60 * 1024 * 1024; // bytes; more than any telephone's photo
const LARGEST_PDF = 5 * 1024 * 1024;
const FILM_BRANDS = /^(isom|iso\d|mp4\d|qt {2}|M4V|avc1|3gp|dash)/;
const PHOTO_BRANDS = /^(heic|heix|mif1|msf1|avif)/;

// `code` is a word of the page, which says what is wrong in its own language.
export class Unfit extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const text = (bytes, from, to) => String.fromCharCode(...bytes.slice(from, to));

export function kindOf(first) {
  if (first[0] === 0xff && first[1] === 0xd8 && first[2] === 0xff) return "photo";
  if (text(first, 1, 4) === "PNG") return "photo";
  if (text(first, 0, 4) === "RIFF" && text(first, 8, 12) === "WEBP") return "photo";
  if (text(first, 0, 5) === "%PDF-") return "pdf";
  if (text(first, 4, 8) === "ftyp" && PHOTO_BRANDS.test(text(first, 8, 12))) return "photo";
  if (text(first, 4, 8) === "ftyp" && FILM_BRANDS.test(text(first, 8, 12))) return "film";
  return "other";
}

// The bytes that are sealed, and their type. Throws Unfit.
export async function prepared(file) {
  const kind = kindOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (kind === "film") throw new Unfit("film");
  if (kind === "other") throw new Unfit("no-photo");
  if (file.size > (kind === "pdf" ? LARGEST_PDF : LARGEST_PHOTO)) throw new Unfit(kind === "pdf" ? "large-pdf" : "large");
  if (kind === "pdf") return { type: "application/pdf", bytes: new Uint8Array(await file.arrayBuffer()) };
  return { type: "image/jpeg", bytes: await redrawn(file) };
}

async function redrawn(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) throw new Unfit("unreadable");
  const canvas = drawn(picture);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Unfit("unreadable");
  return new Uint8Array(await blob.arrayBuffer());
}

// On a canvas, no side longer than ours.
export function drawn(picture) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}
