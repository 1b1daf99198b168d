"""The commands of ``yiju``, one module a subject."""
