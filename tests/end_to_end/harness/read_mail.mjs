// A mail as an independent reader sees it: Python's parser, which reports every breach of the standards.
import { fileURLToPath } from 'node:url';
import { run } from './installation.mjs';

const script = fileURLToPath(new URL('parse_mail.py', import.meta.url));

/** {headers: {name: value}, names: [name], to: [address], text, html, defects: [text]}; names are in lower case. */
export async function readMail(raw) {
    const ended = await run('/usr/bin/python3', [script], { input: raw });
    if (ended.code !== 0) throw new Error(`the mail cannot be read: ${ended.stderr}`);
    const { parts, ...mail } = JSON.parse(ended.stdout);
    const part = (type) => parts.find((one) => one.type === type)?.text ?? '';
    return { ...mail, parts, text: part('text/plain'), html: part('text/html') };
}
