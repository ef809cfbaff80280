"""What the parts of a case share: its database."""

from collections.abc import Iterator
from contextlib import contextmanager

from lav_gui.errors import SessionError, SettingsError
from lav_gui.session.database import Database


class CasePart:
    """One part of a case; `Case` is made of them. `_held` are the runs that this case started and has not finished."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: set[int] = set()

    @contextmanager
    def _decoding(self) -> Iterator[None]:
        """Turn what a damaged record raises while it is read into a `SessionError`."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, SettingsError) as error:
            raise SessionError(
                f"{self._database.path.name} is damaged: a record in it cannot be read ({error});"
                " open a backup copy of it."
            ) from error
