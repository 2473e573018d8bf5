// Arguments: a feed, and JSON `{"stops", "date", "times"}`. Runs in a folder with node-gtfs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getStoptimes, importGtfs, openDb } from "gtfs";
import { peakMb } from "./bare.mjs";

const NEXT = 5;
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const config = { agencies: [{ path: process.argv[2] }], sqlitePath: join(folder, "feed.sqlite"), verbose: false };
const asked = JSON.parse(process.argv[3]);
const anHourAfter = (time) => `${String(Number(time.slice(0, 2)) + 1).padStart(2, "0")}${time.slice(2)}`;

try {
  let began = performance.now();
  await importGtfs(config);
  const seconds = (performance.now() - began) / 1000;
  const peak = peakMb();
  const db = openDb(config);
  const taken = asked.times.map((time) => {
    began = performance.now();
    const query = { stop_id: asked.stops, date: Number(asked.date), start_time: time, end_time: anHourAfter(time) };
    const rows = getStoptimes(query, [], [["departure_timestamp", "ASC"]], { db }).slice(0, NEXT);
    const ms = performance.now() - began;
    if (rows.length === 0) throw new Error("no departures found");
    return ms;
  });
  console.log(JSON.stringify({ seconds, peak_mb: peak, ms: taken }));
} finally {
  rmSync(folder, { recursive: true });
}
