// The commands of `rasid` as scripts see them: exit codes, messages, formats, and what they do beside a running daemon.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { spawn } from 'node:child_process';
import { chmod, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startFeeds } from './servers/feed_server.mjs';
import { until } from './servers/process.mjs';
import { Installation, binary, password, run } from './harness/installation.mjs';
import { readMail } from './harness/read_mail.mjs';

const limit = { timeout: 120000 };
const demo = fileURLToPath(new URL('../../demo/', import.meta.url));

const setup = `
[[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
hours = { sun = ["09:00-12:30", "13:30-17:00"], mon = ["09:00-17:00"] }
holidays = ["hijri:10-01", "2026-09-23"]
[[person]]
name = "Sara"
email = "sara@example.org"
role = "manager"
language = "ar"
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator", by = "mail" }, { at = "100%", to = "person:Sara", by = "mail" } ]
[[queue]]
name = "care"
first_response = "15m"
resolution = "8h"
calendar = "office"
ladder = "care"
[[rule]]
name = "complaints"
query = 'قهوة AND sentiment:negative'
queue = "care"
priority = "high"
tags = ["complaint"]
[[rule]]
name = "anything"
query = 'nasma'
queue = "care"
`;

/** `text` with `row` in front of the first line that holds `mark`: the text and the number of the new line. */
function withLine(text, mark, row) {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.includes(mark));
    lines.splice(at, 0, row);
    return { text: lines.join('\n'), line: at + 1 };
}

async function inFolder(name, work) {
    const rasid = await Installation.make(name);
    try {
        await rasid.configure();
        await work(rasid);
    } finally {
        await rasid.remove();
    }
}

describe('the command line', () => {
    test('answers --version and --help, and anything it does not know is wrong usage', limit, async () => {
        const version = await run(binary, ['--version']);
        assert.equal(version.code, 0);
        assert.match(version.stdout, /^rasid \d+\.\d+\.\d+ \(\w+\)\n/);
        assert.equal((await run(binary, ['--help'])).code, 0);
        for (const args of [[], ['nonsense'], ['source'], ['import'], ['serve', '--nonsense'], ['source', 'poll', 'x', '--limit', '0']]) {
            const ended = await run(binary, args);
            assert.equal(ended.code, 2, args.join(' '));
            assert.notEqual(ended.stderr, '');
        }
    });
});

