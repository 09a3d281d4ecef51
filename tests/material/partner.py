"""A partner who calls a sandbox: by the standard library, so that nothing of ours is in between."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox

Json = Any


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        status: The HTTP status.
        headers: Headers by their names in lower case.
        body: The JSON value; None where there was no body.
    """

    status: int
    headers: dict[str, str]
    body: Json

    def refused(self, status: int) -> str:
        """Return why, and hold the refusal to its form."""
        assert self.status == status, self
        assert set(self.body) == {"status", "error", "message", "errorCode"}
        assert self.body["status"] == status
        assert self.body["message"]
        return str(self.body["message"])

    def taken(self) -> Json:
        """Return the body of a call that was not refused."""
        assert self.status == 200, self
        return self.body


class Partner:
    """A partner with a login of the sandbox, and a token once one was taken."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        self.host = urlsplit(box.url).netloc
        self.access = ""
        self.refresh = ""

    def log_in(self) -> Partner:
        """Take a token by password."""
        self._keep(self.grant().taken())
        return self

    def grant(self, **changed: str | None) -> Answer:
        """Ask for a token by password, with fields of the form changed, or left out by None."""
        login = self.box.credentials()
        form = {
            "grant_type": "password",
            "client_id": login["client_id"],
            "client_secret": login["client_secret"],
            "username": login["username"],
            "password": login["password"],
            "validator_id": "PartnerDirectoryProd",
            "scope": "sourcedelivery",
        }
        named = {name: value for name, value in (form | changed).items() if value is not None}
        return self.post_form("/as/token.oauth2", named)

    def renew(self, token: str | None = None) -> Answer:
        """Ask for a token by refresh token: that of this partner if none is given."""
        return self.grant(
            grant_type="refresh_token",
            username=None,
            password=None,
            refresh_token=self.refresh if token is None else token,
        )

    def _keep(self, token: Json) -> None:
        """Use a token from now on."""
        self.access, self.refresh = token["access_token"], token["refresh_token"]

    def post_form(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(form).encode(), headers)

    def call(self, method: str, path: str, body: Json = None, **query: object) -> Answer:
        """Call the API with a JSON body, and with the token."""
        headers = {"Authorization": f"Bearer {self.access}"}
        asked = f"{path}?{urlencode(query, quote_via=quote)}" if query else path
        if body is None:
            return self.send(method, asked, None, headers)
        headers["Content-Type"] = "application/json"
        return self.send(method, asked, json.dumps(body).encode(), headers)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a call as it is."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            content = response.read()
        finally:
            connection.close()
        is_json = named.get("content-type", "") == "application/json"
        decoded = json.loads(content) if is_json and content else content.decode() or None
        return Answer(response.status, named, decoded)

    def find(self, **search: object) -> list[Json]:
        """Search requests, the first thousand."""
        body = {"pageSize": 1000, **search}
        found: list[Json] = self.call("POST", "/v1/requests/search", body).taken()["requests"]
        return found

    def one(self, **search: object) -> Json:
        """Return the first request that is found."""
        return self.find(**search)[0]

    def ready(self, source_type: str = "SUBTITLE") -> str:
        """Return the id of a request that a delivery can start to."""
        return str(
            self.one(states=["OPEN"], sourceTypes=[source_type], materialStatuses=["ACCEPTED"])[
                "requestId"
            ]
        )

    def request(self, request_id: str) -> Json:
        """Look at a request."""
        return self.call("GET", f"/v1/requests/{request_id}").taken()

    def deliver(self, request_id: str, *files: Path, **more: object) -> Answer:
        """Start a delivery of files."""
        announced = [{"sourcePath": str(file), "fileSize": file.stat().st_size} for file in files]
        return self.call(
            "POST", "/v1/deliveries", {"requestId": request_id, "files": announced, **more}
        )
