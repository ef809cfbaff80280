"""The data of the timeline's lanes: plain arrays, reduced to what the pixels of the screen can show."""
