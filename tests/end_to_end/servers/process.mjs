// Starting and ending programs for tests: free ports, certificates, waiting, and never leaving anything behind.
import { spawn, execFile } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { mkdtemp, rm, chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** Polls until `check` returns something truthy, and returns that; throws after `seconds`, naming `what`. */
export async function until(check, { seconds = 20, what = 'the condition', every = 50 } = {}) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const value = await check();
        if (value) return value;
        if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
        await sleep(every);
    }
}

export function accepts(port) {
    return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
    });
}

/** A folder under the system's temporary one that other users may enter; remove it with `removeFolder`. */
export async function temporaryFolder(name) {
    const folder = await mkdtemp(join(tmpdir(), `rasid-${name}-`));
    await chmod(folder, 0o755);
    return folder;
}
export const removeFolder = (folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 });

/** ca.crt, server.crt and server.key for 127.0.0.1 and localhost in `folder`, under an authority made for it. */
export async function makeCertificate(folder) {
    const openssl = (...args) => run('openssl', args, { cwd: folder });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await writeFile(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=Rasid test authority');
    await openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
    await openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2',
        '-out', 'server.crt', '-extfile', 'names');
    return join(folder, 'ca.crt');
}

const running = new Set();
process.once('exit', () => {
    for (const child of running) signal(child, 'SIGKILL');
});

function signal(child, name) {
    try {
        process.kill(child.ownGroup ? -child.pid : child.pid, name);
    } catch {
        // It ended by itself.
    }
}

/**
 * Starts a program. `.output` is what it wrote so far (last 64 KiB), `.exited` resolves with {code, signal}, and
 * `.stop()` ends it: SIGTERM, and SIGKILL after `patience` ms. With `group` the whole process group is ended.
 */
export function start(command, args, { group = false, patience = 10000, ...options } = {}) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: group, ...options });
    child.ownGroup = group;
    child.output = '';
    const keep = (chunk) => (child.output = (child.output + chunk).slice(-65536));
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.stdin.on('error', () => {});
    running.add(child);
    child.exited = new Promise((resolve) => {
        child.once('error', (error) => (running.delete(child), keep(String(error)), resolve({ code: -1, signal: null })));
        child.once('exit', (code, name) => (running.delete(child), resolve({ code, signal: name })));
    });
    child.stop = async (name = 'SIGTERM') => {
        if (running.has(child)) signal(child, name);
        const timer = setTimeout(() => signal(child, 'SIGKILL'), patience);
        const end = await child.exited;
        clearTimeout(timer);
        return end;
    };
    return child;
}
