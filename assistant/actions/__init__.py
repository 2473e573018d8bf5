"""Rasa calls back here: custom actions and the wording of plain responses."""
