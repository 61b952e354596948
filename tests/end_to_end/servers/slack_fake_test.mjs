import { test } from 'node:test';
import assert from 'node:assert/strict';
import { slackAnswer } from './slack_fake.mjs';

const post = (body, type = 'application/json') => slackAnswer({ method: 'POST', headers: { 'content-type': type }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const section = (text, more = {}) => ({ type: 'section', text: { type: 'plain_text', text, ...more } });

test('takes messages with text, with blocks or with both', () => {
    for (const body of [{ text: 'hello' }, { blocks: [section('مرحبا', { emoji: false })] }, { text: 'x'.repeat(40000), blocks: [section('ي'.repeat(3000)), { type: 'divider' }] }]) {
        assert.deepEqual([post(body).status, post(body).body], [200, 'ok']);
    }
});

test('refuses what Slack refuses', () => {
    const refused = [
        ['{', 'invalid_payload'], [[], 'invalid_payload'], [{}, 'no_text'], [{ text: '' }, 'no_text'], [{ text: 'x'.repeat(40001) }, 'msg_too_long'],
        [{ blocks: Array(51).fill(section('x')) }, 'invalid_blocks'], [{ blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'], [{ blocks: [section('')] }, 'invalid_blocks'],
        [{ blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }, 'invalid_blocks'], [{ blocks: [{ type: 'letter' }] }, 'invalid_blocks'],
        [{ blocks: [{ ...section('x'), colour: 'red' }] }, 'invalid_blocks'], [{ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }] }, 'invalid_blocks'],
    ];
    for (const [body, word] of refused) {
        assert.equal(post(body).status, 400, word);
        assert.ok(post(body).body.startsWith(word), `${word}: ${post(body).body}`);
    }
    assert.equal(post({ text: 'x' }, 'text/plain').status, 400);
});
