"""Which questions found no answer: counted by topic and public name, never by words."""
