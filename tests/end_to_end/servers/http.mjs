// The plumbing that the HTTP fakes share: a server on loopback that keeps a log and can be told to fail.
import { createServer } from 'node:http';

const kBodyLimit = 1 << 20;

async function readBody(request) {
    const parts = [];
    let size = 0;
    for await (const part of request) {
        size += part.length;
        if (size > kBodyLimit) throw new Error('body too large');
        parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
}

/**
 * Serves `handle(request)` → {status, headers, body} on a free port; request is {method, path, query: URLSearchParams,
 * headers, body}. Resolves with {url, port, requests, failNext(answer, {times, path}), stop()}: `requests` is everything
 * asked so far with the status given, and a failing answer may be {status, headers, body}, {drop: true} (connection cut)
 * or {hang: true} (no answer), for the next `times` requests whose path starts with `path`.
 */
export async function serve(handle) {
    const requests = [];
    const failures = [];
    const server = createServer(async (incoming, outgoing) => {
        try {
            const url = new URL(incoming.url, 'http://loopback');
            const request = { method: incoming.method, path: url.pathname, query: url.searchParams, headers: incoming.headers, at: Date.now() };
            requests.push(request);
            request.body = await readBody(incoming);
            const failing = failures.find((f) => f.times > 0 && request.path.startsWith(f.path));
            if (failing) failing.times -= 1;
            const answer = failing ? failing.answer : await handle(request);
            request.status = answer.drop || answer.hang ? 0 : (answer.status ?? 200);
            if (answer.drop) return incoming.socket.destroy();
            if (answer.hang) return;
            outgoing.writeHead(request.status, answer.headers ?? {});
            outgoing.end(answer.body ?? '');
        } catch (error) {
            process.stderr.write(`${error.stack}\n`);
            if (!outgoing.headersSent) outgoing.writeHead(500);
            outgoing.end();
        }
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    return {
        url: `http://127.0.0.1:${port}`,
        port,
        requests,
        server,
        failNext: (answer, { times = 1, path = '/' } = {}) => failures.push({ answer, times, path }),
        stop: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}
