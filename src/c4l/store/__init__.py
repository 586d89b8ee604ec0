"""The only SQL: tables, statements, the connection, the journal."""
