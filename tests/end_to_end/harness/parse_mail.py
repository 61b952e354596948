"""Reads one mail on stdin strictly and writes it as JSON: headers as a reader sees them, parts as text, every defect found."""
import email
import email.policy
import json
import sys

message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
parts = [part for part in message.walk() if not part.is_multipart()]
defects = [repr(defect) for part in message.walk() for defect in part.defects]
for name, value in message.items():
    defects += [f"{name}: {defect!r}" for defect in value.defects]
json.dump({
    "headers": {name.lower(): str(value) for name, value in message.items()},
    "names": [name.lower() for name in message.keys()],
    "to": [address.addr_spec for address in message["To"].addresses] if message["To"] else [],
    "parts": [{"type": part.get_content_type(), "charset": part.get_content_charset(), "text": part.get_content()} for part in parts],
    "defects": defects,
}, sys.stdout)
