"""Screen state: QObjects from QtCore only, tested without widgets."""
