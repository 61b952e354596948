import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { startMail } from './mail.mjs';
import { removeFolder, temporaryFolder, until } from './process.mjs';

// Sends with curl, an SMTP client that the servers under test did not come with; resolves with its exit code, or "timeout".
async function send(mail, { to = 'amal@rasid.test', id = '<1@rasid.test>', password = '', ca = mail.caFile, wait = 10 } = {}) {
    const folder = await temporaryFolder('letter');
    const file = join(folder, 'letter');
    await writeFile(file, `From: rasid@rasid.test\r\nTo: ${to}\r\nMessage-ID: ${id}\r\nSubject: =?utf-8?B?2LTZg9mI2Yk=?=\r\n\r\nشكوى\r\n`);
    const secret = password || (await readFile(mail.passwordFile, 'utf8')).trim();
    const args = ['-sS', '--ssl-reqd', '--url', mail.url, '--mail-from', 'rasid@rasid.test', '--mail-rcpt', to, '-T', file,
        '--user', `${mail.username}:${secret}`, ...(ca ? ['--cacert', ca] : [])];
    const code = await new Promise((resolve, reject) => execFile('curl', args, { timeout: wait * 1000 }, (error) => {
        if (error?.code === 'ENOENT') reject(error);
        else resolve(error ? (error.killed ? 'timeout' : error.code) : 0);
    }));
    await removeFolder(folder);
    return code;
}

for (const prefer of ['postfix', 'capture']) {
    test(`${prefer} takes mail over STARTTLS with AUTH and refuses the rest`, async (t) => {
        const mail = await startMail({ prefer });
        try {
            if (mail.server !== prefer) return t.skip(mail.note);
            assert.equal(await send(mail), 0, await mail.log());
            const [message] = await until(async () => (await mail.messages()).length && mail.messages(), { what: 'delivery' });
            assert.equal(message.messageId, '<1@rasid.test>');
            assert.deepEqual(message.to, ['amal@rasid.test']);
            assert.match(message.raw, /شكوى/);
            assert.ok(Date.now() - message.receivedAt < 20000);
            assert.notEqual(await send(mail, { to: 'tempfail@rasid.test' }), 0);
            assert.notEqual(await send(mail, { to: 'noone@rasid.test' }), 0);
            assert.equal(await send(mail, { password: 'wrong' }), 67, 'a wrong password must be refused');
            assert.equal(await send(mail, { ca: '' }), 60, 'the certificate must not be known to the system');
            assert.equal((await mail.messages()).length, 1);
        } finally {
            await mail.stop();
        }
    });
}

test('the capturing server misbehaves as told, and only as often', async () => {
    const mail = await startMail({ prefer: 'capture' });
    try {
        for (const mode of ['refuse', '451', '550', '451-data']) {
            await mail.behave(mode, 1);
            assert.notEqual(await send(mail), 0, mode);
        }
        assert.equal((await mail.messages()).length, 0);
        await mail.behave('drop-after-dot', 1);
        assert.notEqual(await send(mail, { id: '<2@rasid.test>' }), 0);
        await mail.behave('hang-after-dot', 1);
        assert.equal(await send(mail, { id: '<3@rasid.test>', wait: 2 }), 'timeout');
        assert.equal(await send(mail, { id: '<4@rasid.test>' }), 0);
        const kept = await mail.messages();
        assert.deepEqual(kept.map((m) => [m.messageId, m.answered]),
            [['<2@rasid.test>', false], ['<3@rasid.test>', false], ['<4@rasid.test>', true]]);
    } finally {
        await mail.stop();
    }
});
