// Signing in to a platform on the page's API: code, PKCE S256, refresh, hostile answers, signing out. The platform checks for itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readdir, readFile, stat } from 'node:fs/promises';
import { startMastodon } from './servers/mastodon_fake.mjs';
import { until } from './servers/process.mjs';
import { Installation } from './harness/installation.mjs';
import { request } from './harness/session.mjs';

const setup = `
[[person]]
name = "Adam"
email = "adam@example.org"
role = "admin"
[[person]]
name = "Mona"
email = "mona@example.org"
role = "manager"
[[queue]]
name = "care"
first_response = "1h"
[[rule]]
name = "everything of ours"
query = 'nasma'
queue = "care"
`;
const limit = { timeout: 120000 };
const kSignIn = '/api/v1/sources/toots/sign-in';

let mastodon, rasid, adam, mona;

before(async () => {
    [mastodon, rasid] = await Promise.all([startMastodon(), Installation.make('sign_in')]);
    await rasid.configure({ servers: [mastodon], sources: [{ name: 'toots', kind: 'mastodon', url: mastodon.url, watch: ['mentions'] }] });
    await rasid.fill({ setup, people: ['adam@example.org', 'mona@example.org'] });
    await rasid.start();
    [adam, mona] = [await rasid.signIn('adam@example.org'), await rasid.signIn('mona@example.org')];
}, limit);

after(async () => {
    await rasid?.remove();
    await mastodon?.stop();
}, limit);

const awaitState = (state) => until(async () => {
    const source = await mona.source('toots');
    return source.state === state ? source : null;
}, { what: `the source to be ${state}` });

/** Begins, and goes to the platform as the browser does: the address that the platform sends it back to. */
async function atPlatform(session = adam, { deny = false } = {}) {
    const begun = await session.request('POST', kSignIn);
    assert.equal(begun.status, 200, begun.text);
    const asked = new URL(begun.json.url);
    assert.equal(asked.origin, mastodon.url);
    const back = await request(deny ? `${asked}&deny=1` : asked.href);
    assert.equal(back.status, 302, back.text);
    const address = new URL(back.headers.get('location'));
    assert.equal(address.origin + address.pathname, `${rasid.url}/api/v1/sign-ins/callback`);
    return address;
}

/** The browser follows: the page's address that it ends at. */
async function comesBack(address, session = adam) {
    const answer = await session.request('GET', address.pathname + address.search);
    assert.equal(answer.status, 303, answer.text);
    return answer.headers.get('location');
}

test('a source that nobody signed in to asks for it, and the daemon runs', limit, async () => {
    const source = await awaitState('needs_authorisation');
    assert.match(source.last_error, /signed out/);
    assert.deepEqual(source.sign_in, { signed_in: false, account: null, until: null, renews: false });
    assert.equal((await mona.request('POST', kSignIn)).status, 403, 'an admin does this');
});

test('hostile answers change nothing', limit, async () => {
    assert.equal(await comesBack(await atPlatform(adam, { deny: true })), '/sources?sign_in=denied');

    const guessed = await atPlatform();
    guessed.searchParams.set('state', 'x'.repeat(43));
    assert.equal(await comesBack(guessed), '/sources?sign_in=stale');

    const other = await rasid.signIn('adam@example.org');
    assert.equal(await comesBack(await atPlatform(), other), '/sources?sign_in=stale', "another session's");

    const foreign = await atPlatform();
    foreign.searchParams.set('iss', 'https://evil.example');
    assert.equal(await comesBack(foreign), '/sources?sign_in=failed');
    assert.equal(await comesBack(foreign), '/sources?sign_in=stale');

    const wrong = await atPlatform();
    wrong.searchParams.set('code', 'guessed');
    assert.equal(await comesBack(wrong), '/sources?sign_in=denied', 'the platform knows no such code');

    const stolen = await atPlatform();
    assert.equal((await mona.request('GET', stolen.pathname + stolen.search)).status, 403);
    assert.equal((await request(stolen.href)).status, 401);
    assert.equal((await mona.source('toots')).sign_in.signed_in, false);
});

test('an admin signs in, and the source hears and answers with what was granted', limit, async () => {
    const address = await atPlatform();
    assert.equal(await comesBack(address), '/sources?signed_in=toots');
    assert.equal(await comesBack(address), '/sources?sign_in=stale', 'an answer counts once');
    assert.equal(mastodon.oauth.refused.filter((why) => why !== 'code').length, 0, mastodon.oauth.refused.join());
    const source = await awaitState('healthy');
    assert.equal(source.sign_in.signed_in, true);
    assert.equal(source.sign_in.account, 'nasma');
    mastodon.mention({ author: 'hind', text: 'nasma is late' });
    const ticket = await mona.awaitTicket(() => true);
    const { undo_until } = await mona.act(ticket.id, { action: 'reply', text: 'We are sorry.' });
    assert.ok(undo_until);
    await until(() => mastodon.replies().length === 1, { seconds: 40, what: 'the answer at the platform' });
});

test('tokens are kept for the daemon alone and told to nobody', limit, async () => {
    const folder = `${rasid.database}.grants`;
    const [file, ...more] = await readdir(folder);
    assert.deepEqual(more, []);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(`${folder}/${file}`)).mode & 0o777, 0o600);
    const kept = JSON.parse(await readFile(`${folder}/${file}`, 'utf8'));
    const secrets = [kept.access_token, kept.client_secret, ...mastodon.oauth.codes];
    assert.ok(secrets.every((secret) => secret?.length > 10));
    const told = [JSON.stringify(await mona.get('/api/v1/sources')), JSON.stringify(await adam.get('/api/v1/audit')), rasid.daemon.output, (await rasid.command(['config', 'show'])).stdout].join('\n');
    for (const secret of secrets) assert.ok(!told.includes(secret), 'a secret is told');
    assert.match(told, /source_signed_in/);
});

test('what was granted outlives a restart', limit, async () => {
    assert.equal((await rasid.stop()).code, 0);
    await rasid.start();
    const source = await awaitState('healthy');
    assert.equal(source.sign_in.account, 'nasma');
});

test('a token that ends is refreshed before, and one that the platform took back asks for a person', { timeout: 200000 }, async () => {
    mastodon.oauth.life = 60; // seconds: due at once
    assert.equal(await comesBack(await atPlatform()), '/sources?signed_in=toots');
    const first = mastodon.oauth.newest;
    await until(() => mastodon.oauth.newest !== first, { seconds: 75, what: 'the token to be refreshed' });
    await awaitState('healthy');
    mastodon.oauth.refreshTokens.clear();
    const source = await until(async () => {
        const now = await mona.source('toots');
        return now.sign_in.signed_in ? null : now;
    }, { seconds: 75, what: 'the grant to end' });
    assert.equal(source.sign_in.account, 'nasma', 'who it was is still known');
    assert.match((await awaitState('needs_authorisation')).last_error, /signed out/);
});

test('signing out takes the token back at the platform', limit, async () => {
    mastodon.oauth.life = 0;
    assert.equal(await comesBack(await atPlatform()), '/sources?signed_in=toots');
    const token = mastodon.oauth.newest;
    assert.ok(mastodon.accepts(token));
    assert.equal((await adam.request('DELETE', kSignIn)).status, 204);
    assert.ok(!mastodon.accepts(token));
    assert.deepEqual(await readdir(`${rasid.database}.grants`), []);
    assert.equal((await adam.request('DELETE', kSignIn)).status, 404);
    await awaitState('needs_authorisation');
});
