// A text → its QR code (ISO/IEC 18004: bytes, level M, versions 1–20) as rows of true and false; null when it is too long.
const qr = (text) => {
  "use strict";
  const bytes = new TextEncoder().encode(text);
  // Per version: codewords that correct errors in each block, and how many blocks there are.
  const CORRECTING = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
  const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
  const turns = (version) => (version > 1 ? Math.floor(version / 7) + 2 : 0);
  const total = (version) => {
    const n = turns(version);
    return ((16 * version + 128) * version + 64 - (n ? (25 * n - 10) * n - 55 : 0) - (version > 6 ? 36 : 0)) >> 3;
  };
  const room = (version) => total(version) - CORRECTING[version] * BLOCKS[version];
  let version = 1;
  while (version <= 20 && room(version) < bytes.length + (version < 10 ? 2 : 3)) version += 1;
  if (version > 20) return null;

  // The words: mode, length, bytes, end, padding.
  const bits = [];
  const put = (value, length) => { while (length--) bits.push((value >> length) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  put(0, 4);
  for (let pad = 236; bits.length < room(version) * 8; pad ^= 253) put(pad, 8);
  const words = Array.from({ length: room(version) }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(""), 2));

  // Reed–Solomon over GF(256).
  const exp = [], log = [];
  for (let i = 0, value = 1; i < 255; i++) { exp[i] = value; log[value] = i; value = value * 2 ^ (value > 127 ? 285 : 0); }
  const times = (a, b) => (a && b ? exp[(log[a] + log[b]) % 255] : 0);
  const degree = CORRECTING[version], divisor = Array(degree).fill(0);
  divisor[degree - 1] = 1;
  for (let i = 0; i < degree; i++) divisor.forEach((_, j) => { divisor[j] = times(divisor[j], exp[i]) ^ (divisor[j + 1] || 0); });
  const rest = (block) => block.reduce((left, word) => {
    const factor = word ^ left[0];
    return [...left.slice(1), 0].map((value, i) => value ^ times(divisor[i], factor));
  }, Array(degree).fill(0));
  const count = BLOCKS[version], short = Math.floor(words.length / count), longer = words.length % count;
  const blocks = [];
  for (let i = 0, at = 0; i < count; i++) { const length = short + (i >= count - longer); blocks.push(words.slice(at, at + length)); at += length; }
  const corrections = blocks.map(rest), stream = [];
  for (let i = 0; i <= short; i++) for (const block of blocks) if (i < block.length) stream.push(block[i]);
  for (let i = 0; i < degree; i++) for (const block of corrections) stream.push(block[i]);

  // The picture: what always stands there first, then the words in columns of two, from the lower right.
  const size = version * 4 + 17, line = () => Array(size).fill(false);
  const grid = Array.from({ length: size }, line), fixed = Array.from({ length: size }, line);
  const set = (x, y, on) => { if (x >= 0 && y >= 0 && x < size && y < size) { grid[y][x] = !!on; fixed[y][x] = true; } };
  const square = (cx, cy, radius, rings) => {
    for (let y = -radius; y <= radius; y++) for (let x = -radius; x <= radius; x++) set(cx + x, cy + y, rings.includes(Math.max(Math.abs(x), Math.abs(y))));
  };
  for (let i = 0; i < size; i++) { set(6, i, i % 2 < 1); set(i, 6, i % 2 < 1); }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, [0, 1, 3]);
  const n = turns(version), step = Math.floor((version * 8 + n * 3 + 5) / (n * 4 - 4)) * 2;
  const places = Array.from({ length: n }, (_, i) => (i ? size - 7 - (n - 1 - i) * step : 6));
  places.forEach((x, i) => places.forEach((y, j) => { if (!((i < 1 && j < 1) || (i < 1 && j > n - 2) || (i > n - 2 && j < 1))) square(x, y, 2, [0, 2]); }));
  const format = (mask) => {
    let left = mask;
    for (let i = 0; i < 10; i++) left = (left << 1) ^ ((left >> 9) * 1335);
    const code = ((mask << 10) | left) ^ 21522, bit = (i) => (code >> i) & 1;
    for (let i = 0; i < 8; i++) { set(8, i < 6 ? i : i + 1, bit(i)); set(size - 1 - i, 8, bit(i)); }
    for (let i = 8; i < 15; i++) { set(i < 9 ? 7 : 14 - i, 8, bit(i)); set(8, size - 15 + i, bit(i)); }
    set(8, size - 8, 1);
  };
  format(0);
  if (version > 6) {
    let left = version;
    for (let i = 0; i < 12; i++) left = (left << 1) ^ ((left >> 11) * 7973);
    const code = (version << 12) | left;
    for (let i = 0; i < 18; i++) { const a = size - 11 + (i % 3), b = Math.floor(i / 3); set(a, b, (code >> i) & 1); set(b, a, (code >> i) & 1); }
  }
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let row = 0; row < size; row++) for (let column = 0; column < 2; column++) {
      const x = right - column, y = (right + 1) & 2 ? row : size - 1 - row;
      if (!fixed[y][x] && at < stream.length * 8) { grid[y][x] = !!((stream[at >> 3] >> (7 - (at & 7))) & 1); at++; }
    }
  }
  // One mask for all: any of the eight can be read.
  format(3);
  return grid.map((row, y) => row.map((on, x) => on !== (!fixed[y][x] && (x + y) % 3 === 0)));
};
