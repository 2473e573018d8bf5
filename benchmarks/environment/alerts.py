"""From a smoke detector's message to the screen, the voice and the other kiosks: a real broker, a real page, no Rasa."""

import json
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import paho.mqtt.client as paho
from playwright.sync_api import Page, sync_playwright
from websockets.sync.client import ClientConnection, connect

from benchmarks.figures import Figure, percentile
from benchmarks.running import Running, assistant, say
from tests.fixtures.broker import mosquitto

BARS = {"screen": 500.0, "voice": 1500.0}
"""Milliseconds in which an alert for life and safety has to be seen and heard."""
TIMES = 20
CHROMIUM = "/usr/bin/chromium"
DETECTORS = {"hall": "hc-hall", "metro": "hc-metro", "north": "hc-north"}
SENSORS = [
    {"id": name, "name": name, "quantity": "smoke", "unit": "state", "area": name, "zone": zone, "silent_s": 86_400,
     "source": f"mqtt:zigbee2mqtt/{name}"} for name, zone in DETECTORS.items()
]  # fmt: skip
RULES = [{
    "id": "fire", "sensors": list(DETECTORS), "above": 0.5, "clear_s": 0, "alert": {
        "life_safety": True, "category": "Fire", "severity": "Extreme", "response": "Evacuate", "event": "Fire",
        "headline": "Smoke in the station.", "instruction": "Leave the station.",
    },
}]  # fmt: skip
PAINTED = """
window.painted = [];
new MutationObserver(() => {
  if (document.body.dataset.phase === "alarm" && !window.seen) {
    window.seen = true;
    requestAnimationFrame(() => requestAnimationFrame(() => window.painted.push(performance.timeOrigin + performance.now())));
  }
  if (document.body.dataset.phase !== "alarm") window.seen = false;
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-phase"] });
"""


def figures() -> list[Figure]:
    """What the whole path takes, each alarm from the moment its message is handed to the broker."""
    say(f"{TIMES} alarms to screen, voice and broker")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        server = stack.enter_context(mosquitto(Path(folder)))
        running = stack.enter_context(assistant(
            ASSISTANT_DIALOGUE__ENGINE="direct", ASSISTANT_SPEECH__ENGINES='{"en": "none", "zh": "none", "ko": "none"}',
            ASSISTANT_MQTT__HOST="127.0.0.1", ASSISTANT_MQTT__PORT=str(server.port), ASSISTANT_SENSORS=json.dumps(SENSORS),
            ASSISTANT_RULES=json.dumps(RULES), ASSISTANT_ALERTS__TOPIC="station/alerts", ASSISTANT_ALERTS__LOUDSPEAKER="none",
        ))  # fmt: skip
        playwright = stack.enter_context(sync_playwright())
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        page.add_init_script(PAINTED)
        page.goto(running.url)
        page.locator("body[data-phase=idle]").wait_for()
        socket = stack.enter_context(connect(running.url.replace("http", "ws") + "v1/kiosk", origin=running.url.rstrip("/")))  # type: ignore[arg-type]
        taken = _Watch(running, server.port, page, socket).all()
    return [
        Figure(
            name=f"an alarm from a detector's message to {name}", unit="ms", value=percentile(times, 95), n=len(times),
            p50=percentile(times, 50), p95=percentile(times, 95), bar=BARS.get(name.split()[1]), note=NOTES[name],
        )
        for name, times in taken.items()
    ]  # fmt: skip


NOTES = {
    "the screen of a kiosk": "painted in Chromium", "the voice of a kiosk": "the first sound, made beforehand, arrives in the page",
    "the others over the broker": "a retained CAP message",
}


class _Watch:
    """Sends smoke and looks when it is noticed where."""

    def __init__(self, running: Running, port: int, page: Page, socket: ClientConnection) -> None:
        self._page, self._socket = page, socket
        self._sent, self._shared = queue.Queue[float](), queue.Queue[float]()
        self._said = queue.Queue[float]()
        self._mqtt = paho.Client(paho.CallbackAPIVersion.VERSION2)
        self._mqtt.on_message = lambda *message: self._shared.put(time.time()) if b"<msgType>Alert<" in message[2].payload else None
        self._mqtt.connect("127.0.0.1", port)
        self._mqtt.subscribe("station/alerts/#", qos=1)
        self._mqtt.loop_start()
        socket.send('{"type": "hello", "language": "en"}')
        self._standing = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self._client = running.client()

    def all(self) -> dict[str, list[float]]:
        """Every alarm's times."""
        taken: dict[str, list[float]] = {name: [] for name in NOTES}
        time.sleep(5)  # what is said in an alarm is being made ahead
        for number in range(TIMES):
            for waiting in (self._shared, self._said):
                _empty(waiting)
            painted = len(self._page.evaluate("painted"))
            topic = f"zigbee2mqtt/{list(DETECTORS)[number % len(DETECTORS)]}"
            began = time.time()
            self._mqtt.publish(topic, '{"smoke": true, "battery": 97}', qos=1)
            taken["the voice of a kiosk"].append((self._said.get(timeout=20) - began) * 1000)
            taken["the others over the broker"].append((self._shared.get(timeout=20) - began) * 1000)
            _until(lambda painted=painted: self._page.evaluate("painted.length") > painted)  # type: ignore[misc]
            taken["the screen of a kiosk"].append(self._page.evaluate("painted.at(-1)") - began * 1000)
            self._mqtt.publish(topic, '{"smoke": false, "battery": 97}', qos=1)
            _until(lambda: self._standing == 0)
            self._page.locator("body[data-phase=idle]").wait_for()
            time.sleep(0.3)
        self._mqtt.loop_stop()
        return taken

    def _listen(self) -> None:
        first = True
        for message in self._socket:
            if isinstance(message, bytes):
                continue
            told = json.loads(message)
            if told["type"] == "alerts":
                self._standing = len(told["alerts"])
                first = True if not told["alerts"] else first
            if told["type"] == "alert_audio" and first:
                first = False
                self._said.put(time.time())


def _empty(waiting: "queue.Queue[float]") -> None:
    while not waiting.empty():
        waiting.get()


def _until(true: Callable[[], bool], limit_s: float = 20) -> None:
    deadline = time.monotonic() + limit_s
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
