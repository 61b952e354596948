// The daemon is told to stop in the middle of its work: what it was doing is done later and whole, not half now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFeeds } from './servers/feed_server.mjs';
import { header, startMail } from './servers/mail.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';

const setup = `
[[person]]
name = "Dana"
email = "dana@example.org"
role = "manager"
language = "en"
[notifications]
wait = "0s"

[[ladder]]
name = "care"
steps = [ { at = "50%", to = "person:Dana", by = "mail" } ]
[[queue]]
name = "care"
first_response = "1s"
ladder = "care"
[[rule]]
name = "news"
query = 'nasma'
queue = "care"
`;

test('a mail that was on its way when the daemon stopped arrives whole after the next start, and no piece of it before', { timeout: 120000 }, async () => {
    const feeds = await startFeeds();
    const mail = await startMail({ prefer: 'capture' });
    const rasid = await Installation.make('stop');
    try {
        feeds.publish('news', { id: 'one', html: 'nasma', author: 'Amal' });
        await rasid.configure({ servers: [feeds], mail, sources: [{ name: 'news', kind: 'feed', url: `${feeds.url}/news.atom`, since: '2020-01-01T00:00:00Z' }] });
        await rasid.fill({ setup, people: ['dana@example.org'] });
        await mail.behave('slow-data', 1);
        await rasid.start();
        const dana = await rasid.signIn('dana@example.org');
        await until(async () => (await mail.log()).includes('asked'), { seconds: 30, what: 'the daemon to be about to send' });
        const started = Date.now();
        assert.deepEqual(await rasid.stop(), { code: 0, signal: null });
        assert.ok(Date.now() - started < 10000, 'the stop waits for no server');

        await rasid.start();
        await until(async () => (await dana.mails())[0]?.state === 'sent', { seconds: 60, what: 'the mail to be sent' });
        const [promised] = await dana.mails();
        const messages = await mail.messages();
        assert.deepEqual(messages.map((one) => header(one.raw, 'Rasid-Intent')), [promised.id]);
        assert.ok(messages[0].raw.includes('</html>'));
    } finally {
        await rasid.remove();
        await Promise.all([feeds.stop(), mail.stop()]);
    }
});
