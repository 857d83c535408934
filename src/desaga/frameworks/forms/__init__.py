"""Input to clean data for this slice."""

from .editions import AddFrameworkForm, EditionForm, FrameworkFilter, NewEditionForm
from .mapping import MappingForm
from .principles import PrinciplesForm

__all__ = [
    "AddFrameworkForm",
    "EditionForm",
    "FrameworkFilter",
    "MappingForm",
    "NewEditionForm",
    "PrinciplesForm",
]