describe('the configuration', () => {
    test('an unknown key, a wrong type and a bad value are refused with the place and what to do', limit, () =>
        inFolder('config', async (rasid) => {
            const good = await readFile(rasid.configFile, 'utf8');
            for (const [mark, row, says] of [
                ['listen', 'listn = "127.0.0.1:1"', 'unknown key `listn` in [web], did you mean `listen`?'],
                ['listen', 'trusted_proxies = 7', '`trusted_proxies` is a whole number; write a list of strings'],
                ['control_socket', 'time_zome = "UTC"', 'unknown key `time_zome` in [daemon], did you mean `time_zone`?'],
                ['[web]', '[[source]]\nname = "x"\nkind = "fed"', '`fed` is no kind of source, did you mean `feed`?'],
                ['[web]', '[[source]]\nname = "x"\nkind = "feed"', '`url` is missing in [source]'],
            ]) {
                const { text, line } = withLine(good, mark, row);
                await rasid.write('rasid.toml', text);
                for (const command of ['check-config', 'serve', 'doctor']) {
                    const ended = await rasid.run([command]);
                    assert.equal(ended.code, 78, `${command} with ${row}: ${ended.stderr}`);
                    assert.ok(ended.stderr.includes(says), ended.stderr);
                    const [, at] = /rasid\.toml:(\d+):\d+: /.exec(ended.stderr) ?? [];
                    assert.ok(Number(at) >= line && Number(at) <= line + 2, `${ended.stderr} is not about line ${line}`);
                    assert.equal(ended.stdout, '');
                }
            }
            await rasid.write('rasid.toml', good);
            assert.equal((await rasid.run(['check-config'])).code, 0);
            assert.equal((await run(binary, ['--config', rasid.path('none.toml'), 'serve'])).code, 78);
        }));

    test('a secret that cannot be read, or that everybody can, stops the start with its place', limit, () =>
        inFolder('secret', async (rasid) => {
            const source = { name: 'fedi', kind: 'mastodon', url: 'http://127.0.0.1:9', watch: ['mentions'], token_file: rasid.path('token') };
            await rasid.configure({ sources: [source] });
            const missing = await rasid.run(['serve']);
            assert.equal(missing.code, 78);
            assert.match(missing.stderr, /rasid\.toml:\d+:\d+: .*token: there is no such file/);
            await rasid.write('token', 'abc\n');
            await chmod(rasid.path('token'), 0o644);
            const open = await rasid.run(['serve']);
            assert.equal(open.code, 78);
            assert.match(open.stderr, /chmod 600/);
            assert.ok(!`${open.stderr}${open.stdout}`.includes('abc'));
        }));

    test('conf.d adds to the file, and config show says where each value comes from without any secret', limit, () =>
        inFolder('conf-d', async (rasid) => {
            await rasid.write('conf.d/10-zone.toml', '[daemon]\ntime_zone = "Asia/Amman"\n');
            await rasid.write('token', 'very-secret\n');
            await rasid.write('conf.d/20-source.toml', `[[source]]\nname = "fedi"\nkind = "mastodon"\nurl = "https://social.example"\nwatch = ["mentions"]\ntoken_file = "${rasid.path('token')}"\n`);
            const { stdout } = await rasid.command(['config', 'show']);
            assert.match(stdout, /time_zone = "Asia\/Amman" *# .*conf\.d\/10-zone\.toml:2/);
            assert.match(stdout, /name = "fedi"/);
            assert.ok(!stdout.includes('very-secret'));
        }));
});

describe('import and export', () => {
    test('a setup that refers to nobody is refused whole, with the line', limit, () =>
        inFolder('refused', async (rasid) => {
            await rasid.fill({ setup });
            const { stdout: before } = await rasid.command(['export']);
            const other = await rasid.write('a-good.toml', '[[rule]]\nname = "new"\nquery = "x"\n');
            for (const [name, text, says] of [
                ['queue.toml', '[[rule]]\nname = "r"\nquery = "x"\nqueue = "car"\n', /queue\.toml:1:\d+: .*unknown queue `car`.*did you mean `care`\?/],
                ['person.toml', '[[ladder]]\nname = "l"\nsteps = [ { at = "50%", to = "person:Sarah" } ]\n', /person\.toml:3:\d+: .*unknown person `Sarah`.*did you mean `Sara`\?/],
                ['query.toml', '[[rule]]\nname = "r"\nquery = "(a OR"\n', /query\.toml:3:\d+: /],
                ['key.toml', '[[rule]]\nname = "r"\nqery = "a"\n', /key\.toml:3:1: unknown key `qery` in \[rule\], did you mean `query`\?/],
                ['type.toml', '[[queue]]\nname = "q"\nfirst_response = 15\n', /type\.toml:3:\d+: /],
                ['broken.toml', '[[queue]\n', /broken\.toml:1:\d+: not valid TOML/],
            ]) {
                const ended = await rasid.run(['import', other, await rasid.write(name, text)]);
                assert.equal(ended.code, 78, `${name}: ${ended.stderr}`);
                assert.match(ended.stderr, says);
                assert.equal((await rasid.command(['export'])).stdout, before, `${name} changed the store`);
            }
            const bad = await rasid.run(['import', other, await rasid.write('customers.csv', 'name,birthday\nAmal,31-31-31\n')]);
            assert.equal(bad.code, 78);
            assert.match(bad.stderr, /customers\.csv:2/);
            assert.equal((await rasid.command(['export'])).stdout, before);
            assert.equal((await rasid.run(['import', rasid.path('x.txt')])).code, 2);
        }));

    test('--dry-run prints the difference and changes nothing; --replace removes what is not named', limit, () =>
        inFolder('replace', async (rasid) => {
            await rasid.fill({ setup });
            const { stdout: before } = await rasid.command(['export']);
            const next = await rasid.write('next.toml', '[[rule]]\nname = "anything"\nquery = "nasma OR نسمة"\n[[rule]]\nname = "more"\nquery = "y"\n');
            const dry = await rasid.command(['import', '--dry-run', next]);
            assert.deepEqual(dry.stdout.trim().split('\n').sort(), ['add rule more', 'update rule anything']);
            assert.equal((await rasid.command(['export'])).stdout, before);
            const removed = await rasid.command(['import', '--dry-run', '--replace', next]);
            assert.match(removed.stdout, /remove rule complaints/);
            assert.match(removed.stdout, /remove queue care/);
            await rasid.command(['import', next]);
            assert.match((await rasid.command(['export'])).stdout, /nasma OR نسمة/);
            await rasid.command(['import', '--replace', next]);
            const { stdout: after } = await rasid.command(['export']);
            assert.ok(!after.includes('[[queue]]') && !after.includes('complaints') && after.includes('"more"'), after);
        }));

    test('export, import and export again give the same bytes', limit, () =>
        inFolder('round-trip', async (rasid) => {
            await rasid.command(['import', `${demo}setup.toml`, `${demo}customers.csv`]);
            const { stdout: first } = await rasid.command(['export']);
            await inFolder('round-trip-again', async (other) => {
                await other.command(['import', await other.write('exported.toml', first)]);
                const { stdout: second } = await other.command(['export']);
                assert.equal(second, first);
                assert.equal((await other.command(['import', '--replace', other.path('exported.toml')])).stdout, '', 'nothing is left to change');
            });
        }));

    test('customers are updated by who they are, and columns are mapped', limit, () =>
        inFolder('customers', async (rasid) => {
            await rasid.write('one.csv', 'name,emails,handles,tier\nأمل,amal@example.org,mastodon:amal@far.example,gold\n');
            assert.match((await rasid.command(['import', rasid.path('one.csv')])).stdout, /customers: 1 added, 0 updated, 0 removed/);
            await rasid.write('two.csv', 'Full name,emails\nأمل العتيبي,amal@example.org\nهند,hind@example.org\n');
            assert.match((await rasid.command(['import', rasid.path('two.csv'), '--map', 'Full name=name'])).stdout, /customers: 1 added, 1 updated, 0 removed/);
        }));
});

describe('beside a running daemon', () => {
    let feeds, rasid, sara;
    before(async () => {
        feeds = await startFeeds();
        rasid = await Installation.make('running');
        feeds.publish('news', { id: 'first', html: 'nasma', author: 'First', at: new Date(Date.now() + 1000) });
        await rasid.configure({ servers: [feeds], sources: [{ name: 'news', kind: 'feed', url: `${feeds.url}/news.rss` }] });
        await rasid.fill({ setup, people: ['sara@example.org'] });
        await rasid.start();
        sara = await rasid.signIn('sara@example.org');
    }, limit);
    after(async () => {
        await rasid?.remove();
        await feeds?.stop();
    }, limit);

    test('an import goes through the control socket and its rules apply at once', limit, async () => {
        assert.equal((await stat(rasid.path('control.sock'))).mode & 0o077, 0);
        const file = await rasid.write('live.toml', '[[queue]]\nname = "live"\n[[rule]]\nname = "live"\nquery = "قطار"\nqueue = "live"\n');
        assert.deepEqual((await rasid.command(['import', file])).stdout.trim().split('\n').sort(), ['add queue live', 'add rule live']);
        // A feed's dates have whole seconds; one second on, the post is not older than the source itself.
        feeds.publish('news', { id: 'live', html: 'قطار الرياض', author: 'Live', at: new Date(Date.now() + 1000) });
        const ticket = await sara.awaitTicket((row) => row.author.name === 'Live');
        assert.equal(ticket.queue, 'live');
        const bad = await rasid.run(['import', await rasid.write('bad.toml', '[[rule]]\nname = "r"\nquery = "x"\nqueue = "nobody"\n')]);
        assert.equal(bad.code, 78);
        assert.match(bad.stderr, /bad\.toml:1:\d+: /);
    });

    test('a second daemon on the same database is refused at once and the first goes on', limit, async () => {
        const config = (await readFile(rasid.configFile, 'utf8')).replace(/listen = .*/, 'listen = "127.0.0.1:0"').replace('control.sock', 'second.sock');
        await rasid.write('second.toml', config);
        const started = Date.now();
        const second = await run(binary, ['--config', rasid.path('second.toml'), 'serve']);
        assert.ok(second.code > 0, second.stderr);
        assert.ok(Date.now() - started < 5000, 'it took too long to refuse');
        assert.match(second.stderr, /rasid\.db/);
        assert.match(second.stderr, /another|lock|in use|running/i);
        assert.equal((await sara.get('/readyz')).status, 'ready');
        await rasid.command(['backup', rasid.path('early.db')]);
        const restore = await rasid.run(['restore', rasid.path('early.db'), '--yes']);
        assert.equal(restore.code, 1, 'the database of a running daemon is not replaced');
    });

    test('SIGHUP with a bad file keeps the running configuration and says so; with a good one the new is in force', limit, async () => {
        const good = await readFile(rasid.configFile, 'utf8');
        const { daemon } = rasid;
        await rasid.write('rasid.toml', good.replace('kind = "feed"', 'kind = "fed"'));
        daemon.kill('SIGHUP');
        await until(() => daemon.output.includes('event=reload_kept'), { what: 'the refusal in the log' });
        assert.match(daemon.output, /event=reload_refused.*rasid\.toml:\d+:\d+: .*did you mean `feed`\?/);
        const asked = feeds.requests.length;
        await until(() => feeds.requests.length > asked + 1, { what: 'the old source to be polled on' });

        feeds.publish('second', { id: 'reloaded', html: 'nasma', author: 'Reloaded', at: new Date(Date.now() + 5000) });
        await rasid.write('rasid.toml', `${good}\n[[source]]\nname = "second"\nkind = "feed"\nurl = "${feeds.url}/second.atom"\nevery = "1s"\nsince = "2020-01-01T00:00:00Z"\n`);
        daemon.kill('SIGHUP');
        await until(() => daemon.output.includes('event=reloaded'), { what: 'the reload in the log' });
        await sara.awaitTicket((row) => row.source === 'second');
        assert.equal((await sara.source('news')).state, 'healthy');
    });

    test('people are added and change their passwords while the daemon runs', limit, async () => {
        const added = await rasid.command(['user', 'add', 'Huda', '--email', 'huda@example.org', '--language', 'ar'], { input: `${password}\n` });
        assert.match(added.stdout, /added Huda <huda@example\.org> as moderator/);
        assert.equal((await rasid.signIn('huda@example.org')).person.role, 'moderator');
        await rasid.command(['user', 'passwd', 'huda@example.org'], { input: 'another date and palm\n' });
        await assert.rejects(rasid.signIn('huda@example.org'), /answered 401/);
        const weak = await rasid.run(['user', 'passwd', 'huda@example.org'], { input: 'short\n' });
        assert.equal(weak.code, 1);
        assert.match(weak.stderr, /at least 12 characters/);
        assert.equal((await rasid.run(['user', 'passwd', 'nobody@example.org'], { input: `${password}\n` })).code, 1);
        assert.equal((await rasid.run(['user', 'add', 'Huda', '--email', 'huda@example.org'], { input: `${password}\n` })).code, 1);
        const listed = (await rasid.command(['user', 'list', '--json'])).stdout.trim().split('\n').map((line) => JSON.parse(line));
        assert.deepEqual(listed.map((one) => [one.name, one.role, one.password]).sort(), [['Huda', 'moderator', true], ['Sara', 'manager', true]]);
        assert.ok(!JSON.stringify(listed).includes('$argon2'));
    });

    test('explain tells the story of a ticket and of nothing else', limit, async () => {
        const [{ number, id }] = await sara.tickets();
        for (const name of [String(number), `#${number}`, id]) {
            const { stdout } = await rasid.command(['explain', name]);
            assert.match(stdout, new RegExp(`^ticket #${number} `));
            assert.match(stdout, /\n  \d{4}-\d\d-\d\dT[\d:.]+Z {2}opened/);
        }
        assert.equal((await rasid.run(['explain', 'nobody'])).code, 1);
    });

    test('a backup taken while the daemon runs can be restored', limit, async () => {
        const count = (await sara.tickets()).length;
        const copy = rasid.path('backup.db');
        await rasid.command(['backup', copy]);
        assert.equal((await stat(copy)).mode & 0o077, 0, 'a backup holds password hashes and is private');
        assert.equal((await rasid.run(['backup', copy])).code, 1, 'a backup is never overwritten');
        feeds.publish('news', { id: 'later', html: 'nasma', author: 'Later' });
        await sara.awaitTicket((row) => row.author.name === 'Later');
        assert.equal((await rasid.stop()).code, 0);
        const kept = await rasid.run(['restore', copy]);
        assert.equal(kept.code, 1, 'an existing database is not replaced unasked');
        feeds.remove('news', 'later');
        await rasid.command(['restore', copy, '--yes']);
        await rasid.start();
        const back = await sara.tickets();
        assert.equal(back.length, count);
        assert.ok(back.every((row) => row.author.name !== 'Later'));
    });

    test('doctor reports what is fine and what is not', limit, async () => {
        const sick = await rasid.run(['doctor']);
        assert.equal(sick.code, 1);
        assert.match(sick.stdout, /^TROUBLE +no \[mail\] url/m);
        assert.match(sick.stdout, /^fine +database .*: \d+ mentions$/m);
        assert.match(sick.stdout, /^fine +setup: \d+ rules/m);
        assert.match(sick.stdout, /^limits +fetch 8 MiB/m);
        await rasid.write('conf.d/mail.toml', '[mail]\nurl = "smtp://127.0.0.1:1"\nfrom = "rasid@example.org"\n');
        const well = await rasid.run(['doctor']);
        assert.equal(well.code, 0, well.stdout);
    });

    test('incidents are listed, and tried on what is stored', limit, async () => {
        assert.equal((await rasid.command(['incident', 'list'])).stdout, 'no incident\n');
        const tried = await rasid.command(['incident', 'backtest', '--since', '30d']);
        assert.match(tried.stdout, /^\d+ rises in \d+ series since /m);
        const other = await rasid.command(['incident', 'backtest', '--series', 'rule:nobody']);
        assert.match(other.stdout, /^nothing was heard since /);
        const wrong = await rasid.run(['incident', 'backtest', '--series', 'nobody']);
        assert.notEqual(wrong.code, 0);
        assert.match(wrong.stderr, /write rule:NAME/);
    });

    test('a rule or a query is tried on what is stored', limit, async () => {
        const stored = await rasid.command(['rule', 'backtest', 'live', '--days', '2']);
        assert.match(stored.stdout, /^date +heard +tried +hits/);
        assert.equal(stored.stdout.match(/^\d{4}-\d\d-\d\d /gm).length, 2);
        assert.match(stored.stdout, /^queue live: 1 tickets, 0 more with the rule$/m);
        assert.match(stored.stdout, /^ {2}no first response is promised there$/m);
        const query = JSON.parse((await rasid.command(['--json', 'rule', 'backtest', '--query', 'قطار'])).stdout);
        assert.equal(query.days.length, 30);
        assert.equal(query.days.reduce((sum, day) => sum + day.hits, 0), 1);
        assert.equal(query.samples[0].hits.length, 1);
        assert.equal(query.queue, null);
        const wrong = await rasid.run(['rule', 'backtest', '--query', '(قطار']);
        assert.equal(wrong.code, 1);
        assert.match(wrong.stderr, /^query:1:\d+: /m);
        assert.match((await rasid.run(['rule', 'backtest', 'nobody'])).stderr, /no rule is called `nobody`/);
        for (const args of [[], ['live', '--query', 'x'], ['live', '--days', '31']]) assert.equal((await rasid.run(['rule', 'backtest', ...args])).code, 2);
    });

    test('the daemon stops at SIGTERM within seconds and tells its readers goodbye', limit, async () => {
        const news = await sara.listen();
        await until(() => news.events.some((event) => event.event === 'hello'), { what: 'the greeting' });
        const started = Date.now();
        const end = await rasid.stop();
        assert.deepEqual(end, { code: 0, signal: null });
        assert.ok(Date.now() - started < 10000);
        await news.ended;
        assert.equal(news.events.at(-1).event, 'bye');
    });
});

describe('assess', () => {
    let rasid, file;
    before(async () => {
        rasid = await Installation.make('assess');
        file = await rasid.write('setup.toml', setup);
    }, limit);
    after(() => rasid?.remove());
    const assess = (args, input) => run(binary, ['assess', '--setup', file, ...args], { input, seconds: 60 });

    test('prints one verdict a line in the promised form and order', limit, async () => {
        const text = 'القهوة سيئة جدًا والقهوة باردة';
        const lines = [{ id: 'a', text, platform: 'x', unknown: [1] }, { id: 7, text: 'nothing' }, { id: 'c', text: 'nasma', author: { handle: 'h', followers: 3 } }];
        const ended = await assess([], lines.map((line) => JSON.stringify(line)).join('\n'));
        assert.equal(ended.code, 0, ended.stderr);
        const [a, b, c] = ended.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
        assert.deepEqual(Object.keys(a), ['id', 'language', 'sentiment', 'rules', 'hits', 'tags', 'queue', 'priority', 'reasons']);
        assert.deepEqual(Object.keys(a.sentiment), ['label', 'score', 'words']);
        assert.equal(a.id, 'a');
        assert.equal(a.language, 'ar');
        assert.equal(a.sentiment.label, 'negative');
        assert.ok(a.sentiment.score >= -1 && a.sentiment.score < 0);
        assert.ok(a.sentiment.words.every((word) => typeof word.text === 'string' && typeof word.weight === 'number'));
        assert.deepEqual([a.rules, a.tags, a.queue, a.priority], [['complaints'], ['complaint'], 'care', 'high']);
        assert.equal(a.hits.length, 2);
        const bytes = Buffer.from(text);
        for (const hit of a.hits) {
            assert.deepEqual(Object.keys(hit), ['rule', 'text', 'start', 'end']);
            assert.equal(bytes.subarray(hit.start, hit.end).toString(), hit.text, 'offsets are bytes of the given text');
        }
        assert.ok(a.reasons.length > 0 && a.reasons.every((reason) => typeof reason === 'string'));
        assert.deepEqual([b.id, b.queue, b.priority, b.rules, b.hits], [7, null, 'normal', [], []]);
        assert.deepEqual([c.queue, c.rules], ['care', ['anything']]);
    });

    test('a bad line is answered in its place and the exit code says so', limit, async () => {
        const ended = await assess([], '{"id":"a","text":"x"}\nnot json\n{"id":"c"}\n{"text":"no id"}\n{"id":"e","text":"y"}\n');
        assert.equal(ended.code, 1);
        const lines = ended.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
        assert.deepEqual(lines.map((line) => line.id), ['a', null, 'c', null, 'e']);
        assert.deepEqual(lines.map((line) => line.line), [undefined, 2, 3, 4, undefined]);
        assert.deepEqual(Object.keys(lines[1]), ['id', 'line', 'error']);
        assert.match(lines[2].error, /`text` is missing/);
    });

    test('a bad setup ends it before anything is read', limit, async () => {
        const bad = await rasid.write('bad.toml', '[[rule]]\nname = "r"\nquery = "(a"\n');
        const ended = await run(binary, ['assess', '--setup', bad], { input: '{"id":"a","text":"x"}\n' });
        assert.equal(ended.code, 78);
        assert.equal(ended.stdout, '');
        assert.match(ended.stderr, /bad\.toml:3:\d+: /);
        assert.equal((await run(binary, ['assess', '--setup', rasid.path('none.toml')])).code, 78);
        assert.equal((await run(binary, ['assess'])).code, 2);
    });

    test('a hundred thousand lines stream through in constant memory', limit, async () => {
        const child = spawn(binary, ['assess', '--setup', file], { stdio: ['pipe', 'pipe', 'inherit'] });
        const ended = new Promise((resolve) => child.once('close', resolve));
        try {
            const memory = async () => Number(/^VmHWM:\s+(\d+) kB/m.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
            let lines = 0;
            child.stdout.on('data', (part) => {
                for (const byte of part) if (byte === 10) lines += 1;
            });
            const line = (i) => `${JSON.stringify({ id: `m${i}`, text: `القهوة سيئة اليوم nasma رقم ${i}`, author: { handle: `u${i}` } })}\n`;
            let early = 0;
            for (let i = 0; i < 100000; i += 1000) {
                const block = Array.from({ length: 1000 }, (_, k) => line(i + k)).join('');
                if (!child.stdin.write(block)) await new Promise((resolve) => child.stdin.once('drain', resolve));
                if (i === 10000) {
                    await until(() => lines >= 5000, { what: 'the first verdicts while lines still come' });
                    early = await memory();
                }
            }
            await until(() => lines >= 95000, { seconds: 60, what: 'the verdicts' });
            const late = await memory();
            child.stdin.end();
            assert.equal(await ended, 0);
            assert.equal(lines, 100000);
            assert.ok(late - early < 8, `memory rose from ${early} to ${late} MiB`);
        } finally {
            child.kill('SIGKILL');
        }
    });

    test('--evaluate prints macro-F1, recall and precision of each source', limit, async () => {
        const tsv = '-1\tar\tshop\tخدمة سيئة جدا\n1\tar\tshop\tخدمة ممتازة ورائعة\n-1\ten\tapp\tterrible service\n1\ten\tapp\tgreat coffee\n0\ten\tapp\tthe shop opens at nine\n';
        const ended = await assess(['--evaluate', '--json'], tsv);
        assert.equal(ended.code, 0, ended.stderr);
        assert.match(ended.stdout, /macro_f1/);
        const plain = await assess(['--evaluate'], tsv);
        for (const word of ['shop', 'app', /macro.?f1/i, /recall/i, /precision/i]) assert.match(plain.stdout, new RegExp(word));
        const bad = await assess(['--evaluate'], '5\ten\tapp\ttext\n');
        assert.equal(bad.code, 1);
        assert.match(bad.stderr, /stdin:1:/);
    });
});

describe('corrections', () => {
    test('are exported as a regression set that assess learns from and measures', limit, () => inFolder('corrections', async (rasid) => {
        await rasid.fill({ setup });
        const nothing = await rasid.command(['corrections', 'export']);
        assert.equal(nothing.stdout, '');
        const said = ['the blorp in the branch again', 'my order has a blorp today', 'found one blorp at the counter', 'is that a blorp on the table']
            .map((text) => JSON.stringify({ what: 'sentiment', text, language: 'en', right: 'negative', was: 'neutral', brand: 'nasma', at: '2026-03-01T00:00:00Z' })).join('\n') + '\n';
        const file = await rasid.write('corrections.ndjson', said);
        const assess = (args, input) => run(binary, ['assess', '--setup', rasid.path('setup.toml'), ...args], { input });
        const line = '{"id":"a","text":"another blorp arrived"}\n';
        const score = async (args) => JSON.parse((await assess(args, line)).stdout).sentiment.score;
        assert.ok(await score(['--corrections', file]) < await score([]) - 0.1);

        const plain = await assess(['--evaluate', '--corrections', file], said);
        assert.equal(plain.code, 0, plain.stderr);
        assert.match(plain.stdout, /with what the corrections taught/);
        assert.match(plain.stdout, /^corrections +4, words moved [1-9]/m);
        const report = JSON.parse((await assess(['--evaluate', '--corrections', file, '--json'], said)).stdout);
        assert.equal(report.built_in.sources.nasma.texts, 4);
        assert.ok(report.taught.languages.en.negative.found > report.built_in.languages.en.negative.found);
        assert.ok(report.regression.right_with > report.regression.right_without);
        assert.equal(report.regression.broken, 0);

        const bad = await assess(['--corrections', await rasid.write('bad.ndjson', said + '{"what":"mood"}\n')], line);
        assert.equal(bad.code, 78);
        assert.match(bad.stderr, /bad\.ndjson:5:1: `what` is/);
        assert.equal((await assess(['--corrections', rasid.path('none.ndjson')], line)).code, 78);
    }));
});

describe('mail preview', () => {
    test('is a mail that a strict reader takes, in both languages', limit, async () => {
        const kinds = ['escalation', 'update', 'summary', 'digest', 'weekly', 'newsletter', 'survey', 'invitation'];
        for (const [kind, language] of kinds.flatMap((one) => [[one, 'ar'], [one, 'en']])) {
            const preview = await run(binary, ['mail', 'preview', '--kind', kind, '--lang', language]);
            assert.equal(preview.code, 0);
            const mail = await readMail(preview.stdout);
            const bulk = ['digest', 'weekly', 'newsletter'].includes(kind);
            assert.equal(mail.headers.precedence === 'bulk', bulk, 'only digests and newsletters are bulk mail');
            assert.equal(mail.headers['list-unsubscribe-post'] === 'List-Unsubscribe=One-Click', bulk, 'duty cannot be dropped by a stray click');
            assert.equal(/^<https:/.test(mail.headers['list-unsubscribe'] ?? ''), bulk);
            assert.equal(mail.headers.subject.startsWith('Re: '), kind === 'update');
            assert.equal(mail.headers['in-reply-to'] !== undefined, kind === 'update');
            assert.equal(mail.headers['auto-submitted'], 'auto-generated');
            assert.deepEqual(mail.defects, []);
            assert.deepEqual(mail.parts.map((part) => [part.type, part.charset]), [['text/plain', 'utf-8'], ['text/html', 'utf-8'], ...(kind === 'invitation' ? [['text/calendar', 'utf-8']] : [])]);
            assert.equal(mail.headers['content-language'], language);
            assert.match(mail.html, language === 'ar' ? /dir="rtl"/ : /dir="ltr"/);
            for (const line of preview.stdout.split('\r\n')) {
                assert.ok(Buffer.byteLength(line) <= 998 && !line.includes('\n'), 'lines end in CRLF and are short enough to travel');
            }
        }
        assert.equal((await run(binary, ['mail', 'preview', '--kind', 'nonsense'])).code, 2);
        assert.equal((await run(binary, ['mail', 'preview', '--lang', 'fr'])).code, 2);
    });
});
