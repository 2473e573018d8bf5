"""What is wrong with a draft's station file, as it would be used on this machine."""

from pathlib import Path

from pydantic import ValidationError

from assistant.content.checks import Finding
from assistant.environment.rules.check import check
from assistant.environment.rules.schedule import is_hours
from assistant.errors import StationError
from assistant.settings import MOST_TOLD, Settings
from assistant.settings.lines import Lines, named
from assistant.settings.released import FILE, merged, read_file


def station_findings(settings: Settings, file: Path) -> list[Finding]:
    """Everything found in the station file `file`, taken up on the machine of `settings`. What is `wrong` would not be served."""
    lines = Lines(file)

    def finding(code: str, loc: tuple[int | str, ...], message: str, mend: str, *, wrong: bool = True) -> Finding:
        return Finding(
            code=code, level="wrong" if wrong else "advice", message=f"{named(loc)}: {message}.", mend=f"{mend[0].upper()}{mend[1:]}.",
            subject=named(loc), file=FILE, line=lines.of(loc) or 0,
        )  # fmt: skip

    try:
        made = Settings(**merged(read_file(settings.station / FILE), read_file(file)) | {"station": settings.station})
    except StationError as error:
        return [Finding(code="station-unreadable", level="wrong", message=f"{error.message}.", mend="Mend the line.", file=FILE)]
    except ValidationError as error:
        return [
            finding("station-wrong", each["loc"], each["msg"], "change it on its page") for each in error.errors()[:MOST_TOLD]
        ]  # fmt: skip
    found = [finding(one.code, one.loc, one.text, one.mend, wrong=one.severity == "error") for one in check(made, file)]
    for number, place in enumerate(made.places):
        if place.hours and not is_hours(place.hours):
            text = f"nobody can read the opening hours “{place.hours}”"
            found.append(finding("hours", ("places", number, "hours"), text, "set them day by day"))
    return found
