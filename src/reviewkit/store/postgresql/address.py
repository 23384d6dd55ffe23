"""A database's address as it may stand in a project that is shared."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from reviewkit.errors import ValueRefusedError

#: What an address may say; anything else is each user's own business (libpq's environment,
#: service and password files), and must not come from a file that others write.
_MAY_SAY = frozenset({"host", "hostaddr", "port", "dbname", "service", "sslmode", "sslrootcert"})
_OF_ONES_OWN = frozenset({"user"})


def checked(address: str) -> str:
    """The address, if it can stand in `library.json`.

    Raises
    ------
    ValueRefusedError
        It is no address, names a password, or says what is not for a project to say.
    """
    try:
        if not address.startswith(("postgresql://", "postgres://")):
            raise psycopg.ProgrammingError("it does not begin with postgresql://")
        if not address.isprintable():
            raise psycopg.ProgrammingError("it has letters that cannot be seen")
        found = {key for key, value in conninfo_to_dict(address).items() if value is not None}
    except psycopg.Error as error:
        # The reason may quote the address, and that a password.
        told = "" if "@" in address else f" ({str(error).strip()})"
        raise _refused(f"That is no address of a database{told}.") from None
    if "password" in found:
        raise _refused("The address has a password, which everybody with the project would read.")
    strange = sorted(found - _MAY_SAY - _OF_ONES_OWN)
    if strange:
        raise _refused(f"A project's address cannot say {strange[0]}.")
    return address


def _refused(why: str) -> ValueRefusedError:
    return ValueRefusedError(
        f"{why} Give one like postgresql://db.example.org/reviews; user, password and all else "
        "stand in ~/.pgpass, ~/.pg_service.conf or PG… variables of each user.",
        field="to",
        value="(not shown)",
    )
