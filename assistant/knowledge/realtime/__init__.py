"""GTFS-Realtime over the timetable: what a feed says, what of it can be believed, how long it holds, where it comes from."""
