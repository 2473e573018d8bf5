"""What every branch of the settings is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Megabytes = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]


class Part(BaseModel):
    """A branch of the settings; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)
