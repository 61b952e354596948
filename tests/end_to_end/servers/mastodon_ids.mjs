// How the servers of the Mastodon family make ids, and in which order they sort.
import { createHash, randomBytes } from 'node:crypto';

const kCrockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const kBase62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const random = (bits) => BigInt('0x' + randomBytes(Math.ceil(bits / 8)).toString('hex')) & ((1n << BigInt(bits)) - 1n);

function digits(value, alphabet, width) {
    let text = '';
    for (let i = 0; i < width; i += 1, value /= BigInt(alphabet.length)) text = alphabet[Number(value % BigInt(alphabet.length))] + text;
    return text;
}

const byBytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Decimal strings of different length sort by length first. */
const byLength = (a, b) => a.length - b.length || byBytes(a, b);

/**
 * Of every dialect: statusId(time in ms, remote) and compare; notification ids come from their own sequence, in order of
 * arrival. An id carries the time that the author claims, so a post that federates late sorts below newer ones.
 */
export const dialects = {
    mastodon: {
        version: '4.4.3',
        // The second of a remote post and random bits below it; local posts have the millisecond.
        statusId: (ms, remote) => String((BigInt(remote ? Math.floor(ms / 1000) * 1000 : ms) << 16n) | random(16)),
        notificationId: (sequence) => String(34975861 + sequence),
        compare: byLength,
        notifications: { fallback: 40, most: 80, types: 'types[]' },
        batch: true,
        remembersKeys: true,
        rateReset: (at) => at.toISOString().replace('Z', '000Z'),
        tooMany: 'Too many requests',
    },
    gotosocial: {
        version: '0.19.1+git-0',
        statusId: (ms) => digits(BigInt(ms), kCrockford, 10) + digits(random(80), kCrockford, 16),
        notificationId: (sequence, ms) => digits(BigInt(ms), kCrockford, 10) + digits(BigInt(sequence), kCrockford, 16),
        compare: byBytes,
        notifications: { fallback: 20, most: 80, types: 'types[]' },
        minIdAscends: true,
        rateReset: (at) => at.toISOString(),
        tooMany: 'rate limit reached',
    },
    pleroma: {
        version: '2.7.2 (compatible; Pleroma 2.9.1)',
        statusId: (ms) => digits((BigInt(ms) << 64n) | random(64), kBase62, 18),
        notificationId: (sequence) => String(900 + sequence),
        compare: byLength,
        notifications: { fallback: 20, most: 40, types: 'include_types[]' },
        remembersKeys: true,
    },
    snac2: {
        version: '4.0.0 (not true; really snac/2.94)',
        statusId: (ms) => String(Math.floor(ms / 1000)).padStart(10, '0') + createHash('md5').update(randomBytes(16)).digest('hex'),
        notificationId: (sequence, ms) => String(BigInt(ms) * 1000n + BigInt(sequence % 1000)),
        compare: byBytes,
        notifications: { fallback: 1, most: 64, types: 'types[]' },
        exactBounds: true,
        editChangesId: true,
    },
};
