// The peak memory of an interpreter that does nothing.
import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const peakMb = () => (Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024) / 1e6;

if (import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) console.log(JSON.stringify({ peak_mb: peakMb() }));
