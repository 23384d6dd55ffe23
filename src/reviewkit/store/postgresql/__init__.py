"""Operations kept in PostgreSQL, for groups that have outgrown a folder.

Only this room knows the driver; it is loaded where a project names a database.
"""
