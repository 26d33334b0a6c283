"""Somebody who calls: an Asterisk's side of FastAGI, as far as a test needs it. Keys are pressed as questions come.

A token of `keys` answers one question: "2", "11222333000181#" ended by the key, "-" silence, "!" hangs up.
"""

from __future__ import annotations

import asyncio
import shlex
from dataclasses import dataclass, field


@dataclass
class Caller:
    keys: str
    port: int
    script: str = "ura"
    number: str = "1133334444"
    key: str = "1732450000.7"
    said: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # variables that the switchboard has
    commands: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    @property
    def heard(self) -> list[str]:
        """The files played, in order."""
        words = [shlex.split(command) for command in self.commands]
        return [each[2].rpartition("/")[2] for each in words if each[:2] in (["GET", "DATA"], ["STREAM", "FILE"])]

    async def call(self) -> Caller:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        about = {"agi_network_script": self.script, "agi_uniqueid": self.key, "agi_callerid": self.number, **self.said}
        writer.write("".join(f"{name}: {value}\n" for name, value in about.items()).encode() + b"\n")
        left, clock = self.keys.split(), asyncio.get_running_loop().time
        try:
            while True:
                asked = clock()
                line = (await asyncio.wait_for(reader.readline(), 20)).decode().strip()
                self.waits.append(clock() - asked)
                if not line:
                    return self
                self.commands.append(line)
                answer = self._answer(shlex.split(line), left)
                if answer is None:
                    return self
                writer.write(answer.encode() + b"\n")
        finally:
            writer.close()

    def _answer(self, words: list[str], left: list[str]) -> str | None:
        if words[:2] == ["SET", "VARIABLE"]:
            self.variables[words[2]] = words[3]
            return "200 result=1"
        if words[:2] == ["GET", "VARIABLE"]:
            return f"200 result=1 ({self.known[words[2]]})" if words[2] in self.known else "200 result=0"
        if words[:2] != ["GET", "DATA"]:
            return "200 result=0"
        token = left.pop(0) if left else "-"
        if token == "!":
            return None
        keys, is_ended = token.rstrip("#-"), token.endswith("#") or len(token) >= int(words[4])
        return f"200 result={keys}" + ("" if is_ended else " (timeout)")
