// A zip archive without compression, made in the browser (APPNOTE 6.3): enough for small documents.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** CRC-32 of bytes, as zip and PNG count it. */
export function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

/** Little-endian numbers, two bytes each, or four when given as `[number]`. */
function record(...numbers) {
  return numbers.flatMap((number) => {
    const [value, size] = Array.isArray(number) ? [number[0], 4] : [number, 2];
    return Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 255);
  });
}

/** The day and the hour as MS-DOS wrote them, the years from 1980. */
const stamp = (date) => [
  (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1),
  ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate(),
];

/** The bytes of an archive of `files`: `[name, text]`, in this order; names are ASCII. */
export function zip(files, date) {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const path = encoder.encode(name);
    const bytes = encoder.encode(text);
    const about = record(20, 0, 0, ...stamp(date), [crc32(bytes)], [bytes.length], [bytes.length], path.length, 0);
    directory.push(...record([0x02014b50], 20), ...about, ...record(0, 0, 0, [0], [offset]), ...path);
    const entry = [...record([0x04034b50]), ...about, ...path];
    parts.push(Uint8Array.from(entry), bytes);
    offset += entry.length + bytes.length;
  }
  const end = record([0x06054b50], 0, 0, files.length, files.length, [directory.length], [offset], 0);
  parts.push(Uint8Array.from([...directory, ...end]));
  return joined(parts);
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
