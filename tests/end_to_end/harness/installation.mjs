// One Rasid installation for a test: a folder of its own, a configuration made for it, its commands and its daemon.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname, join, resolve } from 'node:path';
import { freePort, removeFolder, start, temporaryFolder, until } from '../servers/process.mjs';
import { signIn } from './session.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const binary = resolve(process.env.RASID_BINARY ?? join(root, 'build/release/rasid'));
/** The same program but for its order of commits; see tests/end_to_end/negative. */
export const negativeBinary = resolve(process.env.RASID_NEGATIVE_BINARY ?? join(dirname(binary), 'rasid_cursor_first'));

export const password = 'tamr-hindi & seven kilos';
const kOutputLimit = 64 << 20;

/** Values as TOML; its strings, numbers, booleans and lists of these are written as JSON writes them. */
const table = (name, values) =>
    `${name}\n${Object.entries(values).filter(([, value]) => value !== undefined).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join('')}\n`;

/** The opening in the guard against private addresses that a fake on loopback needs. */
export const allowanceOf = (server) => `127.0.0.1/32:${server.port ?? new URL(server.url).port}`;

/**
 * Runs a program to its end: {code, signal, stdout, stderr}. `input` is its stdin; it is killed after `seconds`.
 */
export function run(program, args, { input = '', seconds = 30, ...options } = {}) {
    return new Promise((done, reject) => {
        const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
        const parts = { stdout: [], stderr: [] };
        let size = 0;
        for (const name of ['stdout', 'stderr']) {
            child[name].on('data', (part) => {
                size += part.length;
                if (size > kOutputLimit) child.kill('SIGKILL');
                else parts[name].push(part);
            });
        }
        const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
        child.once('error', (error) => (clearTimeout(timer), reject(error)));
        child.once('close', (code, signal) => {
            clearTimeout(timer);
            done({ code, signal, stdout: Buffer.concat(parts.stdout).toString('utf8'), stderr: Buffer.concat(parts.stderr).toString('utf8') });
        });
        child.stdin.on('error', () => {});
        child.stdin.end(input);
    });
}

export class Installation {
    static async make(name) {
        const installation = new Installation();
        installation.folder = await temporaryFolder(name);
        installation.port = await freePort();
        installation.url = `http://127.0.0.1:${installation.port}`;
        installation.configFile = join(installation.folder, 'rasid.toml');
        installation.database = join(installation.folder, 'rasid.db');
        return installation;
    }

    program = binary;
    daemon = null;
    /** What the daemon finds in its environment besides ours. */
    env = {};

    path(name) { return join(this.folder, name); }

    async write(name, content, mode = 0o600) {
        const path = this.path(name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content, { mode });
        return path;
    }

    /** Writes rasid.toml. `mail` is a server of servers/mail.mjs; `servers` are the fakes that may be reached on loopback. */
    configure({ sources = [], servers = [], mail = null, more = '' } = {}) {
        const text = [
            table('[storage]', { url: `sqlite:${this.database}` }),
            table('[web]', { listen: `127.0.0.1:${this.port}`, public_url: this.url }),
            mail ? table('[mail]', { url: mail.url, from: 'rasid@mail.rasid.test', username: mail.username, password_file: mail.passwordFile, ca_file: mail.caFile, patience: mail.patience }) : '',
            table('[fetch]', { allow_private: servers.map(allowanceOf) }),
            table('[daemon]', { control_socket: this.path('control.sock'), time_zone: 'Asia/Riyadh' }),
            ...sources.map((source) => table('[[source]]', { every: '1s', ...source })),
            more,
        ].join('');
        return this.write('rasid.toml', text);
    }

    /** Runs a command of this installation. */
    run(args, options = {}) { return run(this.program, ['--config', this.configFile, ...args], { cwd: this.folder, ...options }); }

    /** The same, and a failure is the test's. */
    async command(args, options = {}) {
        const ended = await this.run(args, options);
        if (ended.code !== 0) throw new Error(`rasid ${args.join(' ')} exited ${ended.code}: ${ended.stderr}${ended.stdout}`);
        return ended;
    }

    /** Imports a setup and customers, and gives everybody in `people` the password. */
    async fill({ setup, customers, people = [] }) {
        const files = [await this.write('setup.toml', setup)];
        if (customers) files.push(await this.write('customers.csv', customers));
        await this.command(['import', ...files]);
        for (const email of people) await this.command(['user', 'passwd', email], { input: `${password}\n` });
    }

    /** Starts the daemon without waiting for it. */
    launch() {
        this.daemon = start(this.program, ['--config', this.configFile, 'serve'], { cwd: this.folder, env: { ...process.env, ...this.env } });
        return this.daemon;
    }

    /** Starts the daemon; resolves once it is ready. */
    async start() {
        const daemon = this.launch();
        await until(() => daemon.exitCode !== null || daemon.signalCode !== null || isReady(daemon), { seconds: 30, what: 'the daemon to be ready', every: 10 });
        if (!isReady(daemon)) throw new Error(`the daemon did not start:\n${daemon.output}`);
        return daemon;
    }

    /** Stops the daemon as systemd does; resolves with {code, signal}. */
    async stop() {
        const { daemon } = this;
        this.daemon = null;
        return daemon ? daemon.stop() : null;
    }

    /** Ends the daemon without a word, as a power cut does. */
    async kill() {
        const { daemon } = this;
        this.daemon = null;
        daemon.kill('SIGKILL');
        return daemon.exited;
    }

    signIn(email) { return signIn(this.url, email, password); }

    async remove() {
        if (this.daemon) await this.stop().catch(() => {});
        await removeFolder(this.folder);
    }
}

export const isReady = (daemon) => daemon.output.includes('event=ready');
