"""What the transparency record claims, as far as the code can show it: no eyes, no strangers, no pen."""

import ast
import re
from pathlib import Path

import pytest

from assistant.privacy.record import COMPONENTS, DIALOGUE_COMPONENTS

WATCHES_PEOPLE = re.compile(
    r"opencv|dlib|(^|-)face|facenet|insightface|deepface|mediapipe|picamera|webcam|retina|gaze|emotion|(^|-)fer$|gait|openpose|mmpose|"
    r"resemblyzer|speechbrain|pyannote|voiceprint|speaker|wespeaker|openwakeword|porcupine|snowboy|precise-"
)
REACHES_OUT = {
    "socket", "httpx", "urllib.request", "http.client", "requests", "aiohttp", "smtplib", "ftplib", "paho", "aiomqtt", "websockets",
}  # fmt: skip
MAY_REACH_OUT = {
    "assistant/server.py": "listens on loopback",
    "assistant/cli/ask.py": "asks the assistant itself",
    "assistant/cli/machine.py": "tries whether a port is free",
    "assistant/dialogue/rasa.py": "loopback",
    "assistant/dialogue/supervisor.py": "finds a free loopback port",
    "assistant/knowledge/refresh/download.py": "newer timetables, where an operator names an address",
    "assistant/knowledge/refresh/targets.py": "looks at that address before anything is asked of it",
    "assistant/knowledge/realtime/sources.py": "delays and disruptions, where an operator names an address",
    "assistant/mqtt.py": "the broker, where an operator names one",
    "assistant/speech/sources/official.py": "models, when an operator installs them",
}
WRITES = re.compile(r"write_text|write_bytes|mkstemp|(Named|Spooled)?TemporaryFile|dump|tofile|savez")
NEAR_PEOPLE = (
    "assistant/actions", "assistant/answers", "assistant/api", "assistant/conversation", "assistant/kiosk", "assistant/speech/worker",
    "assistant/speech/recognizers", "assistant/speech/synthesizers", "assistant/speech/client.py", "assistant/speech/activity.py",
    "assistant/dialogue/rasa.py", "assistant/log.py", "assistant/process.py", "dialogues/channels", "dialogues/trackers.py",
    "dialogues/components",
)  # fmt: skip
"""Code through which people's words and voices pass."""


def locked(root: Path) -> set[str]:
    files = [*(root / "deploy" / "requirements").glob("*.txt"), *(root / "dialogues" / "requirements").glob("*.txt")]
    return {name.lower() for file in files for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", file.read_text(), re.MULTILINE)}


def modules(root: Path, tracked: list[Path], *below: str) -> list[tuple[str, ast.Module]]:
    found = [(path.as_posix(), ast.parse((root / path).read_text())) for path in tracked if path.suffix == ".py"]
    return [(name, tree) for name, tree in found if name.startswith(below)]


@pytest.mark.parametrize("name", ["opencv-python", "face-recognition", "dlib", "mediapipe", "speechbrain", "openwakeword", "resemblyzer"])
def test_the_list_of_what_watches_people_knows_the_usual_ones(name: str) -> None:
    assert WATCHES_PEOPLE.search(name)


def test_no_dependency_watches_people(root: Path) -> None:
    names = locked(root)
    assert len(names) > 100
    assert [name for name in names if WATCHES_PEOPLE.search(name)] == []


def test_the_components_named_are_those_installed(root: Path) -> None:
    assert {*COMPONENTS, *DIALOGUE_COMPONENTS} <= locked(root)


def test_no_code_names_a_camera_device(root: Path, tracked: list[Path]) -> None:
    code = [path for path in tracked if path.suffix in (".py", ".js", ".html", ".service", ".yml") and path.parts[0] != "tests"]
    wanted = re.compile(r"/dev/video|v4l2|facingMode|video\s*:|getDisplayMedia|ImageCapture|FaceDetector")
    assert [str(path) for path in code if wanted.search((root / path).read_text())] == []


def test_the_page_asks_for_sound_in_one_place_only(root: Path, tracked: list[Path]) -> None:
    scripts = [path for path in tracked if path.parts[0] in ("kiosk_ui", "console_ui") and path.suffix == ".js"]
    assert [str(path) for path in scripts if "getUserMedia" in (root / path).read_text()] == ["kiosk_ui/audio/microphone.js"]


def test_only_named_modules_reach_out(root: Path, tracked: list[Path]) -> None:
    found = set()
    for name, tree in modules(root, tracked, "assistant/"):
        for node in ast.walk(tree):
            imported = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            if imported & REACHES_OUT:
                found.add(name)
    assert found == set(MAY_REACH_OUT)


def writing(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    modes = [word.value for word in [*call.args, *(keyword.value for keyword in call.keywords)] if isinstance(word, ast.Constant)]
    opened = name == "open" and any(isinstance(mode, str) and re.fullmatch(r"[rbt]*[wax+][bt+]*", mode) for mode in modes)
    return opened or bool(WRITES.fullmatch(name))


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("open(path, 'w')", True), ("path.open('ab')", True), ("open(path, mode='x')", True), ("path.open('rb')", False),
        ("path.write_bytes(pcm)", True), ("json.dump(text, file)", True), ("json.dumps(text)", False), ("open(path)", False),
    ],
)  # fmt: skip
def test_writing_is_recognised(code: str, writes: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert writing(call) is writes


TAUGHT = {"dialogues/components/model_files.py"}
"""Writes what was taught, in training only: no traveller's word comes there."""


def test_code_near_people_writes_no_file(root: Path, tracked: list[Path]) -> None:
    near = modules(root, tracked, *NEAR_PEOPLE)
    assert [place for place in NEAR_PEOPLE if not any(name.startswith(place) for name, _ in near)] == []
    near = [(name, tree) for name, tree in near if name not in TAUGHT]
    calls = [(name, node.lineno) for name, tree in near for node in ast.walk(tree) if isinstance(node, ast.Call) and writing(node)]
    assert calls == []
