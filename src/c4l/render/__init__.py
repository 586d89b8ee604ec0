"""How an answer looks: on a terminal, as plain lines, as JSON."""
