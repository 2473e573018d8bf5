"""The way to start Rasa here: `launch.py --model FILE --port N` serves; a command, as in `launch.py train`, goes to Rasa's own line.

Run it in this folder. It leaves TensorFlow out, turns telemetry off, and binds the loopback address only.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"

from light import (
    leave_out_schema_checks,
    leave_out_tensorflow,
    load_lightly,
    read_yaml_lightly,
    stand_back,
    tell_steps,
    train_lightly,
)

leave_out_tensorflow()
read_yaml_lightly()


def serve(model: str, port: int) -> None:
    """Serves one model until told to stop. A model that is not there is an error, not a reason to take another."""
    if not Path(model).is_file():
        sys.exit("The model file is not there.")
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    leave_out_schema_checks()
    load_lightly()
    os.environ["LOG_LEVEL"] = "WARNING"
    configure_logging_and_warnings()
    configure_structlog()
    serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=port,
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
    )


def main() -> None:
    """Serves, or hands over to Rasa."""
    if "ASSISTANT_NICE" in os.environ:
        stand_back(int(os.environ["ASSISTANT_NICE"]), int(os.environ.get("ASSISTANT_LIMIT_MB", "0")))
    if not sys.argv[1:2] or not sys.argv[1].startswith("--"):
        from rasa.__main__ import main as rasa_main

        if sys.argv[1:2] == ["train"]:
            train_lightly()
            if "ASSISTANT_STEPS" in os.environ:
                tell_steps()
        return rasa_main()
    parser = argparse.ArgumentParser(prog="launch.py")
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", required=True, type=int)
    options = parser.parse_args()
    return serve(options.model, options.port)


if __name__ == "__main__":
    main()
