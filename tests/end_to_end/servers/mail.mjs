// A mail server for tests: real Postfix where that can run, or a capturing server that can be told to misbehave.
import { createServer } from 'node:net';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { accepts, freePort, makeCertificate, removeFolder, start, temporaryFolder, until } from './process.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const username = 'rasid';
const password = 'smtp-pass';

/**
 * Starts a submission server (STARTTLS and AUTH required) on a free port of loopback.
 *
 * Resolves with {server: 'postfix'|'capture', note, url, caFile, username, passwordFile, port, messages(), log(), stop()};
 * `note` says why Postfix was asked for and the capturing server given. messages() lists what was accepted, oldest first:
 * {raw, to: [address], messageId, receivedAt: Date}. tempfail@ is answered 451 and noone@ 550 by both.
 * The capturing server also has behave(mode, times): see capture.py. With `greylist` Postfix asks Postgrey, which puts every
 * recipient off until a sender comes back after that many seconds; the capturing server cannot.
 */
export async function startMail({ prefer = 'postfix', greylist = 0 } = {}) {
    const folder = await temporaryFolder('mail');
    const port = await freePort();
    const caFile = await makeCertificate(folder);
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password + '\n', { mode: 0o600 });
    const common = { url: `smtp://127.0.0.1:${port}`, port, caFile, username, passwordFile };
    let note = '';
    try {
        if (prefer === 'postfix') {
            if (process.getuid() === 0) return { ...common, note, ...(await startPostfix(folder, port, greylist)) };
            note = 'Postfix starts only as root: its delivery, queueing and TLS were not tried, the capturing server stands in';
            process.stderr.write(`${note}\n`);
        }
        return { ...common, note, ...(await startCapture(folder, port)) };
    } catch (error) {
        await removeFolder(folder);
        throw error;
    }
}

async function startPostfix(folder, port, greylist) {
    const authentication = await startAuthentication();
    const policyPort = greylist > 0 ? await freePort() : null;
    const postgrey = greylist > 0 ? start(join(here, 'postgrey.sh'), [folder, String(policyPort), String(greylist)]) : null;
    const postfix = start(join(here, 'postfix.sh'), [folder, String(port), String(authentication.port), ...(postgrey ? [String(policyPort)] : [])], { group: true });
    const log = async () => postfix.output + (postgrey?.output ?? '') + (await readFile(join(folder, 'postfix.log'), 'utf8').catch(() => ''));
    const stop = async () => {
        await postfix.stop();
        await postgrey?.stop();
        await authentication.stop();
        await removeFolder(folder);
    };
    try {
        await until(() => postfix.exitCode !== null || accepts(port), { seconds: 120, what: 'Postfix to listen' });
        if (postfix.exitCode !== null) throw new Error(`Postfix did not start: ${await log()}`);
        if (postgrey) await until(() => postgrey.exitCode !== null || accepts(policyPort), { seconds: 120, what: 'Postgrey to listen' });
        if (postgrey && postgrey.exitCode !== null) throw new Error(`Postgrey did not start: ${await log()}`);
    } catch (error) {
        await stop();
        throw error;
    }
    return { server: 'postfix', messages: () => readMaildir(join(folder, 'mail', 'inbox')), log, stop };
}

async function startCapture(folder, port) {
    const { stdout } = await run(join(here, 'unpack.sh'), ['python3-aiosmtpd'], { maxBuffer: 1 << 20 });
    const modules = join(stdout.trim(), 'usr/lib/python3/dist-packages');
    const file = join(folder, 'messages.jsonl');
    await writeFile(file, '');
    const server = start('/usr/bin/python3', [join(here, 'capture.py'), folder, String(port), username, password], {
        env: { ...process.env, PYTHONPATH: modules },
    });
    const answers = (count) => server.output.split('\n').filter((line) => line === 'ok').length >= count;
    let asked = 0;
    const stop = async () => {
        await server.stop();
        await removeFolder(folder);
    };
    try {
        await until(() => server.exitCode !== null || server.output.includes('ready'), { what: 'the capturing server' });
        if (server.exitCode !== null) throw new Error(`the capturing server did not start: ${server.output}`);
    } catch (error) {
        await stop();
        throw error;
    }
    return {
        server: 'capture',
        messages: async () =>
            (await readFile(file, 'utf8'))
                .split('\n')
                .filter(Boolean)
                .map((line) => JSON.parse(line))
                .map((m) => ({ ...m, messageId: header(m.raw, 'Message-ID'), receivedAt: new Date(m.receivedAt * 1000) })),
        behave: async (mode, times) => {
            server.stdin.write(JSON.stringify({ mode, times }) + '\n');
            asked += 1;
            await until(() => answers(asked), { what: 'the capturing server to obey' });
        },
        log: async () => server.output,
        stop,
    };
}

/**
 * The server side of Dovecot's authentication protocol, as far as Postfix speaks it: a greeting with the mechanisms,
 * then one OK or FAIL for every AUTH, after a CONT when the client sent no initial response.
 */
async function startAuthentication() {
    const good = Buffer.from(`\0${username}\0${password}`).toString('base64');
    const sockets = new Set();
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket)).on('error', () => {});
        let waiting = '';
        socket.setEncoding('utf8').on('data', (chunk) => {
            const lines = (waiting + chunk).split('\n');
            waiting = lines.pop();
            for (const [command, id, ...parameters] of lines.map((line) => line.split('\t'))) {
                const given = command === 'CONT' ? parameters[0] : parameters.find((p) => p.startsWith('resp='))?.slice(5);
                if (command !== 'AUTH' && command !== 'CONT') continue;
                if (given === undefined) socket.write(`CONT\t${id}\t\n`);
                else socket.write(given === good ? `OK\t${id}\tuser=${username}\n` : `FAIL\t${id}\treason=wrong password\n`);
            }
        });
        socket.write('VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef0123456789abcdef\nDONE\n');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        port: server.address().port,
        stop: () => {
            for (const socket of sockets) socket.destroy();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}

async function readMaildir(folder) {
    const messages = [];
    for (const part of ['new', 'cur']) {
        for (const name of await readdir(join(folder, part)).catch(() => [])) {
            const path = join(folder, part, name);
            const raw = await readFile(path, 'utf8');
            const to = header(raw, 'X-Original-To') || header(raw, 'Delivered-To');
            messages.push({ raw, to: [to], messageId: header(raw, 'Message-ID'), receivedAt: (await stat(path)).mtime });
        }
    }
    return messages.sort((a, b) => a.receivedAt - b.receivedAt);
}

/** The first header of that name, unfolded; empty when there is none. */
export function header(raw, name) {
    const head = raw.split(/\r?\n\r?\n/, 1)[0].replace(/\r?\n[ \t]+/g, ' ');
    const line = head.split(/\r?\n/).find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return line ? line.slice(name.length + 1).trim() : '';
}
