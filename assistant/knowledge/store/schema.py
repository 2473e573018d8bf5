"""Tables of an imported feed. Ids are numbers of the import, `*_id` are those of the feed; names are JSON of language → text."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stations (id INTEGER PRIMARY KEY, stop_id TEXT NOT NULL, names TEXT NOT NULL, latitude REAL, longitude REAL);
CREATE TABLE stops (
  id INTEGER PRIMARY KEY, stop_id TEXT NOT NULL UNIQUE, station INTEGER, kind INTEGER NOT NULL, names TEXT NOT NULL,
  description TEXT NOT NULL, platform TEXT, level TEXT, latitude REAL, longitude REAL, step_free INTEGER, parent TEXT, zone TEXT
);
CREATE INDEX stops_of_station ON stops (station, kind);
CREATE TABLE spoken_names (
  language TEXT NOT NULL, written TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (language, written) ON CONFLICT IGNORE
) WITHOUT ROWID;
CREATE TABLE levels (level_id TEXT PRIMARY KEY, number REAL, names TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (
  id INTEGER PRIMARY KEY, route_id TEXT NOT NULL, names TEXT NOT NULL, long_names TEXT NOT NULL, mode TEXT NOT NULL,
  colour TEXT, text_colour TEXT, rank INTEGER NOT NULL
);
CREATE TABLE routes (route_id TEXT PRIMARY KEY, line INTEGER NOT NULL, agency TEXT) WITHOUT ROWID;
CREATE TABLE calendar (service INTEGER PRIMARY KEY, days INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE exceptions (day INTEGER, service INTEGER, runs INTEGER NOT NULL, PRIMARY KEY (day, service)) WITHOUT ROWID;
CREATE TABLE headsigns (id INTEGER PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE trips (
  id INTEGER PRIMARY KEY, trip_id TEXT NOT NULL, route_id TEXT NOT NULL, service INTEGER NOT NULL, pattern INTEGER NOT NULL,
  headsign INTEGER, headway_s INTEGER, short_name TEXT, step_free INTEGER, bikes INTEGER
);
CREATE TABLE patterns (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, trips INTEGER NOT NULL);
CREATE TABLE pattern_stations (
  station INTEGER, pattern INTEGER, position INTEGER, PRIMARY KEY (station, pattern, position)
) WITHOUT ROWID;
CREATE TABLE stop_times (
  trip INTEGER, sequence INTEGER, stop INTEGER NOT NULL, station INTEGER NOT NULL, arrival_s INTEGER NOT NULL, departure_s INTEGER NOT NULL,
  boards INTEGER NOT NULL, alights INTEGER NOT NULL, track TEXT, headsign INTEGER, PRIMARY KEY (trip, sequence)
) WITHOUT ROWID;
CREATE TABLE pathways (
  id INTEGER PRIMARY KEY, pathway_id TEXT NOT NULL UNIQUE, station INTEGER, start INTEGER NOT NULL, goal INTEGER NOT NULL,
  mode INTEGER NOT NULL, both_ways INTEGER NOT NULL, metres REAL, seconds INTEGER, steps INTEGER, slope REAL, width_m REAL,
  sign TEXT, back_sign TEXT, facility TEXT
);
CREATE INDEX pathways_of_station ON pathways (station);
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY, start INTEGER, goal INTEGER, from_route TEXT, to_route TEXT, from_trip TEXT, to_trip TEXT,
  kind INTEGER NOT NULL, seconds INTEGER
);
CREATE TABLE continuations (trip INTEGER, next INTEGER, PRIMARY KEY (trip, next) ON CONFLICT IGNORE) WITHOUT ROWID;
CREATE TABLE fares (
  fare_id TEXT PRIMARY KEY, price TEXT NOT NULL, currency TEXT NOT NULL, on_board INTEGER NOT NULL, transfers INTEGER, valid_s INTEGER,
  agency TEXT
) WITHOUT ROWID;
CREATE TABLE fare_rules (id INTEGER PRIMARY KEY, fare_id TEXT NOT NULL, route_id TEXT, origin TEXT, destination TEXT, contains TEXT);
"""

INDEXES = (
    "CREATE INDEX boardings ON stop_times (station, departure_s) WHERE boards = 1",
    "CREATE INDEX trips_of_feed ON trips (trip_id)",
    "CREATE INDEX trips_by_service ON trips (service, pattern)",
    "CREATE INDEX trips_by_name ON trips (lower(replace(short_name, ' ', ''))) WHERE short_name IS NOT NULL",
    "CREATE INDEX fare_rules_by_zones ON fare_rules (origin, destination)",
    "CREATE INDEX fare_rules_by_fare ON fare_rules (fare_id)",
)

STAGING = """
CREATE TEMP TABLE staged_trips (
  id INTEGER PRIMARY KEY, trip_id TEXT NOT NULL UNIQUE, route_id TEXT NOT NULL, line INTEGER NOT NULL, service INTEGER NOT NULL,
  headsign INTEGER, short_name TEXT, step_free INTEGER, bikes INTEGER, block TEXT
);
"""
"""Tables of an import at work, in a temporary file of SQLite's that nobody sees and that goes with the process."""
