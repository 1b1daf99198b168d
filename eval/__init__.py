"""Gold questions put to the library or to a server, and the answers measured."""
