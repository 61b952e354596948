"""An SMTP server that keeps what it is given: capture.py FOLDER PORT USERNAME PASSWORD.

STARTTLS and AUTH are required; the certificate is FOLDER/server.crt. Every accepted message is a JSON line in
FOLDER/messages.jsonl. tempfail@ is answered 451 and noone@ 550, always. Lines on stdin set the behaviour of what follows:
{"mode": MODE, "times": N}; N absent means until the next line; each line is answered by "ok" on stdout. Modes:
  accept           the default
  refuse           421 to every new connection
  451, 550         to every recipient
  451-data         to the message, after its final dot
  drop-after-dot   the message is kept and the connection dropped without an answer
  hang-after-dot   the message is kept and nothing is answered
  slow             every recipient and message is answered after two seconds
  slow-data        the word DATA is answered after two seconds; "asked" on stdout tells when it came
"""
import asyncio
import json
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult

folder, port, username, password = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


class Behaviour:
    mode, times = "accept", None

    def set(self, mode, times=None):
        self.mode, self.times = mode, times

    def take(self, *modes):
        """The mode if it is one of these; counts a use of it."""
        if self.mode not in modes:
            return None
        mode = self.mode
        if self.times is not None:
            self.times -= 1
            if self.times <= 0:
                self.set("accept")
        return mode


behaviour = Behaviour()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("tempfail@"):
            return "451 4.3.0 try later"
        if address.startswith("noone@"):
            return "550 5.1.1 no such user"
        mode = behaviour.take("451", "550")
        if mode:
            return {"451": "451 4.3.0 try later", "550": "550 5.1.1 no such user"}[mode]
        if behaviour.mode == "slow":
            await asyncio.sleep(2)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        mode = behaviour.take("451-data", "drop-after-dot", "hang-after-dot", "slow")
        if mode == "451-data":
            return "451 4.3.0 try later"
        with open(f"{folder}/messages.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps({
                "receivedAt": time.time(), "from": envelope.mail_from, "to": envelope.rcpt_tos,
                "tls": session.ssl is not None, "authenticated": bool(session.authenticated),
                "answered": mode not in ("drop-after-dot", "hang-after-dot"),
                "raw": envelope.content.decode("utf-8", "surrogateescape"),
            }) + "\n")
        if mode == "drop-after-dot":
            server.transport.abort()
        if mode == "hang-after-dot":
            await asyncio.Event().wait()
        if mode == "slow":
            await asyncio.sleep(2)
        return "250 2.0.0 kept"


class Server(SMTP):
    async def _handle_client(self):
        if behaviour.take("refuse"):
            await self.push("421 4.3.2 not now")
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg):
        if behaviour.take("slow-data"):
            print("asked", flush=True)
            await asyncio.sleep(2)
        await super().smtp_DATA(arg)


def authenticate(server, session, envelope, mechanism, data):
    good = (getattr(data, "login", b"").decode() == username and getattr(data, "password", b"").decode() == password)
    # An unhandled failure is what makes aiosmtpd answer 535; a handled one is answered by nobody.
    return AuthResult(success=good, handled=good)


async def main():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(f"{folder}/server.crt", f"{folder}/server.key")
    loop = asyncio.get_running_loop()
    await loop.create_server(
        lambda: Server(Handler(), tls_context=tls, require_starttls=True, authenticator=authenticate,
                       auth_required=True, enable_SMTPUTF8=True, data_size_limit=8 << 20, timeout=600),
        "127.0.0.1", port)
    print("ready", flush=True)
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        behaviour.set(**json.loads(line))
        print("ok", flush=True)


asyncio.run(main())  # ends with stdin
