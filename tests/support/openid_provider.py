"""A real OpenID Connect provider in a process of its own, which can be told to lie in its tokens.

oidc-provider-mock, with what it lacks: it looks at PKCE's verifier (RFC 7636), and `PUT /lie` names what is wrong with
the next ID tokens. Run as `python -m tests.support.openid_provider`; prints its address.
"""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

CLIENT_ID, CLIENT_SECRET = "lpcontext-tests", "a secret that the provider takes"

Claims = dict[str, Any]
_LIES: dict[str, Callable[[Claims], Claims]] = {
    "": lambda claims: claims,
    "audience": lambda claims: claims | {"aud": ["another-client"]},
    "authorized party": lambda claims: claims | {"aud": [CLIENT_ID, "other"], "azp": "other"},
    "issuer": lambda claims: claims | {"iss": "https://evil.example"},
    "nonce": lambda claims: claims | {"nonce": "of another sign-in"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "expired": lambda claims: claims | {"iat": time.time() - 7200, "exp": time.time() - 3600},
    "no expiry": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "subject": lambda claims: claims | {"sub": "somebody else"},
}
SIGNATURES = ("none", "hmac", "another key")
LIES = tuple(_LIES)[1:]


def build_application() -> Any:
    import flask
    from oidc_provider_mock import app as build_provider

    provider = build_provider()
    lie, challenges = {"": ""}, dict[str, str]()

    def set_lie() -> tuple[str, int]:
        lie[""] = flask.request.get_data(as_text=True)
        return "", 204

    def check_verifier() -> Any:
        if flask.request.path != "/oauth2/token":
            return None
        digest = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenges.pop(flask.request.form.get("code", ""), "") != shown:
            return {"error": "invalid_grant"}, 400
        return None

    def keep_challenge_and_lie(response: Any) -> Any:
        if flask.request.path == "/oauth2/authorize" and response.status_code == 302:
            code = parse_qs(urlsplit(response.headers["Location"]).query).get("code", [""])[0]
            if flask.request.args.get("code_challenge_method") == "S256":
                challenges[code] = flask.request.args["code_challenge"]
        if flask.request.path == "/oauth2/token" and response.status_code == 200 and lie[""]:
            answer = response.get_json()
            answer["id_token"] = _forge(answer["id_token"], lie[""])
            response.set_data(flask.json.dumps(answer))
        return response

    provider.add_url_rule("/lie", view_func=set_lie, methods=["PUT"])
    provider.before_request(check_verifier)
    provider.after_request(keep_challenge_and_lie)
    return provider


def _forge(token: str, lie: str) -> str:
    import jwt
    from authlib.jose import RSAKey
    from oidc_provider_mock._storage import storage

    header = jwt.get_unverified_header(token)
    headers = {"kid": header["kid"]} if "kid" in header else {}
    claims = _LIES.get(lie, _LIES[""])(jwt.decode(token, options={"verify_signature": False}))
    if lie == "none":
        return jwt.encode(claims, "", algorithm="none", headers=headers)
    if lie == "hmac":  # with what everybody knows as its secret
        return jwt.encode(claims, CLIENT_SECRET, algorithm="HS256", headers=headers)
    key = RSAKey.generate_key(is_private=True) if lie == "another key" else storage.jwk
    return jwt.encode(claims, key.as_pem(is_private=True), algorithm="RS256", headers=headers)


@contextmanager
def run_provider() -> Iterator[str]:
    """Its issuer, an address on this machine."""
    environment = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "tests.support.openid_provider"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


if __name__ == "__main__":
    from werkzeug.serving import make_server

    server = make_server("localhost", 0, build_application(), threaded=True)
    print(f"http://localhost:{server.server_port}", flush=True)
    server.serve_forever()
