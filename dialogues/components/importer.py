"""How Rasa reads the phrases: as its own importer does, without copying all that was read before at every further file."""

from __future__ import annotations

from typing import Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


class PhraseImporter(RasaFileImporter):
    """Rasa's importer of files, for many files."""

    @cached_method
    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:  # noqa: UP045  Rasa reads the annotation at run time
        """All phrases, with the stops marked in them."""
        read = [load_data(path, language) for path in self._nlu_files]
        return TrainingData(training_examples=[example for part in read for example in part.training_examples])
