"""Draws success over noise; run with the interpreter of the dialogues, which brings matplotlib: `plot.py FIGURES.json OUT.svg`."""

import json
import re
import sys


def main() -> None:
    """Reads the figures and writes the picture."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        figures = json.load(file)["figures"]
    lines: dict[str, dict[float, list[float]]] = {}
    for figure in figures:
        match = re.fullmatch(r"intents understood, synthetic speech, (\w+), (clean|.* at (\d+) dB)", figure["name"])
        if match and figure["value"] is not None:
            level = float(match.group(3)) if match.group(3) else 30.0
            lines.setdefault(match.group(1), {}).setdefault(level, []).append(figure["value"])
    matplotlib.rcParams["svg.hashsalt"] = "station-assistant"
    canvas, axes = plt.subplots(figsize=(7, 4))
    for language, levels in lines.items():
        order = sorted(levels, reverse=True)
        axes.plot(order, [sum(levels[level]) / len(levels[level]) for level in order], marker="o", label=language)
    axes.set_xticks([30, 20, 10, 5, 0], ["clean", "20", "10", "5", "0"])
    axes.invert_xaxis()
    axes.set_ylim(0, 100)
    axes.set_xlabel("speech above noise, dB")
    axes.set_ylabel("intents understood, %")
    axes.set_title("The whole path, synthetic speech, Whisper base")
    axes.grid(alpha=0.3)
    axes.legend()
    canvas.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    main()
