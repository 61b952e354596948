// node pack_page.mjs FOLDER FILE: packs the built page into one file for the binary: for every file its name, its content and its
// gzip twin (empty when that is no smaller), each with its length before it (four bytes, little endian).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder, target] = process.argv.slice(2);

function* files(under) {
  for (const entry of readdirSync(under, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(under, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

function part(bytes) {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return [size, bytes];
}

const parts = [];
for (const path of files(folder)) {
  const name = relative(folder, path).split(sep).join('/');
  const content = readFileSync(path);
  const gzip = gzipSync(content, { level: 9 });
  gzip[9] = 255; // the byte that names the operating system, so that the same page packs to the same bytes everywhere
  // The page's index is filled in for every answer, so it is never sent as it was packed.
  const smaller = name !== 'index.html' && gzip.length < content.length * 0.95;
  parts.push(...part(Buffer.from(name)), ...part(content), ...part(smaller ? gzip : Buffer.alloc(0)));
}
writeFileSync(target, Buffer.concat(parts));
