"""What can go wrong for a user: each message says what was met and what to do next."""

from __future__ import annotations


class FontiError(Exception):
    """Anything that Fonti tells its user in one line: ``where: what was met; what to do next``."""

    def __init__(self, met: str, then: str | None = None, *, where: str | None = None) -> None:
        super().__init__(met)
        self.met, self.then, self.where = met, then, where

    def __str__(self) -> str:
        told = f"{self.met}; {self.then}" if self.then else self.met
        line = f"{self.where}: {told}" if self.where else told
        return " ".join("".join(c if c.isprintable() else " " for c in line).split())


class InputError(FontiError):
    """A report that cannot be read: missing, empty, binary, undecodable, too long."""


class LanguageError(FontiError):
    """A language that Fonti does not read, or cannot tell."""


class FactsError(FontiError):
    """A user's table of facts that cannot be read."""


class LexiconError(FontiError):
    """A user's own event words that cannot be read."""


class DateError(FontiError):
    """A ``published`` that is no ISO 8601 date."""


def as_told(error: Exception, where: str) -> FontiError:
    """One line for an error, also for one that nobody thought of."""
    if not isinstance(error, FontiError):
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        error = FontiError(f"could not be read ({reason})", "please report this at the project's issues")
    error.where = error.where or where
    return error
