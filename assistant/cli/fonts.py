"""`doctor`'s look at the letters: whether some font of the machine covers each language of the station."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator

from assistant.cli.findings import Finding, advice, ok

TAGS = {"zh": "zh-cn"}
"""Language → fontconfig's name for it, where that is another."""
PACKAGES = dict.fromkeys(("zh", "ko", "ja"), "fonts-noto-cjk")
OTHERS = "fonts-noto-core"
LIMIT_S = 20.0
AREA = "fonts"


def fonts(languages: Iterable[str], fontconfig: str | None = None) -> Iterator[Finding]:
    """What `fc-list` says of each language; the kiosk's screen may be another machine's."""
    command = fontconfig or shutil.which("fc-list")
    if command is None:
        yield advice(AREA, "not looked at: fontconfig is missing", "sudo apt-get install fontconfig")
        return
    for language in languages:
        family = _family(command, TAGS.get(language, language))
        if family is None:
            yield advice(AREA, f"{language}: not looked at: fontconfig gave no answer", "run doctor again")
        elif family:
            yield ok(AREA, f"{language}: {family}")
        else:
            package = PACKAGES.get(language, OTHERS)
            yield advice(AREA, f"{language}: no font has its letters; the screen shows boxes", f"sudo apt-get install {package}")


def _family(command: str, tag: str) -> str | None:
    """The name of a font for a language; empty where there is none, None where it cannot be known."""
    try:
        done = subprocess.run(  # noqa: S603  fontconfig's own command
            [command, f":lang={tag}", "family"], capture_output=True, text=True, check=False, timeout=LIMIT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return min((line.partition(",")[0].strip() for line in done.stdout.splitlines() if line.strip()), default="")
