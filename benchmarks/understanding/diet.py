"""Rasa's default pipeline with DIET on the same splits: run once (`python -m benchmarks.understanding.diet`) and committed.

It takes 75 minutes on two cores with other work beside it. This file runs twice: with the assistant's interpreter it makes the
splits and writes the figures; with the dialogues' interpreter (`--inside`) it teaches and asks.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "benchmarks" / "results" / "understanding-diet.json"
PYTHON = ROOT / "dialogues" / ".venv" / "bin" / "python"
PHRASES = 20
PIPELINE = """
recipe: default.v1
assistant_id: peer
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 100
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: ResponseSelector
    epochs: 100
    constrain_similarities: true
"""
"""What `rasa init` writes (Rasa 3.6), without the FallbackClassifier, so that each answer shows."""


def main() -> None:
    """Makes the splits, has them taught and asked, writes the figures."""
    from benchmarks.figures import machine
    from benchmarks.understanding.phrases import banking, clinc, few, held_out, hwu, masked, taught

    sets = {
        "clinc150": (few(clinc("train"), PHRASES), clinc("test") + clinc("oos_test")),
        "banking77": (few(banking("train"), PHRASES), banking("test")),
        "hwu64": (few(hwu("merged"), PHRASES), hwu("mergedTestset")),
        "own": (few(taught(), PHRASES), masked(held_out())),
    }
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, (learnt, asked) in sets.items():
            job = {"taught": [(phrase.text, phrase.intent) for phrase in learnt], "asked": [phrase.text for phrase in asked]}
            (Path(folder) / f"{name}.job.json").write_text(json.dumps(job), encoding="utf-8")
        env = {"PATH": "/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
        subprocess.run([PYTHON, "-W", "ignore", __file__, "--inside", folder], check=True, env=env, cwd=folder)
        figures = {}
        for name, (learnt, asked) in sets.items():
            answer = json.loads((Path(folder) / f"{name}.answer.json").read_text())
            costs = {"training_s": answer["training_s"], "parse_ms": answer["parse_ms"]}
            figures[name] = {"taught": len(learnt), "asked": len(asked), **summary(asked, answer["answers"]), **costs}
    content = {
        "machine": machine(), "versions": answer["versions"], "pipeline": PIPELINE.strip(), "phrases_an_intent": PHRASES,
        "sets": figures,
    }  # fmt: skip
    RESULT.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def summary(asked: "list[object]", answers: "list[tuple[str, float]]") -> dict[str, object]:
    """Accuracy in percent by language, what is out of scope left out, and recall of that at 5 % false rejections."""
    from benchmarks.understanding.scores import accuracy, recall_at

    predicted, confidence = [name for name, _ in answers], [float(sure) for _, sure in answers]
    languages = sorted({phrase.language for phrase in asked})
    return {
        "accuracy": {language: accuracy(asked, predicted, language)[0] for language in languages},
        "out_of_scope_recall": recall_at(asked, confidence, 0.05),
    }


def inside(folder: Path) -> None:
    """Teaches and asks each set with Rasa itself."""
    import asyncio
    import platform
    from importlib.metadata import version

    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    for path in sorted(folder.glob("*.job.json")):
        job, name = json.loads(path.read_text()), path.name.partition(".")[0]
        by_intent: dict[str, list[str]] = {}
        for text, intent in job["taught"]:
            by_intent.setdefault(intent, []).append(" ".join(text.replace("[", "(").replace("]", ")").split()))
        blocks = [
            f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts) for intent, texts in by_intent.items()
        ]
        (folder / "nlu.yml").write_text('version: "3.1"\nnlu:\n' + "".join(blocks), encoding="utf-8")
        (folder / "config.yml").write_text(PIPELINE, encoding="utf-8")
        began = time.perf_counter()
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models"), fixed_model_name=name)
        training_s = time.perf_counter() - began
        agent = Agent.load(model)

        async def ask(texts: list[str], agent: Agent = agent) -> list[dict]:
            return [await agent.parse_message(text) for text in texts]

        began = time.perf_counter()
        parsed = asyncio.run(ask(job["asked"]))
        parse_ms = (time.perf_counter() - began) * 1000 / len(parsed)
        answers = [(each["intent"]["name"], each["intent"]["confidence"]) for each in parsed]
        versions = {"python": platform.python_version()} | {name: version(name) for name in ("rasa", "tensorflow")}
        result = {"training_s": round(training_s, 1), "parse_ms": round(parse_ms, 2), "versions": versions, "answers": answers}
        (folder / f"{name}.answer.json").write_text(json.dumps(result), encoding="utf-8")
        print(name, result["training_s"], result["parse_ms"], flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(Path(sys.argv[2]))
    else:
        main()
