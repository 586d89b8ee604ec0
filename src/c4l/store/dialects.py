"""How statements become text ahead of time: a parameter without a value stays one, a constant is written out."""

from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BindParameter, ColumnElement, SQLCoreOperations


def _literal(parameter: BindParameter[Any], given: dict[str, Any]) -> dict[str, Any]:
    return given | {"literal_binds": not parameter.required}


class SQLiteAhead(SQLiteCompiler):
    """SQLite's compiler, with constants written out: its planner uses a partial index only then."""

    def visit_bindparam(self, bindparam: Any, *args: Any, **given: Any) -> str:
        """A parameter, or the constant that it holds."""
        return str(super().visit_bindparam(bindparam, *args, **_literal(bindparam, given)))  # type: ignore[no-untyped-call]


class PostgresAhead(PGCompiler_psycopg):
    """PostgreSQL's compiler, the same way."""

    def visit_bindparam(self, bindparam: Any, *args: Any, **given: Any) -> str:
        """A parameter, or the constant that it holds."""
        return str(super().visit_bindparam(bindparam, *args, **_literal(bindparam, given)))  # type: ignore[no-untyped-call]


def sqlite() -> SQLiteDialect:
    """What the standard library's sqlite3 runs: parameters as `:name`."""
    dialect = SQLiteDialect(paramstyle="named")
    dialect.statement_compiler = SQLiteAhead
    return dialect


def postgresql() -> PGDialect_psycopg:
    """What psycopg runs: parameters as `%(name)s`."""
    dialect = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    dialect.statement_compiler = PostgresAhead
    return dialect


class among(ColumnElement[bool]):  # noqa: N801 - reads as an operator
    """`column` is one of the values in a JSON array bound as `name`: one parameter, however many values."""

    inherit_cache = False

    def __init__(self, column: SQLCoreOperations[Any], name: str, kind: str = "INTEGER") -> None:
        self.column, self.name, self.kind = column, name, kind


@compiles(among, "sqlite")
def _sqlite(element: among, compiler: Any, **given: Any) -> str:
    return f"{compiler.process(element.column, **given)} IN (SELECT value FROM json_each(:{element.name}))"


@compiles(among, "postgresql")
def _postgresql(element: among, compiler: Any, **given: Any) -> str:
    return f"{compiler.process(element.column, **given)} = ANY(CAST(%({element.name})s AS {element.kind}[]))"
