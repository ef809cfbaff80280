"""The window: the only rooms that know Qt."""

from lav_gui.ui.immortal import protect_singletons

protect_singletons()
