"""What the station knows: timetable, stops, places, from one immutable SQLite file a feed."""
