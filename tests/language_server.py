"""Drives yaml-language-server over stdio, as an editor does: open a text, hear its diagnostics, ask for completions."""

from __future__ import annotations

import itertools
import json
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class LanguageServer:
    """One running server. Use as a context manager."""

    def __init__(self, version: str = "1.2") -> None:
        node = shutil.which("node")
        assert node, "node is missing: make test installs it"
        assert SERVER.is_file(), "yaml-language-server is missing: run npm ci"
        self._process = subprocess.Popen([node, str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._numbers = itertools.count(1)
        self._settings = {"yaml": {"yamlVersion": version, "validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
        self.request("initialize", {"processId": None, "rootUri": ROOT.as_uri(), "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self._settings}})
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def diagnostics(self, file: Path, text: str) -> list[dict[str, Any]]:
        """What the server says of `text` as the content of `file` (which need not exist)."""
        return self.all_diagnostics({file: text})[file]

    def all_diagnostics(self, texts: dict[Path, str]) -> dict[Path, list[dict[str, Any]]]:
        """The same for several files at once, since the server waits a moment before it looks at one."""
        waiting = {file.as_uri(): file for file in texts}
        for uri, file in waiting.items():
            document = {"uri": uri, "languageId": "yaml", "version": next(self._numbers), "text": texts[file]}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        found: dict[Path, list[dict[str, Any]]] = {}
        while waiting.keys() - {file.as_uri() for file in found}:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] in waiting:
                found[waiting[message["params"]["uri"]]] = message["params"]["diagnostics"]
        return found

    def completions(self, file: Path, text: str, line: int, column: int) -> list[str]:
        """The labels offered at a place, counted from 1."""
        self.diagnostics(file, text)
        position = {"line": line - 1, "character": column - 1}
        result = self.request("textDocument/completion", {"textDocument": {"uri": file.as_uri()}, "position": position})
        return [item["label"] for item in result["items"]]

    def hover(self, file: Path, text: str, line: int, column: int) -> str:
        """What is shown at a place, counted from 1."""
        self.diagnostics(file, text)
        result = self.request("textDocument/hover", {"textDocument": {"uri": file.as_uri()}, "position": {"line": line - 1, "character": column - 1}})
        return str(result["contents"]["value"]) if result else ""

    def request(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _next(self) -> dict[str, Any]:
        """The next message; the server's own questions are answered on the way."""
        message = self._messages.get(timeout=60)
        if "id" in message and "method" in message:
            asked = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            answer = [self._settings.get(item.get("section", "")) for item in asked] if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": answer})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while line := stream.readline():
            length = int(line.split(b":")[1])
            stream.readline()
            self._messages.put(json.loads(stream.read(length)))
