// The part of an OAuth 2.0 server that an app meets: registration as at Mastodon, authorization codes with PKCE S256, refresh, revocation.
// It checks everything itself: a client that gets a step wrong gets no token, and `refused` says why.
import { createHash, randomBytes } from 'node:crypto';

const secret = () => randomBytes(24).toString('base64url');
const kCodeLife = 30000;

export class OAuth {
    /** `tokens` is the set of access tokens that the server believes. */
    constructor(tokens) {
        this.tokens = tokens;
        this.apps = new Map(); // client_id -> {secret, redirect, scopes}
        this.granted = new Map(); // code -> {client, redirect, challenge, scopes, at}
        this.refreshTokens = new Map(); // -> {client, access}
        this.codes = [];
        this.refused = [];
        this.life = 0; // seconds of an access token; 0: it does not end and brings no refresh token, as at Mastodon
        this.newest = null;
    }

    /** Answers a request of the flow; null: it is none. */
    answer({ method, path, query, body }) {
        const form = new URLSearchParams(body);
        if (method === 'POST' && path === '/api/v1/apps') return this.register(form);
        if (method === 'GET' && path === '/oauth/authorize') return this.authorize(query);
        if (method === 'POST' && path === '/oauth/token') return this.exchange(form);
        if (method === 'POST' && path === '/oauth/revoke') return this.revoke(form);
        return null;
    }

    register(form) {
        const [id, redirect, scopes] = [secret(), form.get('redirect_uris'), form.get('scopes')];
        if (!form.get('client_name') || !redirect || !scopes) return this.refuse(422, 'registration');
        this.apps.set(id, { secret: secret(), redirect, scopes });
        return json(200, { id: String(this.apps.size), name: form.get('client_name'), redirect_uri: redirect, client_id: id, client_secret: this.apps.get(id).secret });
    }

    /** The person consents at once, unless the test says otherwise by `deny`. */
    authorize(query) {
        const app = this.apps.get(query.get('client_id'));
        const challenge = query.get('code_challenge');
        if (!app || query.get('redirect_uri') !== app.redirect) return this.refuse(400, 'redirect_uri');
        if (query.get('response_type') !== 'code' || !query.get('state')) return this.refuse(400, 'request');
        if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge ?? '')) return this.refuse(400, 'challenge');
        if (!query.get('scope').split(' ').every((scope) => app.scopes.split(' ').includes(scope))) return this.refuse(400, 'scope');
        const back = new URL(app.redirect);
        back.searchParams.set('state', query.get('state'));
        if (query.get('deny')) back.searchParams.set('error', 'access_denied');
        else {
            const code = secret();
            this.codes.push(code);
            this.granted.set(code, { client: query.get('client_id'), redirect: app.redirect, challenge, at: Date.now() });
            back.searchParams.set('code', code);
        }
        return { status: 302, headers: { Location: back.href } };
    }

    exchange(form) {
        const client = form.get('client_id');
        const app = this.apps.get(client);
        if (!app || app.secret !== form.get('client_secret')) return this.refuse(401, 'client', 'invalid_client');
        if (form.get('grant_type') === 'refresh_token') {
            const known = this.refreshTokens.get(form.get('refresh_token'));
            if (known?.client !== client) return this.refuse(400, 'refresh', 'invalid_grant');
            this.refreshTokens.delete(form.get('refresh_token'));
            this.tokens.delete(known.access);
            return this.give(client);
        }
        const given = this.granted.get(form.get('code'));
        this.granted.delete(form.get('code'));
        if (form.get('grant_type') !== 'authorization_code' || given?.client !== client || Date.now() - given.at > kCodeLife) return this.refuse(400, 'code', 'invalid_grant');
        if (form.get('redirect_uri') !== given.redirect) return this.refuse(400, 'redirect_uri', 'invalid_grant');
        const verifier = form.get('code_verifier') ?? '';
        const proved = /^[\w.~-]{43,128}$/.test(verifier) && createHash('sha256').update(verifier).digest('base64url') === given.challenge;
        return proved ? this.give(client) : this.refuse(400, 'verifier', 'invalid_grant');
    }

    give(client) {
        this.newest = secret();
        this.tokens.add(this.newest);
        const answer = { access_token: this.newest, token_type: 'Bearer', created_at: Math.floor(Date.now() / 1000) };
        if (!this.life) return json(200, answer);
        const refresh = secret();
        this.refreshTokens.set(refresh, { client, access: this.newest });
        return json(200, { ...answer, expires_in: this.life, refresh_token: refresh });
    }

    revoke(form) {
        const app = this.apps.get(form.get('client_id'));
        if (!app || app.secret !== form.get('client_secret')) return this.refuse(403, 'client', 'unauthorized_client');
        const known = this.refreshTokens.get(form.get('token'));
        this.refreshTokens.delete(form.get('token'));
        this.tokens.delete(known?.access ?? form.get('token'));
        return json(200, {});
    }

    refuse(status, why, error = 'invalid_request') {
        this.refused.push(why);
        return json(status, { error, error_description: `the ${why} is not right` });
    }
}

const json = (status, body) => ({ status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) });
