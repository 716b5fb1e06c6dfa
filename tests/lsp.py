"""A language server as an editor has it: a process of its own, spoken to in JSON over its standard streams."""

import json
import queue
import re
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

PATIENCE_S = 120.0
CLIENT = {
    "processId": None,
    "rootUri": None,
    "workspaceFolders": None,
    "capabilities": {
        "workspace": {"configuration": True},
        "textDocument": {
            "completion": {
                "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {},
        },
    },
}
# As editors have it, but for the catalogue of schemas that it would fetch.
SETTINGS = {
    "validate": True,
    "hover": True,
    "completion": True,
    "format": {"enable": False},
    "schemaStore": {"enable": False},
}

Message = dict[str, Any]
Place = tuple[int, int]

_SNIPPET = re.compile(r"\\([$}\\])|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:((?:\\.|[^{}])*)\}|\$\{?\d+\}?")


@dataclass(kw_only=True)
class Server:
    """One server, for as long as the ``with`` lasts; ``schemas`` are addresses, and the files that each is for."""

    command: Sequence[str]
    schemas: Mapping[str, str] = field(default_factory=dict)
    _got: "queue.Queue[Message | None]" = field(default_factory=queue.Queue)
    _told: dict[str, list[Message]] = field(default_factory=dict)
    _asked: int = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.ask("initialize", CLIENT)
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self._settings})
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.wait(timeout=PATIENCE_S)
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def ask(self, method: str, about: Any) -> Any:
        """Ask something, and wait for the answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": about})
        while True:
            message = self._next()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, about: Any) -> None:
        """Tell something that needs no answer."""
        self._send({"method": method, "params": about})

    def problems(self, uri: str) -> list[Message]:
        """Wait for what the server finds in a document that was opened."""
        while uri not in self._told:
            self._next()
        return self._told.pop(uri)

    @property
    def _settings(self) -> Message:
        return {"yaml": {**SETTINGS, "schemas": self.schemas}}

    def _next(self) -> Message:
        message = self._got.get(timeout=PATIENCE_S)
        assert message is not None, "the language server has gone"
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if isinstance(message["params"], dict) else []
            answer = [self._settings.get(item["section"]) for item in items]
            self._send({"id": message["id"], "result": answer or None})
        return message

    def _send(self, message: Message) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while header := stream.readline():
            name, _, value = header.decode("ascii").partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif not header.strip():
                self._got.put(json.loads(stream.read(length)))
        self._got.put(None)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that is open in the editor."""

    server: Server
    path: Path
    text: str

    @classmethod
    def opened(cls, server: Server, path: Path, text: str) -> Self:
        """Put a text into a file, and open it."""
        path.write_text(text, encoding="utf-8", newline="")
        document = cls(server=server, path=path, text=text)
        item = {"uri": document.uri, "languageId": "yaml", "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": item})
        return document

    @property
    def uri(self) -> str:
        """Its name among editors."""
        return self.path.as_uri()

    def problems(self) -> list[Message]:
        """What the server finds wrong; asked once."""
        return self.server.problems(self.uri)

    def completions(self, place: Place) -> list[Message]:
        """What may be written at a line and column, from 0."""
        found = self._ask("completion", place)
        items: list[Message] = found["items"] if isinstance(found, dict) else found
        return items

    def hover(self, word: str) -> str:
        """What is shown where the mouse rests on the first such word."""
        before = self.text[: self.text.index(word)]
        found = self._ask("hover", (before.count("\n"), len(before) - before.rfind("\n")))
        return str(found["contents"]["value"])

    def with_item(self, item: Message, place: Place) -> str:
        """The text with a completion put in, as editors do it: its examples stay, and its lines are indented alike."""
        lines = self.text.split("\n")
        edit = item.get("textEdit")
        start = (edit["range"]["start"]["line"], edit["range"]["start"]["character"]) if edit else place
        end = (edit["range"]["end"]["line"], edit["range"]["end"]["character"]) if edit else place
        written = resolved(edit["newText"] if edit else item["insertText"])
        indent = re.match(r"[ ]*", lines[start[0]])
        assert indent is not None
        written = written.replace("\n", "\n" + indent[0])
        head = [*lines[: start[0]], lines[start[0]][: start[1]]]
        tail = [lines[end[0]][end[1] :], *lines[end[0] + 1 :]]
        return "\n".join(head) + written + "\n".join(tail)

    def _ask(self, what: str, place: Place) -> Any:
        where = {"textDocument": {"uri": self.uri}, "position": {"line": place[0], "character": place[1]}}
        return self.server.ask(f"textDocument/{what}", where)


def resolved(snippet: str) -> str:
    """A snippet whose author is content with every example in it."""
    return _SNIPPET.sub(lambda found: next((part for part in found.groups() if part is not None), ""), snippet)
