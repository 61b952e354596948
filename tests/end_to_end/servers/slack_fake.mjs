// What an incoming webhook of Slack takes: the shape of a message, as its documentation bounds it, and its one-word answers.

const kMost = { text: 40000, blocks: 50, section: 3000, header: 150, id: 255 };
const length = (text) => [...text].length;

/** What is wrong with a text object; empty: nothing. */
function wrongText(text, most, { plainOnly = false } = {}) {
    if (typeof text !== 'object' || text === null) return 'no text object';
    const unknown = Object.keys(text).filter((key) => !['type', 'text', 'emoji', 'verbatim'].includes(key));
    if (unknown.length > 0) return `unknown ${unknown}`;
    if (!['plain_text', ...(plainOnly ? [] : ['mrkdwn'])].includes(text.type)) return `type ${text.type}`;
    if (typeof text.text !== 'string' || text.text === '' || length(text.text) > most) return `text of ${text.text?.length} characters`;
    if ('emoji' in text && (text.type !== 'plain_text' || typeof text.emoji !== 'boolean')) return 'emoji';
    if ('verbatim' in text && text.type !== 'mrkdwn') return 'verbatim';
    return '';
}

function wrongBlock(block) {
    if (typeof block !== 'object' || block === null) return 'no object';
    if ('block_id' in block && (typeof block.block_id !== 'string' || length(block.block_id) > kMost.id)) return 'block_id';
    const known = { section: ['text'], header: ['text'], divider: [] }[block.type];
    if (!known) return `type ${block.type}`;
    const unknown = Object.keys(block).filter((key) => !['type', 'block_id', ...known].includes(key));
    if (unknown.length > 0) return `unknown ${unknown}`;
    if (block.type === 'section') return wrongText(block.text, kMost.section);
    return block.type === 'header' ? wrongText(block.text, kMost.header, { plainOnly: true }) : '';
}

/** The answer of Slack to one request of http.mjs. A refusal names what is wrong, which the true one keeps to itself. */
export function slackAnswer(request) {
    const refuse = (word, why = '') => ({ status: 400, headers: { 'Content-Type': 'text/html' }, body: why ? `${word}: ${why}` : word });
    if (request.method !== 'POST') return refuse('invalid_payload', request.method);
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refuse('invalid_payload', 'Content-Type');
    let message;
    try {
        message = JSON.parse(request.body);
    } catch {
        return refuse('invalid_payload', 'JSON');
    }
    if (typeof message !== 'object' || message === null || Array.isArray(message)) return refuse('invalid_payload', 'no object');
    const { text, blocks } = message;
    if (text !== undefined && typeof text !== 'string') return refuse('invalid_payload', 'text');
    if (!text && !blocks?.length) return refuse('no_text');
    if (text && length(text) > kMost.text) return refuse('msg_too_long');
    if (blocks !== undefined && (!Array.isArray(blocks) || blocks.length > kMost.blocks)) return refuse('invalid_blocks', 'how many');
    const wrong = (blocks ?? []).map(wrongBlock).find(Boolean);
    return wrong ? refuse('invalid_blocks', wrong) : { status: 200, headers: { 'Content-Type': 'text/html' }, body: 'ok' };
}
