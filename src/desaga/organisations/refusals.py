"""What an operation says when it will not do a thing."""


class Refused(Exception):
    """The parent of all refusals. Its words are for the person who asked: those given, else those of the class."""

    def __str__(self) -> str:
        return super().__str__() or " ".join((type(self).__doc__ or "").split())
